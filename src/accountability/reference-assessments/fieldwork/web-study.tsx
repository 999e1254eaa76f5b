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
import type { FieldProgress } from "./progress.js";
import { attendances } from "./pupil.js";
import { type FieldStudy, phaseFacts } from "./study.js";
import { Files, type FilesProps } from "./web-files.js";
import { formErrors, hrefOf, type Typed } from "./web-shared.js";

/** The fields of the booklets. */
export const bookletNames = [
  ...(["blocks", "booklets", "size", "minutes", "leastOfEach", "bookletSeed", "curricula"] as const),
] as const;
/** The fields of the sample. */
export const sampleNames = ["schools", "pupilsPerSchool", "tilt", "method", "rotation", "seed"] as const;

export interface StudyProps {
  readonly study: FieldStudy;
  readonly progress: FieldProgress;
  readonly files: FilesProps["files"];
  /** Assessments whose answers may stand in the same files. */
  readonly earlier: readonly FieldStudy[];
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly csrf: string;
  readonly closed: boolean;
}

const percent = (rate: number | null) => (rate === null ? "–" : `${(100 * rate).toFixed(0)}%`);

/** A study: what was settled, how it goes, and the next steps. */
export function StudyContent({ study, progress, files, earlier, typed, problems, csrf, closed }: StudyProps) {
  const errors = formErrors(problems, [...bookletNames, ...sampleNames, "paper", "reason", "taught"]);
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
      {study.record && <Progress study={study} progress={progress} />}
      <h2 class="govuk-heading-l">Booklets</h2>
      {study.booklets && (
        <p class="govuk-body">
          {study.booklets.booklets.length} booklets of {study.booklets.booklets[0]?.length} blocks, made of{" "}
          {study.booklets.blocks.length} blocks with{" "}
          {study.booklets.blocks.reduce((sum, { items }) => sum + items.length, 0)} items. Pairs of blocks that are
          together in 0, 1, 2 … booklets: {study.booklets.balance.pairs.counts.join(", ")}.{" "}
          {study.booklets.balance.connected ? "All blocks are connected." : "Some blocks are not connected."}
          {(study.booklets.leftOut ?? []).length > 0 &&
            ` Left out: ${study.booklets.leftOut!.map(({ item, why }) => `${item} (${why})`).join("; ")}.`}
        </p>
      )}
      <p class="govuk-body">
        <a class="govuk-link" href={`${hrefOf(study.id)}/items`}>
          Items: exposure and curricula
        </a>
      </p>
      <Form action={action("booklets")} csrf={csrf} version={study.version}>
        <TextField {...field("blocks", "7")} label="Blocks" numeric />
        <TextField {...field("booklets", "7")} label="Booklets" numeric />
        <TextField {...field("size", "3")} label="Blocks a booklet" numeric />
        <TextField {...field("minutes", "40")} label="Most minutes a booklet" numeric />
        <TextField {...field("leastOfEach", "1")} label="Items of each construct a booklet, at the least" numeric />
        <TextField {...field("bookletSeed", "1")} label="Seed of the booklets" numeric />
        <TextField
          {...field("curricula", "")}
          label="Curricula that every item must speak of"
          hint="As 2014 2028: an item that doesn’t say whether each covers it is named. Leave it empty to ask nothing"
          width={20}
        />
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
          <Files {...{ study, files, earlier, csrf }} taught={field("taught", "")} />
          {closed && study.erasedAt === null && (
            <Form action={action("erase")} csrf={csrf} version={study.version}>
              <h2 class="govuk-heading-l">Erase</h2>
              <Govuk
                is="warning-text"
                options={{
                  text: `Codes and lines of the schools’ lists can’t be had back. On ${dateInWords(study.eraseOn)} they are erased by themselves.`,
                  iconFallbackText: "Warning",
                }}
              />
              <TextField
                id="reason"
                label="Why are they erased before that day?"
                value={typed.reason ?? ""}
                error={errors.of.reason}
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

/** How it goes, in numbers of the whole sample. */
function Progress({ study, progress }: Pick<StudyProps, "study" | "progress">) {
  const { rates, schools, sessions, attendance } = progress;
  const rows: readonly (readonly [string, number])[] = [
    ["Schools that take part", schools.accepted],
    ["Schools that have not answered", schools.invited],
    ["of them, after the last day to answer", schools.late],
    ["Schools that refused", schools.refused],
    ["Sessions not begun", sessions["not-started"]],
    ["Sessions under way", sessions.started],
    ["Sessions finished", sessions.finished],
    ...(["absent", "withdrawn", "unable", "left"] as const).flatMap((kind) =>
      attendance[kind] === undefined ? [] : [[attendances[kind], attendance[kind]] as const],
    ),
    ...(progress.erasedOnRequest > 0 ? [["Pupils erased on request", progress.erasedOnRequest] as const] : []),
  ];
  return (
    <div>
      <h2 class="govuk-heading-l">Who takes part</h2>
      <Headlines
        items={[
          {
            ...{ label: "Schools drawn that take part", figure: percent(rates.schoolsBefore) },
            note: "weighted, before replacement",
          },
          { label: "With replacements", figure: percent(rates.schoolsAfter) },
          { label: "Pupils who took part", figure: percent(rates.pupils), note: "in schools that take part" },
        ]}
      />
      <Table
        caption="How it goes"
        columns={[
          { heading: "What", cell: ([words]: (typeof rows)[number]) => words },
          { heading: "Number", numeric: true, cell: ([, n]) => n.toLocaleString("en-GB") },
        ]}
        rows={rows}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={`${hrefOf(study.id)}/sample`}>
          The sample, with its record
        </a>
      </p>
    </div>
  );
}
