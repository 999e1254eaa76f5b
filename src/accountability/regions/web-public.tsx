import { raw } from "hono/html";
import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { ErrorSummary, Figure, Govuk, type Link, Table, tag } from "../../platform/pages/index.js";
import type { ListedSchool } from "../../register/index.js";
import { type Duty, posts } from "./duties.js";
import type { Drawing } from "./store-drawings.js";
import type { Answerable, DutyRegister } from "./who-answers.js";

const address = "/who-is-responsible";

/** The search, and what it found. */
export function SearchContent(props: {
  readonly text: string;
  readonly found: { readonly total: number; readonly schools: readonly ListedSchool[] } | null;
  readonly errors: readonly Link[];
  readonly mayDraw: boolean;
}) {
  const { text, found, errors } = props;
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">Who is responsible for this school?</h1>
      <p class="govuk-body-l">One office for each duty: find a school and see whom to turn to.</p>
      <form method="get" action={address} novalidate>
        <Govuk
          is="input"
          options={{
            ...{ id: "school", name: "school", value: text, classes: "govuk-input--width-20" },
            label: { text: "School", classes: "govuk-label--s" },
            hint: { text: "Its name, town, postcode or URN" },
            ...(errors[0] && { errorMessage: { text: errors[0].text } }),
          }}
        />
        <Govuk is="button" options={{ text: "Find" }} />
      </form>
      {found && (
        <>
          <h2 class="govuk-heading-m">
            {found.total === 0
              ? "No school was found"
              : `${found.total} ${found.total === 1 ? "school" : "schools"}${found.total > found.schools.length ? `, the first ${found.schools.length}` : ""}`}
          </h2>
          {found.total === 0 ? (
            <p class="govuk-body">Check the spelling, or try the town or the first half of the postcode.</p>
          ) : (
            <ul class="govuk-list govuk-list--spaced">
              {found.schools.map((school) => (
                <li>
                  <a class="govuk-link" href={`${address}/${school.urn}`}>
                    {school.name}
                  </a>
                  <br />
                  {[school.town, school.postcode, school.authority, `URN ${school.urn}`].filter(Boolean).join(", ")}
                  {school.status === "closed" && " (closed)"}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <h2 class="govuk-heading-m">The whole country</h2>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href={`${address}/regions`}>
            The regions, on a map
          </a>
        </li>
        <li>
          <a class="govuk-link" href={`${address}/duties`}>
            The register of duties, with sources
          </a>
        </li>
        {props.mayDraw && (
          <li>
            <a class="govuk-link" href="/drawings">
              Draw regions
            </a>
          </li>
        )}
      </ul>
    </>
  );
}

const standings = { law: "Law", proposed: "Proposed" } as const;

/** Who answers for one school. */
export function SchoolAnswers(props: {
  readonly school: { readonly urn: string; readonly name: string; readonly town: string | null };
  readonly authority: string;
  readonly region: string | null;
  readonly answers: readonly Answerable[];
  readonly on: CivilDate;
}) {
  const { school, answers } = props;
  return (
    <>
      <span class="govuk-caption-xl">Who is responsible for</span>
      <h1 class="govuk-heading-xl">{school.name}</h1>
      <p class="govuk-body">
        URN {school.urn}
        {school.town ? `, ${school.town}` : ""}. {props.authority}, {props.region ?? "in no region"}. As on{" "}
        {dateInWords(props.on)}.
      </p>
      {props.region === null && (
        <Govuk
          is="inset-text"
          options={{ text: "This school lies in no region, so the duties of a regional office are held by nobody." }}
        />
      )}
      <Govuk
        is="summary-list"
        options={{
          rows: answers.map((one) => ({
            key: { text: one.duty },
            value: { html: String(<Holder answer={one} />) },
          })),
        }}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={`${address}/duties`}>
          Where each duty comes from
        </a>
      </p>
    </>
  );
}

function Holder({ answer }: { answer: Answerable }) {
  const { office, officer, post, contact, delegated, standing } = answer;
  return (
    <>
      <p class="govuk-body">
        <strong>{office}</strong> {raw(tag(standings[standing], standing === "law" ? "blue" : "purple"))}
      </p>
      {post !== null && (
        <p class="govuk-body">
          {post}: {officer ?? "vacant"}
        </p>
      )}
      <p class="govuk-body">{contact}</p>
      {delegated && (
        <p class="govuk-body">
          On behalf of the {delegated.by}, which still answers for it, until {delegated.until}: {delegated.reasons}
        </p>
      )}
    </>
  );
}

/** The regions in force with their offices, on a map. */
export function RegionsContent(props: {
  readonly register: DutyRegister;
  readonly drawings: readonly Drawing[];
  readonly map: string;
  readonly counts: ReadonlyMap<
    string,
    { readonly schools: number; readonly pupils: number; readonly authorities: number }
  >;
  readonly shapes: boolean;
}) {
  const { register, drawings, counts } = props;
  const count = (code: string) => counts.get(code) ?? { schools: 0, pupils: 0, authorities: 0 };
  return (
    <>
      <h1 class="govuk-heading-xl">The regions</h1>
      <p class="govuk-body-l">
        Every authority lies in one region, and one office of that region holds all of its duties.
      </p>
      <h2 class="govuk-heading-m">On a map</h2>
      <Figure
        title={`The ${register.regions.length} regions on ${dateInWords(register.on)}`}
        lead={props.shapes ? "" : "Each circle is an authority, as large as its number of schools."}
        chart={props.map}
        tableTitle="Show the authorities of each region"
        table={
          <Table
            caption="Authorities by region"
            columns={[
              { heading: "Region", cell: ({ name }) => name },
              {
                heading: "Authorities",
                cell: ({ code }) =>
                  [...register.regionOf]
                    .filter(([, region]) => region === code)
                    .map(([authority]) => authority)
                    .join(", "),
              },
            ]}
            rows={[...register.regions]}
          />
        }
      />
      <Table
        caption="Regions and their offices"
        columns={[
          { heading: "Region", cell: (region, i) => `${i + 1} ${region.name}` },
          { heading: "Office", cell: ({ office }) => register.offices.get(office)!.name },
          { heading: "Authorities", numeric: true, cell: ({ code }) => String(count(code).authorities) },
          { heading: "Schools", numeric: true, cell: ({ code }) => count(code).schools.toLocaleString("en-GB") },
          { heading: "Pupils", numeric: true, cell: ({ code }) => count(code).pupils.toLocaleString("en-GB") },
        ]}
        rows={[...register.regions]}
      />
      <Table
        caption="How the regions were drawn"
        columns={[
          { heading: "Drawing", cell: ({ version, title }) => `${version} ${title}` },
          { heading: "From", cell: ({ startsOn }) => dateInWords(startsOn) },
          { heading: "Adopted by", cell: ({ adoptedBy }) => adoptedBy },
          { heading: "Reasons", cell: ({ reasons }) => reasons },
        ]}
        rows={[...drawings]}
      />
    </>
  );
}

const holders = {
  "regional-office": "The region's office",
  "national-office": "A national office",
  "local-authority": "The local authority",
  "responsible-body": "The trust or governing body",
} as const;

/** The register of duties. */
export function DutiesContent(props: {
  readonly duties: readonly Duty[];
  readonly register: DutyRegister;
  readonly problems: readonly string[];
}) {
  return (
    <>
      <h1 class="govuk-heading-xl">The register of duties</h1>
      <p class="govuk-body-l">
        What somebody has to answer for at every school, who that is, and where the duty comes from.
      </p>
      {props.problems.length === 0 ? (
        <p class="govuk-body">
          Every duty is held by exactly one office in every region from {dateInWords(props.register.on)} on.
        </p>
      ) : (
        <Govuk is="inset-text" options={{ text: props.problems.join(". ") }} />
      )}
      <Table
        caption="Duties"
        columns={[
          { heading: "Duty", cell: ({ title }) => title },
          { heading: "Held by", cell: ({ holder }) => holders[holder] },
          { heading: "Post", cell: ({ post }) => (post === null ? "" : posts[post]) },
          { heading: "From", cell: ({ from }) => dateInWords(from) },
          {
            heading: "Source",
            cell: ({ source, standing }) =>
              `${standings[standing]}. ${source.kind === "assumption" ? source.why : source.citation}`,
          },
        ]}
        rows={[...props.duties]}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={`${address}/duties.csv`}>
          Download as CSV
        </a>
      </p>
    </>
  );
}
