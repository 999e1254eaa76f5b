import Type from "typebox";
import { type CivilDate, dateInWords, type Problem, parseCivilDate } from "../../../kernel/index.js";
import { Form, type PageContext, type Pages } from "../../../platform/http/index.js";
import { type Actor, actingAs, holdsRole } from "../../../platform/identity/index.js";
import {
  DateField,
  dateNames,
  ErrorSummary,
  FileField,
  Govuk,
  Headlines,
  RadioField,
  Table,
  TextField,
  typedDate,
} from "../../../platform/pages/index.js";
import { responseRates } from "../../../statistics/survey/index.js";
import { unitOutcome } from "./field.js";
import { orderExport, orderSample } from "./jobs.js";
import { sampleCsv } from "./sample-file.js";
import { createStudy, eraseStudy, listStudies, makeBooklets, viewStudy } from "./service.js";
import { importPaper } from "./service-sessions.js";
import { countPupils, findExport, listExport, type NamedSchool } from "./store.js";
import { type FieldStudy, type Phase, phaseFacts, phases, type SampleOrder, type StudyDraft } from "./study.js";
import {
  type FieldworkWeb,
  formErrors,
  found,
  orNotFound,
  page,
  start,
  statisticians,
  typedNumber,
} from "./web-shared.js";

const text = (maxLength: number) => Type.String({ maxLength, default: "" });
const hrefOf = (id: string) => `/assessment-fieldwork/studies/${id}`;

/** The pages of whoever runs the assessments. */
export function addStudyPages(pages: Pages, options: FieldworkWeb): void {
  const { database } = options;
  pages.get("/assessment-fieldwork", "anyone", async ({ actor }) => {
    const runs = holdsRole(actor, ["statistician"]);
    return page(
      "Running assessments",
      [],
      <StartContent actor={actor} studies={runs ? await listStudies(database, actor) : []} />,
    );
  });
  addDraftPages(pages, options);
  addOnePages(pages, options);
  addOrderPages(pages, options);
}

function StartContent({ actor, studies }: { actor: Actor; studies: readonly FieldStudy[] }) {
  const own =
    actor.kind === "person" ? actor.grants.flatMap(({ scope }) => (scope.kind === "school" ? [scope.urn] : [])) : [];
  return (
    <div>
      <h1 class="govuk-heading-xl">Running assessments</h1>
      <p class="govuk-body">
        A few schools are asked now and then to let some of their pupils answer questions, so that the country learns
        whether it improves. Nobody learns how a school or a pupil did: no such figure is made.
      </p>
      <ul class="govuk-list">
        <li>
          <a class="govuk-link" href="/assessment-fieldwork/sessions">
            Begin a session with the code on a ticket
          </a>
        </li>
        {[...new Set(own)].map((urn) => (
          <li>
            <a class="govuk-link" href={`/assessment-fieldwork/schools/${urn}`}>
              What your school ({urn}) has been asked
            </a>
          </li>
        ))}
      </ul>
      {holdsRole(actor, ["statistician"]) && (
        <div>
          <h2 class="govuk-heading-l">Assessments</h2>
          <ul class="govuk-list">
            <li>
              <a class="govuk-link" href="/assessment-fieldwork/plan">
                Plan a sample
              </a>
            </li>
            <li>
              <a class="govuk-link" href="/assessment-fieldwork/items">
                Bank of items
              </a>
            </li>
            <li>
              <a class="govuk-link" href="/assessment-fieldwork/new">
                Begin an assessment
              </a>
            </li>
          </ul>
          {studies.length > 0 && (
            <Table
              caption="Assessments"
              captionHidden
              columns={[
                {
                  heading: "Assessment",
                  cell: (study: FieldStudy) => (
                    <a class="govuk-link" href={hrefOf(study.id)}>
                      {study.title}
                    </a>
                  ),
                },
                { heading: "Sessions", cell: (study) => `${dateInWords(study.opens)} to ${dateInWords(study.closes)}` },
                { heading: "Stands at", cell: (study) => standing(study) },
              ]}
              rows={studies}
            />
          )}
        </div>
      )}
    </div>
  );
}

const standing = ({ record, booklets, erasedAt }: FieldStudy) =>
  erasedAt !== null ? "pupils erased" : record ? "schools drawn" : booklets ? "booklets assembled" : "begun";

const days = ["answerBy", "opens", "closes", "eraseOn"] as const;
const dayWords: Readonly<Record<(typeof days)[number], string>> = {
  answerBy: "Last day for schools to answer",
  opens: "First day of sessions",
  closes: "Last day of sessions",
  eraseOn: "Day on which what tells pupils apart is erased",
};
const draftFields = Type.Object({
  ...{ id: text(60), title: text(200), subject: text(60), phase: text(20), cycle: text(4) },
  ...Object.fromEntries(days.flatMap((day) => dateNames(day)).map((name) => [name, text(4)])),
});

function addDraftPages(pages: Pages, { database }: FieldworkWeb): void {
  const names = ["id", "title", "subject", "phase", "cycle", ...days];
  const form = (typed: Readonly<Record<string, string>>, csrf: string, problems: readonly Problem[]) => {
    const errors = formErrors(problems, names);
    const field = (id: string) => ({ id, value: typed[id] ?? "", error: errors.of[id] });
    return page(
      "Begin an assessment",
      [start],
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <ErrorSummary errors={errors.summary} />
          <h1 class="govuk-heading-xl">Begin an assessment</h1>
          <Form action="/assessment-fieldwork/new" csrf={csrf}>
            <TextField {...field("title")} label="Title" />
            <TextField
              {...field("id")}
              label="Short name"
              hint="As mathematics-y4-2027. It never changes."
              width={20}
            />
            <TextField {...field("subject")} label="Subject" hint="As the bank of items writes it" width={20} />
            <RadioField
              {...field("phase")}
              label="Year"
              items={phases.map((value) => ({ value, text: phaseFacts[value].words }))}
            />
            <TextField {...field("cycle")} label="Cycle" hint="The year of the sessions, as 2027" width={4} numeric />
            {days.map((day) => (
              <DateField {...field(day)} label={dayWords[day]} />
            ))}
            <Govuk is="button" options={{ text: "Begin" }} />
          </Form>
        </div>
      </div>,
      problems,
    );
  };
  pages.get("/assessment-fieldwork/new", statisticians, async ({ csrf }) => form({}, csrf, []));
  pages.post("/assessment-fieldwork/new", statisticians, draftFields, async ({ actor, csrf, today, now }, body) => {
    const typed: Record<string, string> = { ...(body as Record<string, string>) };
    const unreadable: Problem[] = [];
    for (const day of days) {
      typed[day] = typedDate(body, day);
      if (!parseCivilDate(typed[day]).ok)
        unreadable.push({
          code: "fieldwork-study-invalid",
          place: day,
          message: "this is no day",
          remedy: "Write day, month and year, as 4 5 2027.",
        });
    }
    if (unreadable.length > 0) return form(typed, csrf, unreadable);
    const { id, title, subject } = body as Record<"id" | "title" | "subject", string>;
    const dates = Object.fromEntries(days.map((day) => [day, typed[day] as CivilDate])) as Pick<
      StudyDraft,
      (typeof days)[number]
    >;
    const draft: StudyDraft = {
      id,
      title,
      subject,
      phase: typed.phase as Phase,
      cycle: typedNumber(typed.cycle ?? ""),
      ...dates,
    };
    const made = orNotFound(await createStudy(database, actor, draft, today, now));
    return made.ok
      ? { redirect: hrefOf(made.value.id), notice: "The assessment is begun." }
      : form(typed, csrf, made.error);
  });
}

type Typed = Readonly<Record<string, string>>;

async function studyPage(
  { database }: FieldworkWeb,
  context: PageContext,
  typed: Typed = {},
  problems: readonly Problem[] = [],
) {
  const { study, schools } = found(await viewStudy(database, context.actor, context.params.study!));
  const [pupils, files] = await actingAs(database, context.actor, async (queries) => [
    await countPupils(queries, study.id),
    await listExport(queries, study.id),
  ]);
  return page(
    study.title,
    [start],
    <StudyContent
      {...{ study, schools, pupils, files, typed, problems, csrf: context.csrf, closed: context.today > study.closes }}
    />,
    problems,
  );
}

function addOnePages(pages: Pages, options: FieldworkWeb): void {
  const { database } = options;
  pages.get("/assessment-fieldwork/studies/:study", statisticians, (context) => studyPage(options, context));
  pages.get("/assessment-fieldwork/studies/:study/sample", statisticians, async ({ actor, params }) => {
    const { study, schools } = found(await viewStudy(database, actor, params.study!));
    return page(
      "The sample",
      [start, { text: study.title, href: hrefOf(study.id) }],
      <SampleContent study={study} schools={schools} />,
    );
  });
  pages.file("/assessment-fieldwork/studies/:study/sample.csv", statisticians, async ({ actor, params }) => {
    const { study, schools } = found(await viewStudy(database, actor, params.study!));
    return { name: `${study.id}-sample.csv`, type: "text/csv; charset=utf-8", body: sampleCsv(schools) };
  });
  pages.file("/assessment-fieldwork/studies/:study/files/:file", statisticians, async ({ actor, params }) => {
    const content = await actingAs(database, actor, (queries) => findExport(queries, params.study!, params.file!));
    const name = found(
      content === null
        ? {
            ok: false,
            error: [
              {
                code: "fieldwork-study-unknown",
                place: "file",
                message: "there is no such file",
                remedy: "Write the files first.",
              },
            ],
          }
        : { ok: true, value: params.file! },
    );
    return { name, type: "text/plain; charset=utf-8", body: content! };
  });
}

const bookletNames = ["blocks", "booklets", "size", "minutes", "leastOfEach", "bookletSeed"] as const;
const sampleNames = ["schools", "pupilsPerSchool", "tilt", "method", "rotation", "seed"] as const;

function addOrderPages(pages: Pages, options: FieldworkWeb): void {
  const { database } = options;
  const path = "/assessment-fieldwork/studies/:study";
  const texts = (names: readonly string[]) =>
    Type.Object(Object.fromEntries([...names, "version"].map((name) => [name, text(20)])));
  const version = (body: object) => Number((body as Typed).version) || 0;
  pages.post(`${path}/booklets`, statisticians, texts(bookletNames), async (context, body) => {
    const typed = body as Typed;
    const number = (name: (typeof bookletNames)[number]) => typedNumber(typed[name] ?? "");
    const order = {
      ...{ blocks: number("blocks"), booklets: number("booklets"), size: number("size"), minutes: number("minutes") },
      ...{ leastOfEach: number("leastOfEach") || 0, seed: number("bookletSeed") },
    };
    const made = orNotFound(
      await makeBooklets(database, context.actor, context.params.study!, order, version(body), context.now),
    );
    return made.ok
      ? { redirect: hrefOf(made.value.id), notice: "The booklets are assembled." }
      : studyPage(options, context, typed, made.error);
  });
  pages.post(`${path}/draw`, statisticians, texts(sampleNames), async (context, body) => {
    const typed = body as Typed;
    const number = (name: (typeof sampleNames)[number]) => typedNumber(typed[name] ?? "");
    const order: SampleOrder = {
      ...{
        schools: number("schools"),
        pupilsPerSchool: number("pupilsPerSchool"),
        tilt: number("tilt"),
        rotation: number("rotation") || 0,
      },
      ...{ seed: number("seed"), method: typed.method === "coordinated" ? "coordinated" : "systematic" },
    };
    const job = orNotFound(
      await orderSample(database, context.actor, context.params.study!, order, version(body), context.now),
    );
    return job.ok ? { redirect: `/jobs/${job.value}` } : studyPage(options, context, typed, job.error);
  });
  pages.post(`${path}/export`, statisticians, Type.Object({}), async (context) => {
    const job = orNotFound(await orderExport(database, context.actor, context.params.study!));
    return job.ok ? { redirect: `/jobs/${job.value}` } : studyPage(options, context, {}, job.error);
  });
  pages.post(`${path}/erase`, statisticians, texts([]), async (context, body) => {
    const { actor, params, today, now } = context;
    const done = orNotFound(await eraseStudy(database, actor, params.study!, version(body), today, now));
    return done.ok
      ? { redirect: hrefOf(done.value.id), notice: "What told pupils apart is erased." }
      : studyPage(options, context, {}, done.error);
  });
  pages.upload(
    `${path}/paper`,
    statisticians,
    { types: ["csv"], bytes: 20_000_000, files: 1, field: "paper" },
    Type.Object({}),
    async (context, _, files, wrong) => {
      if (wrong.length > 0) return studyPage(options, context, {}, wrong);
      const [file] = files;
      const { actor, params, now } = context;
      const done = orNotFound(await importPaper(database, actor, params.study!, file!.bytes, file!.name, now));
      return done.ok
        ? {
            redirect: hrefOf(params.study!),
            notice: `${done.value.responses} answers of ${done.value.pupils} pupils are taken in.`,
          }
        : studyPage(options, context, {}, done.error);
    },
  );
}

interface StudyProps {
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

function StudyContent({ study, schools, pupils, files, typed, problems, csrf, closed }: StudyProps) {
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

function SampleContent({ study, schools }: { study: FieldStudy; schools: readonly NamedSchool[] }) {
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
