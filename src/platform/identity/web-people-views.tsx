import type { Problem } from "../../kernel/index.js";
import { Form } from "../http/index.js";
import { ErrorSummary, Govuk, Table } from "../pages/index.js";
import { grantWords, type PersonWithRoles } from "./people.js";
import { type Role, roles, roleWords, type ScopeKind } from "./roles.js";
import { grantOf, type HeldRole } from "./store-people.js";

const moments = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "Europe/London",
});
const momentWords = (iso: string | null) => (iso === null ? "never" : moments.format(new Date(iso)));

const kinds: readonly (readonly [ScopeKind, string])[] = [
  ["school", "A school, by URN"],
  ["trust", "A trust, by UID"],
  ["region", "A region, by code"],
  ["country", "The whole country"],
];

/** The errors of a form: the summary, and the message beside each field. */
export function faults(problems: readonly Problem[]) {
  return (field: string) => {
    const found = problems.find(({ place }) => place === field);
    return found ? { errorMessage: { text: `${found.message}. ${found.remedy}` } } : {};
  };
}

/** The error summary of problems that name their fields. */
export const Summary = ({ problems }: { problems: readonly Problem[] }) => (
  <ErrorSummary errors={problems.map(({ message, place }) => ({ text: message, href: `#${place}` }))} />
);

function PeopleTable({ people }: { people: readonly PersonWithRoles[] }) {
  return (
    <Table
      caption="People and programs"
      captionHidden
      rows={people}
      columns={[
        {
          heading: "Name",
          cell: ({ person }) => (
            <a class="govuk-link" href={`/people/${person.id}`}>
              {person.name}
            </a>
          ),
        },
        { heading: "Kind", cell: ({ person }) => (person.kind === "program" ? "Program" : "Person") },
        {
          heading: "Roles",
          cell: ({ roles: held }) =>
            held.length === 0 ? "none" : held.map((role) => grantWords(grantOf(role))).join("; "),
        },
        { heading: "Last signed in", cell: ({ person }) => momentWords(person.signedInAt) },
      ]}
    />
  );
}

interface ListProps {
  readonly people: readonly PersonWithRoles[];
  readonly text: string;
  readonly csrf: string;
  readonly problems: readonly Problem[];
}

/** The list of people, a way to find some, and a way to add a program. */
export function List({ people, text, csrf, problems }: ListProps) {
  return (
    <>
      <Summary problems={problems} />
      <h1 class="govuk-heading-l">People and their roles</h1>
      <form method="get" action="/people">
        <Govuk
          is="input"
          options={{
            id: "text",
            name: "text",
            label: { text: "Name or e-mail address" },
            value: text,
            classes: "govuk-input--width-20",
          }}
        />
        <Govuk is="button" options={{ text: "Find", classes: "govuk-button--secondary" }} />
      </form>
      {people.length === 0 ? (
        <p class="govuk-body">Nobody is called so. Whoever should have a role must have signed in once.</p>
      ) : (
        <PeopleTable people={people} />
      )}
      <h2 class="govuk-heading-m">Add a program</h2>
      <p class="govuk-body">
        A program, as an agency's own system, calls with an access token and holds roles like a person.
      </p>
      <Form action="/people" csrf={csrf}>
        <Govuk
          is="input"
          options={{
            id: "name",
            name: "name",
            label: { text: "Name of the program" },
            classes: "govuk-input--width-20",
            ...faults(problems)("name"),
          }}
        />
        <Govuk is="button" options={{ text: "Add the program", classes: "govuk-button--secondary" }} />
      </Form>
    </>
  );
}

function Roles({ held, id }: { held: readonly HeldRole[]; id: string }) {
  return held.length === 0 ? (
    <p class="govuk-body">None was ever given.</p>
  ) : (
    <Table
      caption="Roles, now and before"
      captionHidden
      rows={held}
      columns={[
        { heading: "Role", cell: (role) => grantWords(grantOf(role)) },
        { heading: "Given", cell: ({ grantedAt, grantedBy }) => `${momentWords(grantedAt)} by ${grantedBy}` },
        { heading: "Reason", cell: ({ reason }) => reason },
        {
          heading: "Ended",
          cell: (role) =>
            role.endedAt === null ? (
              <a class="govuk-link" href={`/people/${id}/roles/${role.id}/end`}>
                End<span class="govuk-visually-hidden"> the role {grantWords(grantOf(role))}</span>
              </a>
            ) : (
              `${momentWords(role.endedAt)} by ${role.endedBy}`
            ),
        },
      ]}
    />
  );
}

/** What was typed into the form that gives a role. */
export interface TypedGrant {
  readonly role: string;
  readonly kind: string;
  readonly code: string;
  readonly reason: string;
}

const nothingTyped: TypedGrant = { role: "", kind: "", code: "", reason: "" };

function GiveRole({ action, csrf, version, typed, problems }: GiveRoleProps) {
  const fault = faults(problems);
  return (
    <Form action={action} csrf={csrf} version={version}>
      <Govuk
        is="select"
        options={{
          id: "role",
          name: "role",
          label: { text: "Role" },
          items: [
            { value: "", text: "Choose a role" },
            ...roles.map((role) => ({ value: role, text: roleWords[role].title, selected: role === typed.role })),
          ],
          ...fault("role"),
        }}
      />
      <Govuk
        is="radios"
        options={{
          idPrefix: "scope",
          name: "kind",
          fieldset: { legend: { text: "Where it holds" } },
          classes: "govuk-radios--small",
          items: kinds.map(([value, text]) => ({ value, text, checked: value === typed.kind })),
          ...fault("scope"),
        }}
      />
      <Govuk
        is="input"
        options={{
          id: "code",
          name: "code",
          label: { text: "URN, UID or code" },
          hint: { text: "Leave this empty for the whole country" },
          classes: "govuk-input--width-10",
          value: typed.code,
        }}
      />
      <Govuk
        is="textarea"
        options={{
          id: "reason",
          name: "reason",
          label: { text: "Why" },
          rows: "2",
          value: typed.reason,
          ...fault("reason"),
        }}
      />
      <Govuk is="button" options={{ text: "Give the role" }} />
    </Form>
  );
}

interface GiveRoleProps {
  readonly action: string;
  readonly csrf: string;
  readonly version: number;
  readonly typed: TypedGrant;
  readonly problems: readonly Problem[];
}

function ProgramToken({
  id,
  held,
  csrf,
  problems,
}: {
  id: string;
  held: readonly Role[];
  csrf: string;
  problems: readonly Problem[];
}) {
  const fault = faults(problems);
  return held.length === 0 ? (
    <p class="govuk-body">Give the program a role first.</p>
  ) : (
    <Form action={`/people/${id}/tokens`} csrf={csrf}>
      <Govuk
        is="input"
        options={{
          id: "name",
          name: "name",
          label: { text: "What it is for" },
          classes: "govuk-input--width-20",
          ...fault("name"),
        }}
      />
      <Govuk
        is="input"
        options={{
          id: "days",
          name: "days",
          label: { text: "For how many days" },
          classes: "govuk-input--width-3",
          inputmode: "numeric",
          value: "90",
          ...fault("days"),
        }}
      />
      <Govuk is="button" options={{ text: "Make a token", classes: "govuk-button--secondary" }} />
    </Form>
  );
}

/** What a person's page shows beside the person. */
export interface PersonExtras {
  readonly typed?: TypedGrant;
  readonly problems?: readonly Problem[];
  /** A token that was made just now, to show once. */
  readonly made?: string;
}

/** A person or program: who, which roles when and why, and what can be changed. */
export function Person({ found, csrf, extras }: { found: PersonWithRoles; csrf: string; extras: PersonExtras }) {
  const { person, roles: held } = found;
  const problems = extras.problems ?? [];
  const now = held.filter(({ endedAt }) => endedAt === null);
  return (
    <>
      <Summary problems={problems} />
      <h1 class="govuk-heading-l">{person.name}</h1>
      {extras.made !== undefined && (
        <div class="govuk-inset-text site-token">
          Copy the token now: it is not kept and not shown again.
          <br />
          <code>{extras.made}</code>
        </div>
      )}
      <Govuk
        is="summary-list"
        options={{
          rows: [
            { key: { text: "Kind" }, value: { text: person.kind === "program" ? "Program" : "Person" } },
            { key: { text: "E-mail" }, value: { text: person.email ?? "not known" } },
            { key: { text: "Vouched for by" }, value: { text: person.issuer ?? "an administrator" } },
            { key: { text: "Last signed in" }, value: { text: momentWords(person.signedInAt) } },
            { key: { text: "Id" }, value: { text: person.id } },
          ],
        }}
      />
      <h2 class="govuk-heading-m">Roles</h2>
      <Roles held={held} id={person.id} />
      <h2 class="govuk-heading-m">Give a role</h2>
      <GiveRole
        action={`/people/${person.id}`}
        csrf={csrf}
        version={person.version}
        typed={extras.typed ?? nothingTyped}
        problems={extras.typed ? problems : []}
      />
      {person.kind === "program" ? (
        <>
          <h2 class="govuk-heading-m">Access tokens</h2>
          <ProgramToken
            id={person.id}
            held={now.map(({ role }) => role)}
            csrf={csrf}
            problems={extras.typed ? [] : problems}
          />
        </>
      ) : (
        <Form action={`/people/${person.id}/sessions`} csrf={csrf}>
          <Govuk is="button" options={{ text: "End all sessions", classes: "govuk-button--warning" }} />
        </Form>
      )}
    </>
  );
}
