import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import Type from "typebox";
import type { Problem } from "../../../kernel/index.js";
import {
  apiBase,
  Form,
  HttpError,
  type PageContext,
  type Pages,
  type Server,
  serveOfflinePages,
  serveScript,
} from "../../../platform/http/index.js";
import { ErrorSummary, Govuk, TextField } from "../../../platform/pages/index.js";
import {
  beginSession,
  finishSession,
  readCode,
  type SessionView,
  type ShownItem,
  saveAnswers,
  viewSession,
} from "./service-sessions.js";
import { type FieldworkWeb, formErrors, page, start } from "./web-shared.js";

const home = "/assessment-fieldwork/sessions";
const text = (maxLength: number) => Type.String({ maxLength, default: "" });
const script = (name: string) => ({
  path: `/assessment-fieldwork/${name}`,
  type: "text/javascript",
  body: readFileSync(new URL(name, import.meta.url), "utf8"),
});
/** The scripts are served under addresses that stay, so that a kept page finds them again. */
const [sessionPage, sessionWorker] = [script("session-page.js"), script("session-worker.js")];

/** Seconds since 2020: no form of the same tablet is older than one that was sent before it. The script counts on from the same. */
const sequenceAt = (now: Date) => Math.floor((now.getTime() - Date.UTC(2020, 0, 1)) / 1000);

/** A pupil's session. The code on the ticket is the key, so nobody is signed in on a tablet that a pupil holds. */
export function addSessionPages(server: Server, pages: Pages, { database }: FieldworkWeb): void {
  serveOfflinePages(server, "/assessment-fieldwork/");
  serveScript(server, sessionPage, "/assessment-fieldwork/");
  serveScript(server, sessionWorker, "/assessment-fieldwork/");
  const enter = (typed: string, csrf: string, problems: readonly Problem[]) =>
    page("Begin a session", [start], <EnterContent typed={typed} csrf={csrf} problems={problems} />, problems);
  pages.get(home, "anyone", async ({ csrf }) => enter("", csrf, []));
  pages.post(home, "anyone", Type.Object({ code: text(40) }), async ({ csrf, today }, { code }) => {
    const read = readCode(code);
    const view = await viewSession(database, read, today);
    return view.ok ? { redirect: `${home}/${read}` } : enter(code, csrf, view.error);
  });
  const seen = async ({ params, today }: PageContext): Promise<SessionView> => {
    const view = await viewSession(database, readCode(params.code!), today);
    if (view.ok) return view.value;
    const { code, message, remedy } = view.error[0]!;
    throw new HttpError(404, code, `${message[0]!.toUpperCase()}${message.slice(1)}. ${remedy}`);
  };
  pages.get(`${home}/:code`, "anyone", async (context) => {
    const view = await seen(context);
    return { ...page(view.study.title, [], <OpeningContent view={view} csrf={context.csrf} />), section: null };
  });
  pages.post(`${home}/:code/begin`, "anyone", Type.Object({}), async (context) => {
    const begun = await beginSession(database, readCode(context.params.code!), randomUUID(), context.today);
    const href = `${home}/${readCode(context.params.code!)}`;
    return begun.ok ? { redirect: `${href}/blocks/1` } : { redirect: href };
  });
  addBlockPages(pages, database, seen);
}

type Seen = (context: PageContext) => Promise<SessionView>;

function addBlockPages(pages: Pages, database: FieldworkWeb["database"], seen: Seen): void {
  const path = `${home}/:code/blocks/:block`;
  const block = (context: PageContext, view: SessionView) => {
    const number = Number(context.params.block);
    if (!Number.isInteger(number) || !view.blocks[number - 1])
      throw new HttpError(404, "not-found", "This booklet has no such part.");
    return number;
  };
  const show = (
    context: PageContext,
    view: SessionView,
    problems: readonly Problem[],
    typed: Readonly<Record<string, string>> = {},
  ) => {
    const number = block(context, view);
    const shown = page(
      `Part ${number} of ${view.blocks.length}`,
      [],
      <BlockContent view={view} number={number} csrf={context.csrf} problems={problems} typed={typed} />,
      problems,
    );
    return { ...shown, section: null, scripts: [{ ...sessionPage, body: "" }] };
  };
  pages.get(path, "anyone", async (context) => {
    const view = await seen(context);
    return view.pupil.state === "started" ? show(context, view, []) : { redirect: hrefOf(view) };
  });
  const fields = Type.Object({}, { additionalProperties: Type.String({ maxLength: 500 }) });
  pages.post(path, "anyone", fields, async (context, body) => {
    const view = await seen(context);
    const number = block(context, view);
    if (view.pupil.state !== "started") return { redirect: hrefOf(view) };
    const typed = body as Readonly<Record<string, string>>;
    const device = typed.device ?? "";
    const sent = view.blocks[number - 1]!.flatMap(({ id }) => {
      const answer = typed[`answer-${id}`];
      if (answer === undefined || answer === (view.answers.get(id)?.answer ?? "")) return [];
      return [
        {
          item: id,
          answer,
          device: /^[0-9a-f-]{36}$/.test(device) ? device : (view.pupil.device ?? "form"),
          sequence: sequenceAt(context.now),
        },
      ];
    });
    const saved = await saveAnswers(database, readCode(context.params.code!), sent, context.today, context.now);
    if (!saved.ok) return show(context, view, saved.error, typed);
    return { redirect: number < view.blocks.length ? `${hrefOf(view)}/blocks/${number + 1}` : `${hrefOf(view)}/end` };
  });
  pages.get(`${home}/:code/end`, "anyone", async (context) => {
    const view = await seen(context);
    const shown = page("The end", [], <EndContent view={view} csrf={context.csrf} />);
    return { ...shown, section: null, scripts: [{ ...sessionPage, body: "" }] };
  });
  pages.post(`${home}/:code/end`, "anyone", Type.Object({}), async (context) => {
    const done = await finishSession(database, readCode(context.params.code!), context.today, context.now);
    return done.ok ? { redirect: home, notice: "The session is finished. Thank you." } : { redirect: home };
  });
}

const hrefOf = ({ pupil }: SessionView) => `${home}/${pupil.code}`;

function EnterContent({ typed, csrf, problems }: { typed: string; csrf: string; problems: readonly Problem[] }) {
  const errors = formErrors(problems, ["code"]);
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors.summary} />
        <h1 class="govuk-heading-xl">Begin a session</h1>
        <Form action={home} csrf={csrf}>
          <TextField
            id="code"
            label="Code on the ticket"
            hint="Twelve letters and figures"
            value={typed}
            error={errors.of.code}
            width={20}
          />
          <Govuk is="button" options={{ text: "Go on" }} />
        </Form>
      </div>
    </div>
  );
}

function OpeningContent({ view, csrf }: { view: SessionView; csrf: string }) {
  const { pupil, study, blocks } = view;
  const questions = blocks.flat().length;
  const withAdult = study.phase === "reception";
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">{study.title}</h1>
        {pupil.state === "finished" ? (
          <p class="govuk-body">This session is finished.</p>
        ) : (
          <div>
            <p class="govuk-body">
              {withAdult
                ? `You sit beside the child, read each of the ${questions} questions aloud, and enter what the child says, points at or does. Don't help and don't say whether it is right.`
                : `There are ${questions} questions in ${blocks.length} parts. Answer as many as you can. You can leave a question out and come back to it.`}
            </p>
            <Form action={`${hrefOf(view)}/begin`} csrf={csrf}>
              <Govuk
                is="button"
                options={{ text: pupil.state === "started" ? "Go on, on this tablet" : "Begin", isStartButton: true }}
              />
            </Form>
          </div>
        )}
      </div>
    </div>
  );
}

/** Where the script says what is saved, and what it needs: the code, the tablet's name, and the pages to keep. */
function OfflineStatus({ view }: { view: SessionView }) {
  const href = hrefOf(view);
  const keep = [...view.blocks.map((_, b) => `${href}/blocks/${b + 1}`), `${href}/end`];
  return (
    <p
      class="govuk-inset-text"
      id="offline"
      role="status"
      data-code={view.pupil.code}
      data-device={view.pupil.device ?? ""}
      data-api={`${apiBase}/assessment-fieldwork/sessions/${view.pupil.code}`}
      data-keep={keep.join(" ")}
      data-home={home}
    >
      Answers are saved when you press the button below.
    </p>
  );
}

interface BlockProps {
  readonly view: SessionView;
  readonly number: number;
  readonly csrf: string;
  readonly problems: readonly Problem[];
  readonly typed: Readonly<Record<string, string>>;
}

function BlockContent({ view, number, csrf, problems, typed }: BlockProps) {
  const items = view.blocks[number - 1]!;
  const errors = formErrors(
    problems.map((one) => ({
      ...one,
      place: items.some(({ id }) => id === one.place) ? `answer-${one.place}` : one.place,
    })),
    items.map(({ id }) => `answer-${id}`),
  );
  const before = view.blocks.slice(0, number - 1).flat().length;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors.summary} />
        <h1 class="govuk-heading-l">
          Part {number} of {view.blocks.length}
        </h1>
        <OfflineStatus view={view} />
        <Form action={`${hrefOf(view)}/blocks/${number}`} csrf={csrf}>
          <input type="hidden" name="device" value={view.pupil.device ?? ""} />
          {items.map((item, n) => (
            <Question
              item={item}
              number={before + n + 1}
              shows={item.stimulusText !== "" && items[n - 1]?.stimulus !== item.stimulus}
              value={typed[`answer-${item.id}`] ?? view.answers.get(item.id)?.answer ?? ""}
              error={errors.of[`answer-${item.id}`]}
            />
          ))}
          <Govuk is="button" options={{ text: number < view.blocks.length ? "Next part" : "To the end" }} />
        </Form>
        {number > 1 && (
          <p class="govuk-body">
            <a class="govuk-link" href={`${hrefOf(view)}/blocks/${number - 1}`}>
              Back to part {number - 1}
            </a>
          </p>
        )}
      </div>
    </div>
  );
}

interface QuestionProps {
  readonly item: ShownItem;
  readonly number: number;
  /** Whether the text that questions share is shown above it. */
  readonly shows: boolean;
  readonly value: string;
  readonly error: string | undefined;
}

function Question({ item, number, shows, value, error }: QuestionProps) {
  const { id, kind, prompt, options, maximum, stimulusText } = item;
  const name = `answer-${id}`;
  const label = `${number}. ${prompt}`;
  const choices =
    kind === "choice"
      ? options.map((option) => ({ value: option.id, text: option.text }))
      : Array.from({ length: maximum + 1 }, (_, points) => ({
          value: String(points),
          text: points === 1 ? "1 point" : `${points} points`,
        }));
  return (
    <div data-item={id}>
      {shows && <div class="govuk-inset-text">{stimulusText}</div>}
      {kind === "choice" || kind === "marked" ? (
        <Govuk
          is="radios"
          options={{
            ...{ idPrefix: name, name, value },
            fieldset: { legend: { text: label, classes: "govuk-fieldset__legend--s" } },
            ...(error !== undefined && { errorMessage: { text: error } }),
            items: choices,
          }}
        />
      ) : (
        <TextField id={name} label={label} value={value} error={error} width={kind === "number" ? 10 : 20} />
      )}
    </div>
  );
}

function EndContent({ view, csrf }: { view: SessionView; csrf: string }) {
  const left = view.blocks.flat().filter(({ id }) => (view.answers.get(id)?.answer ?? "") === "").length;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">The end</h1>
        <OfflineStatus view={view} />
        {view.pupil.state === "finished" ? (
          <p class="govuk-body">This session is finished.</p>
        ) : (
          <div>
            {left > 0 && (
              <p class="govuk-body" id="left">
                You have left out {left === 1 ? "1 question" : `${left} questions`}. You can go back.
              </p>
            )}
            <ul class="govuk-list">
              {view.blocks.map((_, b) => (
                <li>
                  <a class="govuk-link" href={`${hrefOf(view)}/blocks/${b + 1}`}>
                    Part {b + 1}
                  </a>
                </li>
              ))}
            </ul>
            <Form action={`${hrefOf(view)}/end`} csrf={csrf}>
              <Govuk is="button" options={{ text: "Finish", classes: "govuk-button--warning" }} />
            </Form>
          </div>
        )}
      </div>
    </div>
  );
}
