import type { Child } from "hono/jsx";
import { valueOn } from "../../kernel/index.js";
import { apiBase } from "../../platform/http/index.js";
import { Govuk, type Link, Table } from "../../platform/pages/index.js";
import { findAuthority, findRegion, type Relative, type SchoolDirectory } from "../../register/index.js";
import { keptDuties } from "./entries.js";
import { addressOf, agesInWords, authorityInWords, type SchoolFacts, trustOf, websiteLink } from "./facts.js";
import { hoursOfDuties } from "./parameters.js";
import { searchAddress } from "./search.js";
import { DutiesSpared } from "./web-duties.js";
import { PupilsByYear } from "./web-pupils.js";
import { capitalised, longDate, phaseName } from "./words.js";

type Row = readonly [key: string, value: Child | null];

function Summary({ rows }: { rows: readonly Row[] }) {
  return (
    <dl class="govuk-summary-list">
      {rows.map(([key, value]) => (
        <div class="govuk-summary-list__row">
          <dt class="govuk-summary-list__key">{key}</dt>
          <dd class="govuk-summary-list__value">{value ?? "Not in the register"}</dd>
        </div>
      ))}
    </dl>
  );
}

function About({ facts }: { facts: SchoolFacts }) {
  const { school, own } = facts;
  const website = websiteLink(school.website);
  const contact = own.entries.contact;
  const rows: Row[] = [
    ["Address", addressOf(school)],
    [
      "Website",
      website && (
        <a class="govuk-link" href={website} rel="nofollow noopener" itemprop="url">
          {school.website}
        </a>
      ),
    ],
    ...(contact?.statement ? ([["Contact", contact.statement]] as const) : []),
    ["Phase", phaseName(school.phase)],
    ["Ages", agesInWords(school)],
    ["Kind", school.type],
    ["Girls, boys or mixed", school.gender],
    ["Religious character", school.religiousCharacter],
    ["Admissions", school.admissions],
    ["Sixth form", school.sixthForm],
    ["Places", school.capacity === null ? null : String(school.capacity)],
    ["Opened", school.opened && longDate(school.opened)],
    ...(school.closed === null ? [] : ([["Closed", longDate(school.closed)]] as const)),
    ["URN", school.urn],
    ["LAESTAB", school.laestab && `${school.laestab.slice(0, 3)}/${school.laestab.slice(3)}`],
    ["UKPRN", school.ukprn],
  ];
  return <Summary rows={rows.filter(([, value]) => value !== null)} />;
}

function WhoRunsIt({ facts }: { facts: SchoolFacts }) {
  const { school, memberships } = facts;
  const authority = findAuthority(school.authority);
  const region = findRegion(authority?.region ?? "");
  const rows: Row[] = [
    ...memberships.map(
      ({ group, joined }): Row => [
        group.type,
        <>
          <a class="govuk-link" href={searchAddress({ group: group.uid })}>
            {group.name}
          </a>
          {`, since ${longDate(joined)}`}
        </>,
      ],
    ),
    ...(trustOf(memberships) ? [] : ([["Trust", "Not part of a trust"]] as const)),
    ["Local authority", authorityInWords(school.authority, authority?.name ?? school.authority)],
    ["Region", region?.name ?? "None: outside England"],
  ];
  return <Summary rows={rows} />;
}

function WhoAnswers({ facts }: { facts: SchoolFacts }) {
  if (facts.answerable.length === 0)
    return <p class="govuk-body">Nobody has been recorded yet as answering for this school.</p>;
  return (
    <Table
      caption="Who answers for this school"
      captionHidden
      small
      rows={facts.answerable}
      columns={[
        { heading: "For", cell: ({ duty }) => capitalised(duty) },
        { heading: "Office", cell: ({ office }) => office },
        { heading: "Officer", cell: ({ officer }) => officer ?? "not recorded" },
        { heading: "Contact", cell: ({ contact }) => contact },
      ]}
    />
  );
}

function RelativeLine({ relative, known }: { relative: Relative; known: boolean }) {
  const name = relative.name ?? `URN ${relative.urn}`;
  const when = relative.on === null ? "" : `, ${longDate(relative.on)}`;
  const kind = relative.kind === null ? "" : ` (${relative.kind})`;
  return (
    <li>
      {known ? (
        <a class="govuk-link" href={`/schools/${relative.urn}`}>
          {name}
        </a>
      ) : (
        name
      )}
      {`${kind}${when}${known ? "" : ", not described in the register"}`}
    </li>
  );
}

function Relatives({ title, relatives }: { title: string; relatives: readonly Relative[] }) {
  return relatives.length === 0 ? null : (
    <>
      <h3 class="govuk-heading-s">{title}</h3>
      <ul class="govuk-list govuk-list--bullet">
        {relatives.map((relative) => (
          <RelativeLine relative={relative} known={relative.status !== null} />
        ))}
      </ul>
    </>
  );
}

function History({ facts }: { facts: SchoolFacts }) {
  const { predecessors, successors, formerNames, sameNumber } = facts.history;
  if (predecessors.length + successors.length + formerNames.length + sameNumber.length === 0)
    return <p class="govuk-body">The register knows of no school before or after this one.</p>;
  return (
    <>
      <Relatives title="Before it" relatives={predecessors} />
      <Relatives title="After it" relatives={successors} />
      {formerNames.length > 0 && (
        <p class="govuk-body">{`Formerly ${formerNames.map(({ name, until }) => `${name} (until ${longDate(until)})`).join(", ")}.`}</p>
      )}
      {sameNumber.length > 0 && (
        <p class="govuk-body">
          Another open school has the same LAESTAB, so this may be one school under two numbers:{" "}
          {sameNumber.map((urn) => (
            <a class="govuk-link" href={`/schools/${urn}`}>
              {urn}
            </a>
          ))}
          .
        </p>
      )}
    </>
  );
}

/** Said first of all of a school that has closed, with where to go on. */
function ClosedBanner({ facts, directory }: { facts: SchoolFacts; directory: SchoolDirectory }) {
  const { school, succession } = facts;
  if (school.status !== "closed" || !succession) return null;
  const open = succession.open.map((urn) => ({ urn, name: directory.school(urn)?.name ?? urn }));
  return (
    <div class="govuk-inset-text">
      {school.closed === null ? "This school has closed." : `This school closed on ${longDate(school.closed)}.`}{" "}
      {open.length === 0 ? (
        "The register names no open school that followed it."
      ) : (
        <>
          {open.length === 1 ? "It was followed by " : "It was followed by several schools: "}
          {open.map(({ urn, name }, k) => (
            <>
              {k > 0 && ", "}
              <a class="govuk-link" href={`/schools/${urn}`}>
                {name}
              </a>
            </>
          ))}
          . A Quality Mark goes on where one school goes on as one other, as an academy does. One that came from a
          merger or a split is decided on its own results.
        </>
      )}
    </div>
  );
}

function FromTheSchool({ facts, mayEdit }: { facts: SchoolFacts; mayEdit: boolean }) {
  const { own, school } = facts;
  const given = keptDuties.filter(({ id }) => own.entries[id]);
  return (
    <>
      {given.length === 0 ? (
        <p class="govuk-body">The school has not added anything yet.</p>
      ) : (
        <>
          <Summary
            rows={given.map(({ id, title }): Row => {
              const { link, statement } = own.entries[id]!;
              return [
                title,
                <>
                  {statement !== null && <p class="govuk-body site-statement">{statement}</p>}
                  {link !== null && (
                    <a class="govuk-link" href={link} rel="nofollow noopener">
                      {link}
                    </a>
                  )}
                </>,
              ];
            })}
          />
          {own.changedOn !== null && (
            <p class="govuk-body-s">{`Added by the school, last on ${longDate(own.changedOn)}.`}</p>
          )}
        </>
      )}
      {mayEdit && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/schools/${school.urn}/information`}>
            Change what the school says here
          </a>
        </p>
      )}
    </>
  );
}

export interface SchoolContentProps {
  readonly facts: SchoolFacts;
  readonly directory: SchoolDirectory;
  /** The review's parts; null where the newest review has no such school, or there is none. */
  readonly mark: {
    readonly academicYear: string;
    readonly decision: Child;
    readonly measure: Child;
    readonly evidence: Child;
  } | null;
  /** Where a mark under another URN of the school stands; null where there is none. */
  readonly elsewhere: Child | null;
  readonly reviewed: boolean;
  readonly mayEdit: boolean;
  /** Further parts that other proposals show, as the certificate. */
  readonly further: readonly Link[];
}

function NoDecision({ facts, reviewed }: SchoolContentProps) {
  const text = !reviewed
    ? "No review has been published yet."
    : facts.school.status === "closed"
      ? "The newest review has no decision on this school, which has closed."
      : "The newest review has no decision on this school: it is of a phase or kind that was not reviewed.";
  return <Govuk is="inset-text" options={{ text }} />;
}

const sections = [
  ["what-it-adds", "What the school adds"],
  ["papers", "Safeguarding and accounts"],
  ["about", "About the school"],
  ["who-runs-it", "Who runs it"],
  ["pupils", "Pupils"],
  ["who-answers", "Who is responsible"],
  ["history", "Before and after"],
  ["from-the-school", "From the school itself"],
  ["spared", "What this page spares the school"],
] as const;

function Heading({ id }: { id: (typeof sections)[number][0] }) {
  const title = sections.find(([own]) => own === id)![1];
  return (
    <h2 class="govuk-heading-l" id={id}>
      {title}
    </h2>
  );
}

/** A school's one page. */
export function SchoolContent(props: SchoolContentProps) {
  const { facts, directory, mark, elsewhere, mayEdit, further } = props;
  const { school } = facts;
  const authority = findAuthority(school.authority);
  const region = findRegion(authority?.region ?? "");
  const caption = [authority?.name ?? school.authority, region?.name].filter(Boolean).join(", ");
  const hours = valueOn(hoursOfDuties, facts.today);
  const shown = sections.filter(([id]) => mark !== null || (id !== "what-it-adds" && id !== "papers"));
  return (
    <div class="govuk-grid-row" itemscope itemtype="https://schema.org/School">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-xl">{`${caption}${mark ? ` · Annual review ${mark.academicYear}` : ""}`}</span>
        <h1 class="govuk-heading-xl" itemprop="name">
          {school.name}
        </h1>
        <ClosedBanner facts={facts} directory={directory} />
        {elsewhere}
        {mark ? mark.decision : elsewhere === null && <NoDecision {...props} />}
        <p class="govuk-body">
          <a class="govuk-link" href={`/schools/compare?urn=${school.urn}&with=authority`}>
            Compare with schools nearby or alike
          </a>
          {further.map(({ text, href }) => (
            <>
              {" · "}
              <a class="govuk-link" href={href}>
                {text}
              </a>
            </>
          ))}
        </p>
        <nav aria-label="On this page" class="site-contents">
          <ol class="govuk-list">
            {shown.map(([id, title]) => (
              <li>
                <a class="govuk-link" href={`#${id}`}>
                  {title}
                </a>
              </li>
            ))}
          </ol>
        </nav>
        {mark && (
          <>
            <Heading id="what-it-adds" />
            {mark.measure}
            <Heading id="papers" />
            {mark.evidence}
          </>
        )}
        <Heading id="about" />
        <About facts={facts} />
        <Heading id="who-runs-it" />
        <WhoRunsIt facts={facts} />
        <Heading id="pupils" />
        <PupilsByYear pupils={facts.pupils} />
        <Heading id="who-answers" />
        <WhoAnswers facts={facts} />
        <Heading id="history" />
        <History facts={facts} />
        <Heading id="from-the-school" />
        <FromTheSchool facts={facts} mayEdit={mayEdit} />
        <Heading id="spared" />
        <DutiesSpared
          type={school.type}
          phase={school.phase}
          today={facts.today}
          hours={hours.value}
          why={hours.source.kind === "assumption" ? hours.source.why : ""}
          entries={facts.own.entries}
        />
        <p class="govuk-body-s">
          {"This page as data: "}
          <a class="govuk-link" href={`${apiBase}/schools/${school.urn}/information`}>
            JSON
          </a>
          {school.describedOn !== null && `. The register describes the school as of ${longDate(school.describedOn)}.`}
        </p>
      </div>
    </div>
  );
}
