import Type, { type Static } from "typebox";
import { type CivilDate, parseCivilDate } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { Govuk, type Link, Table, TextField } from "../../platform/pages/index.js";
import { type Interest, type InterestIn, interestWords } from "./interests.js";
import type { OfficerChange } from "./officer-change.js";
import type { KeptOfficer } from "./store-officers.js";
import { capital, dayWords } from "./web-shared.js";

const within = (one: InterestIn) =>
  one.kind === "school"
    ? `School ${one.urn}`
    : one.kind === "trust"
      ? `Trust ${one.uid}`
      : `Local authority ${one.code}`;

/** The interests that an officer has declared. */
export function InterestsTable({ interests }: { interests: readonly Interest[] }) {
  return (
    <Table
      caption="Declared"
      columns={[
        { heading: "What", cell: ({ kind }: Interest) => capital(interestWords[kind]) },
        { heading: "Where", cell: (interest) => within(interest.in) },
        { heading: "Since", cell: ({ from }) => dayWords(from) },
        { heading: "Until", cell: ({ to }) => dayWords(to) },
      ]}
      rows={interests}
    />
  );
}

const text = (maxLength: number) => Type.String({ maxLength, default: "" });

/** What is sent to end an interest. */
export const endFields = Type.Object({ version: text(10), interest: text(4), ended: text(10) });
export type EndFields = Static<typeof endFields>;
export const noEnd: EndFields = { version: "", interest: "", ended: "" };

/** The end of an interest as a form says it. @param today for a day that is left empty */
export function readEnd(
  given: EndFields,
  today: CivilDate,
): { readonly change: OfficerChange } | { readonly errors: readonly Link[] } {
  const on = given.ended === "" ? { ok: true as const, value: today } : parseCivilDate(given.ended);
  const errors: Link[] = [];
  if (!/^[1-9]\d{0,3}$/.test(given.interest))
    errors.push({ href: "#interest", text: "Choose the interest that ended" });
  if (!on.ok) errors.push({ href: "#ended", text: "Write the day on which it ended as 2026-09-01" });
  if (errors.length > 0 || !on.ok) return { errors };
  return { change: { kind: "interest-ended", at: Number(given.interest) - 1, on: on.value } };
}

interface EndProps {
  readonly officer: KeptOfficer;
  readonly action: string;
  readonly typed: EndFields;
  readonly errorOf: (id: string) => string | undefined;
  readonly csrf: string;
}

/** Says that an interest has ended; nothing where none lasts. */
export function EndInterestForm({ officer, action, typed, errorOf, csrf }: EndProps) {
  const lasting = officer.interests.flatMap((one, i) => (one.to === null ? [{ one, number: String(i + 1) }] : []));
  if (lasting.length === 0) return null;
  const error = errorOf("interest");
  return (
    <>
      <h2 class="govuk-heading-m">End an interest</h2>
      <p class="govuk-body">
        Work and governing bar for years after they ended. An interest that has ended stays in the record.
      </p>
      <Form action={action} csrf={csrf} version={officer.version}>
        <Govuk
          is="select"
          options={{
            ...{ id: "interest", name: "interest", label: { text: "Which", classes: "govuk-label--s" } },
            ...(error !== undefined && { errorMessage: { text: error } }),
            items: [
              { value: "", text: "Choose" },
              ...lasting.map(({ one, number }) => ({
                ...{ value: number, selected: typed.interest === number },
                text: `${within(one.in)}: ${interestWords[one.kind]}`,
              })),
            ],
          }}
        />
        <TextField
          id="ended"
          label="Day on which it ended"
          hint="As 2026-09-01; today where it is left empty"
          value={typed.ended}
          width={10}
          error={errorOf("ended")}
        />
        <Govuk is="button" options={{ text: "End it", classes: "govuk-button--secondary" }} />
      </Form>
    </>
  );
}
