import { type CivilDate, dateInWords, type Problem } from "../../../kernel/index.js";
import { Form } from "../../../platform/http/index.js";
import {
  ErrorSummary,
  FileField,
  Govuk,
  Headlines,
  RadioField,
  Table,
  TextField,
} from "../../../platform/pages/index.js";
import { responseRates } from "../../../statistics/survey/index.js";
import { unitOutcome } from "./field.js";
import type { countPupils, listExport, NamedSchool } from "./store.js";
import { type FieldStudy, phaseFacts } from "./study.js";
import { formErrors, type Typed } from "./web-shared.js";

/** The page of a study. */
export const hrefOf = (id: string) => `/assessment-fieldwork/studies/${id}`;

/** The fields of the booklets. */
export const bookletNames = ["blocks", "booklets", "size", "minutes", "leastOfEach", "bookletSeed"] as const;
/** The fields of the sample. */
export const sampleNames = ["schools", "pupilsPerSchool", "tilt", "method", "rotation", "seed"] as const;

export interface StudyProps {
  readonly study: FieldStudy;
  readonly schools: readonly NamedSchool[];
  readonly pupils: Awaited<ReturnType<typeof countPupils>>;
  readonly files: Awaited<ReturnType<typeof listExport>>;
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly csrf: string;
  readonly closed: boolean;
}

/** Shares that take part, of the whole sample: never of a school. */
function ratesOf(schools: readonly NamedSchool[], pupils: StudyProps["pupils"]) {
  const byUnit = new Map<number, NamedSchool[]>();
  for (const school of schools) byUnit.set(school.unit, [...(byUnit.get(school.unit) ?? []), school]);
  const counts = (urn: string, wanted: (row: StudyProps["pupils"][number]) => boolean) =>
    pupils.filter((row) => row.urn === urn && wanted(row)).reduce((sum, row) => sum + row.pupils, 0);
  return responseRates(
    [...byUnit.values()].map((unit) => {
      const taking = unit.filter(({ state }) => state === "accepted");
      const sum = (wanted: (row: StudyProps["pupils"][number]) => boolean) =>
        taking.reduce((n, { urn }) => n + counts(urn, wanted), 0);
      return {
        ...{
          outcome: unitOutcome(unit),
          weight: 1 / unit[0]!.probability,
          size: unit[0]!.size,
          personWeight: 1 / unit[0]!.probability,
        },
        personsDrawn: sum(({ attendance }) => attendance !== "left" && attendance !== "unable"),
        personsResponding: sum(({ attendance }) => attendance === "present"),
      };
    }),
    true,
  );
}

const percent = (rate: number | null) => (rate === null ? "–" : `${(100 * rate).toFixed(0)}%`);

/** A study: what was settled, how it goes, and the next steps. */
export function StudyContent({ study, schools, pupils, files, typed, problems, csrf, closed }: StudyProps) {
  const errors = formErrors(problems, [...bookletNames, ...sampleNames, "paper"]);
  const rates = study.record && ratesOf(schools, pupils);
  const field = (id: string, usual: string) => ({
    id,
    value: typed[id] ?? usual,
    error: errors.of[id],
    width: 10 as const,
  });
  const action = (step: string) => `${hrefOf(study.id)}/${step}`;
  return (
    <div>
      <ErrorSummary errors={errors.summary} />
      <h1 class="govuk-heading-xl">{study.title}</h1>
      <Govuk
        is="summary-list"
        options={{
          rows: [
            ["Year", phaseFacts[study.phase].words],
            ["Subject", study.subject],
            ["Schools answer by", dateInWords(study.answerBy)],
            ["Sessions", `${dateInWords(study.opens)} to ${dateInWords(study.closes)}`],
            [
              "Pupils erased",
              study.erasedAt === null
                ? `due on ${dateInWords(study.eraseOn)}`
                : `on ${dateInWords(study.erasedAt.slice(0, 10) as CivilDate)}`,
            ],
          ].map(([key, value]) => ({ key: { text: key! }, value: { text: value! } })),
        }}
      />
      {rates && (
        <div>
          <h2 class="govuk-heading-l">Who takes part</h2>
          <Headlines
            items={[
              {
                label: "Schools drawn that take part",
                figure: percent(rates.unitsBefore),
                note: "weighted, before replacement",
              },
              { label: "With replacements", figure: percent(rates.unitsAfter) },
              { label: "Pupils who took part", figure: percent(rates.persons), note: "in schools that take part" },
            ]}
          />
          <p class="govuk-body">
            <a class="govuk-link" href={`${hrefOf(study.id)}/sample`}>
              The sample, with its record
            </a>
          </p>
        </div>
      )}
      <h2 class="govuk-heading-l">Booklets</h2>
      {study.booklets && (
        <p class="govuk-body">
          {study.booklets.booklets.length} booklets of {study.booklets.booklets[0]?.length} blocks, made of{" "}
          {study.booklets.blocks.length} blocks with{" "}
          {study.booklets.blocks.reduce((sum, { items }) => sum + items.length, 0)} items. Pairs of blocks that are
          together in 0, 1, 2 … booklets: {study.booklets.balance.pairs.counts.join(", ")}.{" "}
          {study.booklets.balance.connected ? "All blocks are connected." : "Some blocks are not connected."}
        </p>
      )}
      <Form action={action("booklets")} csrf={csrf} version={study.version}>
        <TextField {...field("blocks", "7")} label="Blocks" numeric />
        <TextField {...field("booklets", "7")} label="Booklets" numeric />
        <TextField {...field("size", "3")} label="Blocks a booklet" numeric />
        <TextField {...field("minutes", "40")} label="Most minutes a booklet" numeric />
        <TextField {...field("leastOfEach", "1")} label="Items of each construct a booklet, at the least" numeric />
        <TextField {...field("bookletSeed", "1")} label="Seed of the booklets" numeric />
        <Govuk is="button" options={{ text: "Assemble booklets", classes: "govuk-button--secondary" }} />
      </Form>
      {!study.record && (
        <div>
          <h2 class="govuk-heading-l">Draw the schools</h2>
          <Form action={action("draw")} csrf={csrf} version={study.version}>
            <TextField
              {...field("schools", "350")}
              label="Schools"
              hint="A small school is drawn together with its neighbours"
              numeric
            />
            <TextField {...field("pupilsPerSchool", "20")} label="Pupils a school" numeric />
            <TextField {...field("tilt", "0.5")} label="Oversampling of schools with many disadvantaged pupils" />
            <RadioField
              {...field("method", "systematic")}
              label="Method"
              items={[
                {
                  value: "systematic",
                  text: "Systematic",
                  hint: "Sorted by region and free school meals within strata",
                },
                {
                  value: "coordinated",
                  text: "Coordinated",
                  hint: "By permanent random numbers, so that phases and cycles share as many schools as is wanted",
                },
              ]}
            />
            <TextField
              {...field("rotation", "0")}
              label="Rotation"
              hint="Coordinated only: 0 keeps the schools of the cycle before, 1 renews them"
            />
            <TextField
              {...field("seed", "1")}
              label="Seed"
              hint="Decides everything: the same register, order and seed draw the same schools"
              numeric
            />
            <Govuk is="button" options={{ text: "Draw the schools", preventDoubleClick: true }} />
          </Form>
        </div>
      )}
      {study.record && (
        <div>
          <h2 class="govuk-heading-l">Answers on paper</h2>
          <p class="govuk-body">
            A CSV file with the columns pupil (the code on the ticket), item and answer. Every bad line is named, and
            nothing of such a file is kept.
          </p>
          <Form action={action("paper")} csrf={csrf} multipart>
            <FileField id="paper" label="File of answers" accept={[".csv", "text/csv"]} error={errors.of.paper} />
            <Govuk is="button" options={{ text: "Take the answers in", classes: "govuk-button--secondary" }} />
          </Form>
          <h2 class="govuk-heading-l">Files for calibration and estimates</h2>
          <p class="govuk-body">
            Pupils by random ids with weights, zones and responses; items; booklets; and the study file that
            ./greenpaper reference-assessments run reads.
          </p>
          <Form action={action("export")} csrf={csrf}>
            <Govuk is="button" options={{ text: "Write the files", classes: "govuk-button--secondary" }} />
          </Form>
          {files.length > 0 && (
            <ul class="govuk-list">
              {files.map(({ name }) => (
                <li>
                  <a class="govuk-link" href={`${hrefOf(study.id)}/files/${name}`}>
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          )}
          {closed && study.erasedAt === null && (
            <Form action={action("erase")} csrf={csrf} version={study.version}>
              <Govuk
                is="warning-text"
                options={{
                  text: "Codes and lines of the schools' lists can't be had back.",
                  iconFallbackText: "Warning",
                }}
              />
              <Govuk
                is="button"
                options={{ text: "Erase what tells pupils apart", classes: "govuk-button--warning" }}
              />
            </Form>
          )}
        </div>
      )}
    </div>
  );
}

/** The schools of the sample. */
export function SampleContent({ study, schools }: { study: FieldStudy; schools: readonly NamedSchool[] }) {
  const { record, design } = study;
  if (!record || !design)
    return (
      <div>
        <h1 class="govuk-heading-xl">The sample</h1>
        <p class="govuk-body">No schools have been drawn yet.</p>
      </div>
    );
  const choices = ["drawn", "first replacement", "second replacement"];
  return (
    <div>
      <h1 class="govuk-heading-xl">The sample</h1>
      <p class="govuk-body">
        Drawn by {record.drawnBy} on {dateInWords(record.drawnAt.slice(0, 10) as CivilDate)}: {design.method}, seed{" "}
        {design.seed}, {design.schools} units, {design.pupilsPerSchool} pupils each, oversampling {design.tilt}. The
        frame had {record.frame.schools.toLocaleString("en-GB")} schools with about{" "}
        {record.frame.pupils.toLocaleString("en-GB")} pupils in {phaseFacts[study.phase].words}; {record.frame.joined}{" "}
        units join small schools.
      </p>
      <p class="govuk-body">
        Fingerprint of the frame: <span class="site-hash">{record.frame.sha256}</span>
      </p>
      {record.frame.leftOut.length > 0 && (
        <p class="govuk-body">
          Not covered: {record.frame.leftOut.map(({ why, schools: count }) => `${count} ${why}`).join("; ")}.
        </p>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`${hrefOf(study.id)}/sample.csv`}>
          The sample as CSV
        </a>
      </p>
      <Table
        caption="Strata"
        columns={[
          { heading: "Stratum", cell: (row) => row.name },
          { heading: "Units there are", numeric: true, cell: (row) => String(row.units) },
          { heading: "Drawn", numeric: true, cell: (row) => String(row.drawn) },
          { heading: "Certain", numeric: true, cell: (row) => String(row.certain) },
        ]}
        rows={record.draw.strata}
      />
      <Table
        caption="Schools"
        columns={[
          {
            heading: "School",
            cell: (school: NamedSchool) =>
              school.state === "reserve" ? (
                school.name
              ) : (
                <a class="govuk-link" href={`/assessment-fieldwork/schools/${school.urn}/studies/${study.id}`}>
                  {school.name}
                </a>
              ),
          },
          { heading: "Unit", numeric: true, cell: (school) => String(school.unit) },
          { heading: "Choice", cell: (school) => choices[school.choice] ?? String(school.choice) },
          { heading: "Probability", numeric: true, cell: (school) => school.probability.toFixed(4) },
          {
            heading: "Stands at",
            cell: (school) => (school.reason === "" ? school.state : `${school.state}: ${school.reason}`),
          },
        ]}
        rows={schools}
        small
      />
    </div>
  );
}
