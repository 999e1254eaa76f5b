import Type from "typebox";
import {
  type CivilDate,
  dateInWords,
  err,
  ok,
  type Problem,
  parseCivilDate,
  type Result,
} from "../../../kernel/index.js";
import { Form, type PageContext, type Pages } from "../../../platform/http/index.js";
import { type Actor, actingAs, holdsRole } from "../../../platform/identity/index.js";
import {
  DateField,
  dateNames,
  ErrorSummary,
  Govuk,
  RadioField,
  Table,
  TextField,
  typedDate,
} from "../../../platform/pages/index.js";
import { type ExportOrder, orderExport } from "./export-job.js";
import { orderSample } from "./jobs.js";
import { problem } from "./problem.js";
import { createStudy, listStudies, viewStudy } from "./service.js";
import { makeBooklets } from "./service-booklets.js";
import { eraseStudy } from "./service-erase.js";
import { readProgress } from "./service-progress.js";
import { importPaper } from "./service-sessions.js";
import { findExport, listExport } from "./store.js";
import { type FieldStudy, type Phase, phaseFacts, phases, type SampleOrder, type StudyDraft } from "./study.js";
import {
  type FieldworkWeb,
  formErrors,
  found,
  hrefOf,
  orNotFound,
  page,
  start,
  statisticians,
  type Typed,
  typedNumber,
} from "./web-shared.js";
import { bookletNames, StudyContent, sampleNames } from "./web-study.js";

const text = (maxLength: number) => Type.String({ maxLength, default: "" });

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

/** Assessments of the same subject and year that came before, whose schools have been drawn. */
const earlierThan = (study: FieldStudy, all: readonly FieldStudy[]) =>
  all.filter(
    ({ phase, subject, cycle, record }) =>
      phase === study.phase && subject.toLowerCase() === study.subject.toLowerCase() && cycle < study.cycle && record,
  );

async function studyPage(
  { database }: FieldworkWeb,
  context: PageContext,
  typed: Typed = {},
  problems: readonly Problem[] = [],
) {
  const { study } = found(await viewStudy(database, context.actor, context.params.study!));
  const files = await actingAs(database, context.actor, (queries) => listExport(queries, study.id));
  const earlier = earlierThan(study, await listStudies(database, context.actor));
  const progress = found(await readProgress(database, context.actor, study.id, context.today));
  return page(
    study.title,
    [start],
    <StudyContent
      {...{
        study,
        progress,
        files,
        earlier,
        typed,
        problems,
        csrf: context.csrf,
        closed: context.today > study.closes,
      }}
    />,
    problems,
  );
}

function addOnePages(pages: Pages, options: FieldworkWeb): void {
  const { database } = options;
  pages.get("/assessment-fieldwork/studies/:study", statisticians, (context) => studyPage(options, context));
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

/** The curricula of cycles, as "2027=2014 2031=2028". */
function taughtOf(typed: string): Result<ExportOrder["curricula"], readonly Problem[]> {
  const parts = typed.split(/[\s,]+/).filter((one) => one !== "");
  const read = parts.map((one) => /^(\d{4})=(.+)$/.exec(one));
  const bad = parts.find((_, k) => read[k] === null);
  return bad === undefined
    ? ok(read.map((one) => ({ cycle: Number(one![1]), version: one![2]! })))
    : err([
        problem(
          "fieldwork-export-invalid",
          "taught",
          `"${bad}" names no cycle and curriculum`,
          "Write it as 2027=2014.",
        ),
      ]);
}

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
      curricula: (typed.curricula ?? "").split(/[\s,]+/).filter((name) => name !== ""),
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
  const exported = Type.Object({
    taught: text(500),
    with: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 20, default: [] }),
  });
  pages.post(`${path}/export`, statisticians, exported, async (context, { taught, with: earlier }) => {
    const curricula = taughtOf(taught);
    const job = curricula.ok
      ? orNotFound(
          await orderExport(database, context.actor, context.params.study!, {
            with: earlier,
            curricula: curricula.value,
          }),
        )
      : curricula;
    return job.ok ? { redirect: `/jobs/${job.value}` } : studyPage(options, context, { taught }, job.error);
  });
  const reason = Type.Object({ reason: text(500), version: text(20) });
  pages.post(`${path}/erase`, statisticians, reason, async (context, body) => {
    const { actor, params, today, now } = context;
    const order = { study: params.study!, reason: body.reason, expected: version(body) };
    const done = orNotFound(await eraseStudy(database, actor, order, today, now));
    return done.ok
      ? { redirect: hrefOf(done.value.id), notice: "What told pupils apart is erased." }
      : studyPage(options, context, { reason: body.reason }, done.error);
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
