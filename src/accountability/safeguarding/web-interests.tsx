import Type from "typebox";
import { type CivilDate, type Problem, parseCivilDate } from "../../kernel/index.js";
import { Form, type PageContext, type PageParts, type Pages } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link } from "../../platform/pages/index.js";
import { type Interest, type InterestIn, type InterestKind, interestWords } from "./interests.js";
import { changeOfficerBy, ownOfficer } from "./service-officers.js";
import type { KeptOfficer } from "./store-officers.js";
import { type EndFields, EndInterestForm, endFields, InterestsTable, noEnd, readEnd } from "./web-interest-parts.js";
import { errorsOf, type SafeguardingWeb, start, valueOr404 } from "./web-shared.js";

const access = { roles: ["safeguarding-officer"] } as const;
const text = (maxLength: number) => Type.String({ maxLength, default: "" });
const fields = Type.Object({
  version: text(10),
  kind: text(30),
  where: text(10),
  number: text(10),
  from: text(10),
  words: text(500),
});
type Fields = { kind: string; where: string; number: string; from: string; words: string };
const empty: Fields = { kind: "", where: "", number: "", from: "", words: "" };

const kinds = Object.keys(interestWords) as InterestKind[];

function readInterest(
  given: Fields,
  today: CivilDate,
): { readonly interest: Interest } | { readonly errors: readonly Link[] } {
  const kind = kinds.find((one) => one === given.kind);
  const from = given.from === "" ? { ok: true as const, value: today } : parseCivilDate(given.from);
  const within: InterestIn | null =
    given.where === "school" && /^\d{6}$/.test(given.number)
      ? { kind: "school", urn: given.number }
      : given.where === "trust" && /^\d{1,6}$/.test(given.number)
        ? { kind: "trust", uid: given.number }
        : given.where === "authority" && /^\d{3}$/.test(given.number)
          ? { kind: "authority", code: given.number }
          : null;
  const errors: Link[] = [];
  if (!kind) errors.push({ href: "#kind", text: "Say what ties you to it" });
  if (!within)
    errors.push({
      href: "#number",
      text: "Choose a school, trust or local authority and write its number (a URN has six digits, an authority three)",
    });
  if (!from.ok) errors.push({ href: "#from", text: "Write the day as 2026-09-01" });
  if (!kind || !within || !from.ok) return { errors };
  return { interest: { kind, in: within, from: from.value, to: null, declared: today, words: given.words } };
}

function InterestsContent({
  officer,
  typed,
  ended,
  errors,
  csrf,
}: {
  officer: KeptOfficer | null;
  typed: Fields;
  ended: EndFields;
  errors: readonly Link[];
  csrf: string;
}) {
  if (officer === null) return <h1 class="govuk-heading-xl">The register of officers doesn’t know you yet</h1>;
  const error = (id: string) => {
    const found = errors.find(({ href }) => href === `#${id}`);
    return found ? { errorMessage: { text: found.text } } : {};
  };
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">Your interests</h1>
        <p class="govuk-body">
          An interest bars you from auditing a school; some bar for years after they ended. Declare one when you learn
          of it.
        </p>
        <InterestsTable interests={officer.interests} />
        <h2 class="govuk-heading-m">Declare an interest</h2>
        <Form action="/safeguarding/interests" csrf={csrf} version={officer.version}>
          <Govuk
            is="select"
            options={{
              id: "kind",
              name: "kind",
              label: { text: "You, or somebody close to you" },
              items: [
                { value: "", text: "Choose" },
                ...kinds.map((value) => ({ value, text: interestWords[value], selected: typed.kind === value })),
              ],
              ...error("kind"),
            }}
          />
          <Govuk
            is="radios"
            options={{
              name: "where",
              idPrefix: "where",
              classes: "govuk-radios--inline govuk-radios--small",
              fieldset: { legend: { text: "It is about" } },
              items: [
                { value: "school", text: "a school", checked: typed.where === "school" },
                { value: "trust", text: "a trust", checked: typed.where === "trust" },
                { value: "authority", text: "a local authority", checked: typed.where === "authority" },
              ],
            }}
          />
          <Govuk
            is="input"
            options={{
              id: "number",
              name: "number",
              value: typed.number,
              classes: "govuk-input--width-10",
              label: { text: "Its number" },
              hint: { text: "URN, UID of the trust, or code of the authority" },
              ...error("number"),
            }}
          />
          <Govuk
            is="input"
            options={{
              id: "from",
              name: "from",
              value: typed.from,
              classes: "govuk-input--width-10",
              label: { text: "Since" },
              hint: { text: "As 2026-09-01; today where it is left empty" },
              ...error("from"),
            }}
          />
          <Govuk
            is="input"
            options={{ id: "words", name: "words", value: typed.words, label: { text: "In a few words" } }}
          />
          <Govuk is="button" options={{ text: "Declare it" }} />
        </Form>
        <EndInterestForm
          {...{ officer, csrf }}
          action="/safeguarding/interests/end"
          typed={ended}
          errorOf={(id) => errors.find(({ href }) => href === `#${id}`)?.text}
        />
      </div>
    </div>
  );
}

/** The officer's own interests. */
export function addInterestPages(pages: Pages, { database }: SafeguardingWeb): void {
  const page = async (
    context: PageContext,
    typed: Fields,
    errors: readonly Link[],
    ended: EndFields = noEnd,
  ): Promise<PageParts> => ({
    title: `${errors.length > 0 ? "Error: " : ""}Your interests`,
    ...{ section: "/proposals", breadcrumbs: [start, { text: "My audits", href: "/safeguarding/audits" }] },
    ...(errors.length > 0 && { status: 400 }),
    content: (
      <InterestsContent
        officer={await ownOfficer(database, context.actor)}
        typed={typed}
        ended={ended}
        errors={errors}
        csrf={context.csrf}
      />
    ),
  });
  pages.get("/safeguarding/interests", access, (context) => page(context, empty, []));
  pages.post("/safeguarding/interests", access, fields, async (context, given) => {
    const read = readInterest(given, context.today);
    if ("errors" in read) return page(context, given, read.errors);
    const officer = await ownOfficer(database, context.actor);
    if (!officer)
      return page(context, given, [{ href: "#kind", text: "The register of officers doesn’t know you yet" }]);
    const change = { kind: "interest-declared", interest: read.interest } as const;
    const saved = valueOr404(
      await changeOfficerBy(database, context.actor, officer.charter, change, Number(given.version) || 0, context.now),
    );
    if (!saved.ok)
      return page(
        context,
        given,
        errorsOf(saved.error, () => "#kind"),
      );
    return { redirect: "/safeguarding/interests", notice: "The interest is declared." };
  });
  pages.post("/safeguarding/interests/end", access, endFields, async (context, given) => {
    const read = readEnd(given, context.today);
    if ("errors" in read) return page(context, empty, read.errors, given);
    const officer = await ownOfficer(database, context.actor);
    if (!officer)
      return page(context, empty, [{ href: "#main-content", text: "The register of officers doesn’t know you yet" }]);
    const version = Number(given.version) || 0;
    const saved = valueOr404(
      await changeOfficerBy(database, context.actor, officer.charter, read.change, version, context.now),
    );
    if (!saved.ok) {
      const fieldOf = ({ code }: Problem) => (code === "officer-day-impossible" ? "#ended" : "#interest");
      return page(context, empty, errorsOf(saved.error, fieldOf), given);
    }
    return { redirect: "/safeguarding/interests", notice: "The interest has ended." };
  });
}
