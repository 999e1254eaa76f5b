import Type from "typebox";
import { type CivilDate, dateInWords, type Problem } from "../../../kernel/index.js";
import { Form, type PageContext, type Pages } from "../../../platform/http/index.js";
import {
  DateField,
  dateNames,
  ErrorSummary,
  FileField,
  Govuk,
  RadioField,
  Table,
  TextField,
  typedDate,
} from "../../../platform/pages/index.js";
import type { SampledSchool } from "./field.js";
import { arrangements, attendances, type FieldPupil, pupilColumns } from "./pupil.js";
import { type Reminder, remindersOf } from "./reminders.js";
import { answerForSchool, importPupils, schoolSamples, viewSchool } from "./service-schools.js";
import { type FieldStudy, phaseFacts } from "./study.js";
import { addPupilPages, base, partHref, schoolHref } from "./web-pupil.js";
import {
  type FieldworkWeb,
  formErrors,
  found,
  inSchool,
  orNotFound,
  page,
  start,
  type Typed,
  typedNumber,
} from "./web-shared.js";

const text = (maxLength: number) => Type.String({ maxLength, default: "" });

/** The pages of a school: what it has been asked, its answer, its pupils and their tickets. Nothing of what they answered. */
export function addSchoolPages(pages: Pages, options: FieldworkWeb): void {
  const { database } = options;
  pages.get(base, inSchool, async ({ actor, params, today }) => {
    const urn = params.urn!;
    const samples: ListedSample[] = [];
    for (const sample of found(await schoolSamples(database, actor, urn))) {
      const { pupils } = found(await viewSchool(database, actor, sample.study.id, urn));
      samples.push({ ...sample, reminders: remindersOf(sample.study, sample.school, pupils, today) });
    }
    return page("Assessments in your school", [start], <SamplesContent samples={samples} />);
  });
  addPartPages(pages, options);
  addPupilPages(pages, options);
}

interface ListedSample {
  readonly school: SampledSchool;
  readonly study: FieldStudy;
  readonly reminders: readonly Reminder[];
}

function SamplesContent({ samples }: { samples: readonly ListedSample[] }) {
  return (
    <div>
      <h1 class="govuk-heading-xl">Assessments in your school</h1>
      {samples.length === 0 && <p class="govuk-body">Your school hasn’t been asked to take part in an assessment.</p>}
      {samples.length > 0 && (
        <Table
          caption="Assessments"
          captionHidden
          columns={[
            {
              heading: "Assessment",
              cell: ({ school, study }: ListedSample) => (
                <a class="govuk-link" href={partHref(school)}>
                  {study.title}
                </a>
              ),
            },
            { heading: "Answer by", cell: ({ study }) => dateInWords(study.answerBy) },
            { heading: "Your answer", cell: ({ school }) => stateWords[school.state] },
          ]}
          rows={samples}
        />
      )}
      {samples.map(({ study, reminders }) => (
        <Reminders title={`Still to do: ${study.title}`} reminders={reminders} />
      ))}
    </div>
  );
}

const stateWords = {
  reserve: "",
  invited: "Not given yet",
  accepted: "Takes part",
  refused: "Does not take part",
} as const;

async function partPage(
  { database }: FieldworkWeb,
  context: PageContext,
  typed: Typed = {},
  problems: readonly Problem[] = [],
) {
  const view = found(await viewSchool(database, context.actor, context.params.study!, context.params.urn!));
  const crumbs = [start, { text: "Assessments in your school", href: schoolHref(view.school.urn) }];
  const reminders = remindersOf(view.study, view.school, view.pupils, context.today);
  return page(
    view.study.title,
    crumbs,
    <PartContent {...view} reminders={reminders} typed={typed} problems={problems} csrf={context.csrf} />,
    problems,
  );
}

function addPartPages(pages: Pages, options: FieldworkWeb): void {
  const { database } = options;
  const path = `${base}/studies/:study`;
  pages.get(path, inSchool, (context) => partPage(options, context));
  const fields = Type.Object({
    ...{ answer: text(10), reason: text(500), roll: text(10), version: text(10) },
    ...Object.fromEntries(dateNames("sessionOn").map((name) => [name, text(4)])),
  });
  pages.post(`${path}/answer`, { roles: ["school", "statistician"] }, fields, async (context, body) => {
    const { answer, reason, roll, version } = body as Record<"answer" | "reason" | "roll" | "version", string>;
    const typed = { answer, reason, roll, sessionOn: typedDate(body, "sessionOn") };
    const { actor, params, today, now } = context;
    if (answer !== "yes" && answer !== "no")
      return partPage(options, context, typed, [
        {
          code: "fieldwork-school-state",
          place: "answer",
          message: "say whether the school takes part",
          remedy: "Choose one.",
        },
      ]);
    const given = {
      ...{ study: params.study!, urn: params.urn!, takesPart: answer === "yes", reason, sessionOn: typed.sessionOn },
      ...{ roll: roll === "" ? null : typedNumber(roll), expected: Number(version) || 0 },
    };
    const done = orNotFound(await answerForSchool(database, actor, given, today, now));
    if (!done.ok) return partPage(options, context, typed, done.error);
    const notice = done.value.state === "accepted" ? "Thank you. The pupils are drawn." : "Your answer is kept.";
    return { redirect: done.value.state === "accepted" ? partHref(done.value) : schoolHref(done.value.urn), notice };
  });
  pages.upload(
    `${path}/pupils`,
    inSchool,
    { types: ["csv"], bytes: 1_000_000, files: 1, field: "pupils" },
    Type.Object({}),
    async (context, _, files, wrong) => {
      if (wrong.length > 0) return partPage(options, context, {}, wrong);
      const where = { study: context.params.study!, urn: context.params.urn! };
      const done = orNotFound(await importPupils(database, context.actor, where, files[0]!.bytes, files[0]!.name));
      return done.ok
        ? {
            redirect: `${schoolHref(where.urn)}/studies/${where.study}`,
            notice: `${done.value.length} pupils are described.`,
          }
        : partPage(options, context, {}, done.error);
    },
  );
  pages.get(`${path}/tickets`, inSchool, async ({ actor, params }) => {
    const { study, school, pupils } = found(await viewSchool(database, actor, params.study!, params.urn!));
    return page("Tickets", [start, { text: study.title, href: partHref(school) }], <TicketsContent pupils={pupils} />);
  });
}

/** A code in three groups of four, as people read it. */
export const spacedCode = (code: string | null) => code?.replace(/(.{4})(?=.)/g, "$1 ") ?? "erased";

function TicketsContent({ pupils }: { pupils: readonly FieldPupil[] }) {
  return (
    <div>
      <h1 class="govuk-heading-xl">Tickets</h1>
      <p class="govuk-body">
        Print this page and cut it. Give each pupil the ticket of the line that the pupil has on your list. Whoever has
        a code can answer as that pupil: keep the tickets locked away, and destroy them after the session.
      </p>
      <Table
        caption="Tickets"
        captionHidden
        columns={[
          { heading: "Line", cell: (pupil: FieldPupil) => String(pupil.line ?? "erased") },
          { heading: "Code", cell: (pupil) => spacedCode(pupil.code) },
          { heading: "Booklet", numeric: true, cell: (pupil) => String(pupil.booklet) },
        ]}
        rows={pupils}
      />
    </div>
  );
}

/** What the school has still to do: on its pages, as nobody writes to it. */
function Reminders({ title, reminders }: { title: string; reminders: readonly Reminder[] }) {
  if (reminders.length === 0) return null;
  return (
    <div>
      <h2 class="govuk-heading-m">{title}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {reminders.map(({ kind, text: words, by, late }) => (
          <li>
            {words}: {kind === "erasing" ? "on" : "by"} {dateInWords(by)}
            {late && (
              <>
                {" "}
                <strong class="govuk-tag govuk-tag--red">Late</strong>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PartProps {
  readonly study: FieldStudy;
  readonly school: SampledSchool;
  readonly pupils: readonly FieldPupil[];
  readonly reminders: readonly Reminder[];
  readonly typed: Typed;
  readonly problems: readonly Problem[];
  readonly csrf: string;
}

function PartContent({ study, school, pupils, reminders, typed, problems, csrf }: PartProps) {
  const errors = formErrors(problems, ["answer", "reason", "roll", "sessionOn", "pupils"]);
  return (
    <div>
      <ErrorSummary errors={errors.summary} />
      <h1 class="govuk-heading-xl">{study.title}</h1>
      <p class="govuk-body">
        {pupils.length > 0 ? `${pupils.length} pupils` : `Up to ${study.design?.pupilsPerSchool ?? 0} pupils`} in{" "}
        {phaseFacts[study.phase].words} answer questions for at most an hour, from {dateInWords(study.opens)} to{" "}
        {dateInWords(study.closes)}. Neither you nor anybody else learns how your school or a pupil did.
      </p>
      <Reminders title="What is still to do" reminders={reminders} />
      {school.state === "refused" && <p class="govuk-body">Your school does not take part: {school.reason}.</p>}
      {school.state === "accepted" && <Pupils {...{ study, school, pupils, errors, csrf }} />}
      {(school.state === "invited" || school.state === "accepted") && (
        <AnswerForm {...{ study, school, typed, errors, csrf }} />
      )}
      <Kept study={study} />
    </div>
  );
}

function Kept({ study }: { study: FieldStudy }) {
  return (
    <Govuk
      is="details"
      options={{
        summaryText: "What is kept of a pupil, and until when",
        text:
          `No name, no pupil number, no date of birth. Until ${dateInWords(study.eraseOn)}: the line on your own list, the code of the session and access arrangements. ` +
          "For good, under a random id: sex, whether disadvantaged, month of birth, whether the pupil took part, and the answers. Your list with the names stays in the school.",
      }}
    />
  );
}

type Errors = ReturnType<typeof formErrors>;

function AnswerForm({
  study,
  school,
  typed,
  errors,
  csrf,
}: Omit<PartProps, "pupils" | "problems" | "reminders"> & { errors: Errors }) {
  const field = (id: string) => ({ id, value: typed[id] ?? "", error: errors.of[id] });
  const accepted = school.state === "accepted";
  return (
    <div>
      <h2 class="govuk-heading-l">
        {accepted ? "If your school can't take part after all" : "Does your school take part?"}
      </h2>
      {accepted && school.sessionOn !== null && (
        <p class="govuk-body">Your school takes part, on {dateInWords(school.sessionOn as CivilDate)}.</p>
      )}
      <Form action={`${partHref(school)}/answer`} csrf={csrf} version={school.version}>
        {accepted ? (
          <input type="hidden" name="answer" value="no" />
        ) : (
          <div>
            <RadioField
              {...field("answer")}
              label={`Answer by ${dateInWords(study.answerBy)}`}
              items={[
                { value: "yes", text: "Yes" },
                { value: "no", text: "No", hint: "Another school is asked instead" },
              ]}
            />
            <TextField
              {...field("roll")}
              label="If yes: how many pupils are in the year group?"
              hint="Number a list of them, in any order, and keep it: pupils are drawn by their line"
              width={4}
              numeric
            />
            <DateField {...field("sessionOn")} label="If yes: on which day?" />
          </div>
        )}
        <TextField {...field("reason")} label={accepted ? "Why not?" : "If no: why not?"} />
        <Govuk
          is="button"
          options={{
            text: accepted ? "Withdraw" : "Send the answer",
            ...(accepted && { classes: "govuk-button--secondary" }),
          }}
        />
      </Form>
    </div>
  );
}

function Pupils({
  study,
  school,
  pupils,
  errors,
  csrf,
}: Omit<PartProps, "typed" | "problems" | "reminders"> & { errors: Errors }) {
  const sessions = { "not-started": "not begun", started: "begun", finished: "finished" } as const;
  return (
    <div>
      <h2 class="govuk-heading-l">Pupils</h2>
      <p class="govuk-body">
        These lines of your list are drawn.{" "}
        <a class="govuk-link" href={`${partHref(school)}/tickets`}>
          Print the tickets
        </a>
        . After the session, say for each pupil who did not take part why.
      </p>
      <Table
        caption="Drawn pupils"
        columns={[
          {
            heading: "Line",
            cell: (pupil: FieldPupil) =>
              pupil.line === null ? (
                "erased"
              ) : (
                <a class="govuk-link" href={`${partHref(school)}/pupils/${pupil.line}`}>
                  Line {pupil.line}
                </a>
              ),
          },
          { heading: "Disadvantaged", cell: (pupil) => pupil.disadvantaged.replace("-", " ") },
          { heading: "Arrangements", cell: (pupil) => pupil.arrangements.map((one) => arrangements[one]).join(", ") },
          { heading: "Attendance", cell: (pupil) => attendances[pupil.attendance] },
          { heading: "Session", cell: (pupil) => sessions[pupil.state] },
        ]}
        rows={pupils}
      />
      {study.erasedAt === null && (
        <Form action={`${partHref(school)}/pupils`} csrf={csrf} multipart>
          <FileField
            id="pupils"
            label="Describe the pupils in one file"
            hint={`CSV with the columns ${pupilColumns.join(", ")}`}
            accept={[".csv", "text/csv"]}
            error={errors.of.pupils}
          />
          <Govuk is="button" options={{ text: "Take the file in", classes: "govuk-button--secondary" }} />
        </Form>
      )}
    </div>
  );
}
