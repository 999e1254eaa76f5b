import Type, { type Static } from "typebox";
import { type CivilDate, dateInWords, parseCivilDate, valueOn } from "../../kernel/index.js";
import { Form, type PageContext, type PageParts, type Pages } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, Table, TextArea, TextField } from "../../platform/pages/index.js";
import { findRegion } from "../../register/index.js";
import { yearsLater } from "./interests.js";
import { charterStatus, type Suspension } from "./officer.js";
import { type OfficerChange, renewedFrom } from "./officer-change.js";
import { charterYears } from "./parameters.js";
import { changeOfficerBy, type OfficerView, officersFor, viewOfficer } from "./service-officers.js";
import type { KeptOfficer } from "./store-officers.js";
import { type EndFields, EndInterestForm, endFields, InterestsTable, noEnd, readEnd } from "./web-interest-parts.js";
import { CharterTag, OfficersTable } from "./web-officers.js";
import { dayWords, errorsOf, readable, type SafeguardingWeb, start, valueOr404 } from "./web-shared.js";

const admins = { roles: ["administrator"] } as const;
const office = { roles: ["administrator", "regional-officer", "regional-director"] } as const;
const path = "/safeguarding/officers/:charter";
const text = (maxLength: number) => Type.String({ maxLength, default: "" });
const renewalFields = Type.Object({ version: text(10), until: text(10) });
const charterFields = Type.Object({ version: text(10), on: text(10), why: text(1000) });
type CharterFields = Static<typeof charterFields>;

/** What was typed into the page's forms. */
interface Typed {
  readonly charter: Pick<CharterFields, "on" | "why">;
  readonly until: string;
  readonly end: EndFields;
}
const nothing: Typed = { charter: { on: "", why: "" }, until: "", end: noEnd };

interface OfficerProps extends OfficerView {
  readonly typed: Typed;
  readonly errors: readonly Link[];
  readonly csrf: string;
  readonly today: CivilDate;
}

function SuspensionsTable({ suspensions }: { suspensions: readonly Suspension[] }) {
  return (
    <Table
      caption="Suspensions"
      columns={[
        { heading: "From", cell: ({ from }: Suspension) => dayWords(from) },
        { heading: "Until, and not on", cell: ({ to }) => dayWords(to) },
        {
          heading: "Why",
          cell: ({ why, endedBecause }) => (endedBecause === undefined ? why : `${why} Restored: ${endedBecause}`),
        },
      ]}
      rows={suspensions}
    />
  );
}

/** Suspends the charter, or restores it where a suspension has no end. */
function CharterForm({
  officer,
  typed,
  errorOf,
  csrf,
}: Pick<OfficerProps, "officer" | "csrf"> & {
  readonly typed: Typed["charter"];
  readonly errorOf: (id: string) => string | undefined;
}) {
  const isSuspended = officer.suspensions.some(({ to }) => to === null);
  const base = `/safeguarding/officers/${officer.charter}`;
  return (
    <>
      <h2 class="govuk-heading-m">{isSuspended ? "Restore the charter" : "Suspend the charter"}</h2>
      <p class="govuk-body">
        {isSuspended
          ? "From the day on, audits can be begun, signed and read again. What was signed before the suspension was never touched."
          : "From the day on, no audit can be begun, signed or read with it. What was signed before stands; planned visits have to be planned again."}
      </p>
      <Form action={`${base}/${isSuspended ? "restoration" : "suspension"}`} csrf={csrf} version={officer.version}>
        <TextField
          id="on"
          label={isSuspended ? "Holds again from" : "Suspended from"}
          hint="As 2026-09-01, today or later; today where it is left empty"
          value={typed.on}
          width={10}
          error={errorOf("on")}
        />
        <TextArea
          id="why"
          label="Why"
          hint="The officer, and a second reader whose word is refused for it, read this"
          value={typed.why}
          rows={3}
          error={errorOf("why")}
        />
        <Govuk
          is="button"
          options={{
            text: isSuspended ? "Restore it" : "Suspend it",
            ...(!isSuspended && { classes: "govuk-button--warning" }),
          }}
        />
      </Form>
    </>
  );
}

/** Renews the charter. */
function RenewalForm(
  props: Pick<OfficerProps, "officer" | "csrf" | "today"> & {
    readonly typed: string;
    readonly errorOf: (id: string) => string | undefined;
  },
) {
  const { officer, csrf, today, typed, errorOf } = props;
  const begins = renewedFrom(officer, today);
  const years = valueOn(charterYears, today).value;
  const last = dateInWords(yearsLater(begins, years));
  return (
    <>
      <h2 class="govuk-heading-m">Renew the charter</h2>
      <p class="govuk-body">
        {begins === today
          ? "The charter has lapsed: it begins anew today. The days between stay without one."
          : `The renewal counts from ${dateInWords(begins)}, when the present term ends.`}
      </p>
      <Form action={`/safeguarding/officers/${officer.charter}/renewal`} csrf={csrf} version={officer.version}>
        <TextField
          id="until"
          label="Until, and not on"
          hint={`As 2029-09-01, at the latest ${last}; that day where it is left empty`}
          value={typed}
          width={10}
          error={errorOf("until")}
        />
        <Govuk is="button" options={{ text: "Renew it", preventDoubleClick: true }} />
      </Form>
    </>
  );
}

function OfficerContent({ officer, mayChangeCharter, typed, errors, csrf, today }: OfficerProps) {
  const errorOf = (id: string) => errors.find(({ href }) => href === `#${id}`)?.text;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <h1 class="govuk-heading-xl">{officer.name}</h1>
        <p class="govuk-body">
          <CharterTag status={charterStatus(officer, today)} />
        </p>
        <Govuk
          is="summary-list"
          options={{
            rows: [
              { key: { text: "Charter" }, value: { text: officer.charter } },
              { key: { text: "Region" }, value: { text: findRegion(officer.region)?.name ?? officer.region } },
              { key: { text: "Chartered from" }, value: { text: dayWords(officer.chartered.from) } },
              { key: { text: "Until, and not on" }, value: { text: dayWords(officer.chartered.to) } },
            ],
          }}
        />
        {officer.suspensions.length > 0 && <SuspensionsTable suspensions={officer.suspensions} />}
        {mayChangeCharter && <RenewalForm {...{ officer, csrf, today, errorOf }} typed={typed.until} />}
        {mayChangeCharter && <CharterForm {...{ officer, csrf, errorOf }} typed={typed.charter} />}
        <h2 class="govuk-heading-m">Interests</h2>
        {officer.interests.length === 0 ? (
          <p class="govuk-body">None is declared.</p>
        ) : (
          <InterestsTable interests={officer.interests} />
        )}
        <EndInterestForm
          {...{ officer, csrf, errorOf }}
          action={`/safeguarding/officers/${officer.charter}/interests`}
          typed={typed.end}
        />
      </div>
    </div>
  );
}

function OfficersContent({ officers, today }: { officers: readonly KeptOfficer[]; today: CivilDate }) {
  return (
    <>
      <h1 class="govuk-heading-xl">Chartered Safeguarding Officers</h1>
      {officers.length === 0 ? (
        <p class="govuk-body">None has been entered.</p>
      ) : (
        <OfficersTable officers={officers} today={today} />
      )}
    </>
  );
}

/** The field that a problem of a change is about. */
const fieldOf = (kind: OfficerChange["kind"], code: string) =>
  kind === "interest-ended"
    ? code === "officer-day-impossible"
      ? "#ended"
      : "#interest"
    : code === "audit-words-missing"
      ? "#why"
      : kind === "renewed"
        ? "#until"
        : "#on";

/** The pages of an officer for administrators and the region's office: the charter renewed, suspended and restored, an interest ended. */
export function addOfficerPages(pages: Pages, { database }: SafeguardingWeb): void {
  const page = async (context: PageContext, typed: Typed, errors: readonly Link[]): Promise<PageParts> => {
    const view = readable(await viewOfficer(database, context.actor, context.params.charter!));
    return {
      title: `${errors.length > 0 ? "Error: " : ""}${view.officer.name}, ${view.officer.charter}`,
      ...{ section: "/proposals", breadcrumbs: [start] },
      ...(errors.length > 0 && { status: 400 }),
      content: <OfficerContent {...view} {...{ typed, errors }} csrf={context.csrf} today={context.today} />,
    };
  };
  const make = async (context: PageContext, version: string, change: OfficerChange, typed: Typed, notice: string) => {
    const charter = context.params.charter!;
    const { actor, now } = context;
    const saved = valueOr404(await changeOfficerBy(database, actor, charter, change, Number(version) || 0, now));
    return saved.ok
      ? { redirect: `/safeguarding/officers/${charter}`, notice }
      : page(
          context,
          typed,
          errorsOf(saved.error, ({ code }) => fieldOf(change.kind, code)),
        );
  };
  pages.get("/safeguarding/officers", admins, async ({ actor, today }) => ({
    ...{ title: "Chartered Safeguarding Officers", section: "/proposals", breadcrumbs: [start] },
    content: <OfficersContent officers={await officersFor(database, actor)} today={today} />,
  }));
  pages.get(path, office, (context) => page(context, nothing, []));
  pages.post(`${path}/renewal`, admins, renewalFields, async (context, { version, until }) => {
    const typed = { ...nothing, until };
    const view = readable(await viewOfficer(database, context.actor, context.params.charter!));
    const longest = yearsLater(renewedFrom(view.officer, context.today), valueOn(charterYears, context.today).value);
    const day = until === "" ? { ok: true as const, value: longest } : parseCivilDate(until);
    if (!day.ok) return page(context, typed, [{ href: "#until", text: "Write the day as 2029-09-01" }]);
    return make(context, version, { kind: "renewed", until: day.value }, typed, "The charter is renewed.");
  });
  for (const step of ["suspension", "restoration"] as const)
    pages.post(`${path}/${step}`, admins, charterFields, async (context, { version, on, why }) => {
      const typed = { ...nothing, charter: { on, why } };
      const day = on === "" ? { ok: true as const, value: context.today } : parseCivilDate(on);
      if (!day.ok) return page(context, typed, [{ href: "#on", text: "Write the day as 2026-09-01" }]);
      return step === "suspension"
        ? make(context, version, { kind: "suspended", from: day.value, why: why.trim() }, typed, "It is suspended.")
        : make(
            context,
            version,
            { kind: "suspension-ended", on: day.value, why: why.trim() },
            typed,
            "It is restored.",
          );
    });
  pages.post(`${path}/interests`, office, endFields, async (context, given) => {
    const typed = { ...nothing, end: given };
    const read = readEnd(given, context.today);
    if ("errors" in read) return page(context, typed, read.errors);
    return make(context, given.version, read.change, typed, "The interest has ended.");
  });
}
