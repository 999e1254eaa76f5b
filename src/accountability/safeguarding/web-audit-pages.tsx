import { randomUUID } from "node:crypto";
import Type from "typebox";
import { type Problem, parseCivilDate, valueOn } from "../../kernel/index.js";
import { apiBase, HttpError, type PageContext, type PageParts, type Pages } from "../../platform/http/index.js";
import { holdsRole } from "../../platform/identity/index.js";
import { Govuk, type Link } from "../../platform/pages/index.js";
import { completeAudit, type SavedAnswer } from "./audit.js";
import { openSeriousActions } from "./parameters.js";
import { changedAnswers, isUnfinished, typedFields } from "./section-form.js";
import { type AuditView, beginAudit, saveAnswer, viewAudit } from "./service-audits.js";
import { contactsFor, raiseEscalation } from "./service-escalations.js";
import { answerRequests, judgeAction, reportDone } from "./service-follow-up.js";
import { openReAudit, readAudit, submitAudit } from "./service-sign.js";
import { AuditContent, CheckContent, RequestsContent } from "./web-audit.js";
import type { Viewer } from "./web-audit-answers.js";
import { RaiseContent } from "./web-escalation.js";
import { filesHref } from "./web-evidence.js";
import { addEvidencePages } from "./web-evidence-pages.js";
import { SectionContent, type Typed, typedOf } from "./web-section.js";
import {
  auditAsked,
  auditHref,
  elementId,
  errorsOf,
  outcomeWords,
  readable,
  type SafeguardingWeb,
  start,
  valueOr404,
} from "./web-shared.js";

const officers = { roles: ["safeguarding-officer"] } as const;
const leads = { roles: ["school", "trust"] } as const;
const offices = ["regional-officer", "regional-director"] as const;
const everybody = { roles: ["safeguarding-officer", "school", "trust", ...offices] } as const;
const text = (maxLength: number) => Type.String({ maxLength, default: "" });
const base = "/safeguarding/schools/:urn/audits/:audit";
const shell = { section: "/proposals", breadcrumbs: [start] } as const;

/** As whom somebody looks at an audit. */
function viewerOf({ actor }: PageContext, { audit, viewer }: AuditView): Viewer {
  if (viewer !== null && viewer.charter === audit.officer) return "officer";
  if (viewer !== null && viewer.charter === audit.secondReader) return "reader";
  return holdsRole(actor, offices, { region: audit.region }) ? "region" : "lead";
}

/** The pages of one audit. */
export function addAuditPages(pages: Pages, options: SafeguardingWeb): void {
  const { database } = options;
  const seen = async (context: PageContext) =>
    readable(await viewAudit(database, context.actor, auditAsked(context), context.now));
  const page = async (
    context: PageContext,
    problems: readonly Problem[],
    field = "#main-content",
  ): Promise<PageParts> => {
    const view = await seen(context);
    return {
      title: `${problems.length > 0 ? "Error: " : ""}Safeguarding audit of ${view.about.school.name}`,
      ...shell,
      ...(problems.length > 0 && { status: 400 }),
      content: (
        <AuditContent
          view={view}
          viewer={viewerOf(context, view)}
          csrf={context.csrf}
          errors={errorsOf(problems, () => field)}
        />
      ),
    };
  };
  pages.get(base, everybody, (context) => page(context, []));
  pages.post(`${base}/begin`, officers, Type.Object({}), async (context) => {
    const begun = valueOr404(await beginAudit(database, context.actor, auditAsked(context), context.now));
    return begun.ok
      ? { redirect: auditHref(begun.value), notice: "The audit has begun." }
      : page(context, begun.error, "#begin");
  });
  addFollowUpPages(pages, options, page);
  addSectionPages(pages, options, seen);
  addEvidencePages(pages, options, seen);
  addSigningPages(pages, options, seen);
  addRequestPages(pages, options, seen);
  addRaisePages(pages, options);
}

type Seen = (context: PageContext) => Promise<AuditView>;

type Shown = (context: PageContext, problems: readonly Problem[], field?: string) => Promise<PageParts>;

/** The second reading, the re-audit, and the actions until they are closed. */
function addFollowUpPages(pages: Pages, { database, ports }: SafeguardingWeb, page: Shown): void {
  pages.post(
    `${base}/reading`,
    officers,
    Type.Object({ words: text(5000), word: text(10) }),
    async (context, { words, word }) => {
      const read = valueOr404(
        await readAudit(
          database,
          context.actor,
          auditAsked(context),
          { agrees: word === "agree", words },
          context.now,
          ports,
        ),
      );
      if (!read.ok) return page(context, read.error, "#words");
      return word === "agree"
        ? { redirect: auditHref(read.value), notice: "The outcome has taken effect." }
        : { redirect: "/safeguarding/audits", notice: "It is with the officer again." };
    },
  );
  pages.post(
    `${base}/again`,
    { roles: ["safeguarding-officer", ...offices] },
    Type.Object({ on: text(10) }),
    async (context, { on }) => {
      const day = parseCivilDate(on);
      if (!day.ok || day.value < context.today)
        return page(
          context,
          [
            {
              code: "audit-day-unreadable",
              place: "day of the re-audit",
              message: `"${on}" is no day from today on`,
              remedy: "Write it as 2026-11-30.",
            },
          ],
          "#on",
        );
      const opened = valueOr404(
        await openReAudit(database, context.actor, auditAsked(context), day.value, context.now),
      );
      return opened.ok
        ? { redirect: auditHref(opened.value), notice: "The re-audit is planned." }
        : page(context, opened.error, "#on");
    },
  );
  const actionFields = Type.Object({ words: text(5000), step: text(10) });
  pages.post(
    `${base}/actions/:requirement`,
    { roles: ["safeguarding-officer", "school", "trust"] },
    actionFields,
    async (context, { words, step }) => {
      const id = auditAsked(context);
      const requirement = context.params.requirement!;
      const saved = valueOr404(
        step === "done"
          ? await reportDone(database, context.actor, id, requirement, words, context.now)
          : await judgeAction(
              database,
              context.actor,
              id,
              requirement,
              { closes: step === "close", words },
              context.now,
            ),
      );
      if (!saved.ok) return page(context, saved.error, `#words-${elementId(requirement)}`);
      return {
        redirect: `/safeguarding/schools/${context.params.urn}/audits/${context.params.audit}`,
        notice: "Saved.",
      };
    },
  );
}

function addSectionPages(pages: Pages, { database }: SafeguardingWeb, seen: Seen): void {
  const sectionOf = ({ params }: PageContext, view: AuditView) => {
    const section = view.sections.find(({ id }) => id === params.section);
    if (!section || view.audit.state !== "begun")
      throw new HttpError(404, "not-found", "This audit has no such section to fill in now.");
    return section;
  };
  const page = (
    context: PageContext,
    view: AuditView,
    typed: ReadonlyMap<string, Typed>,
    conflicts: ReadonlyMap<string, SavedAnswer>,
    errors: readonly Link[],
  ): PageParts => {
    const section = sectionOf(context, view);
    const apiPath = `${apiBase}/safeguarding/schools/${view.audit.urn}/audits/${context.params.audit}/answers`;
    return {
      title: `${errors.length > 0 ? "Error: " : ""}${section.title}, ${view.about.school.name}`,
      ...{ section: "/proposals", breadcrumbs: [start, { text: view.about.school.name, href: auditHref(view.audit) }] },
      ...(errors.length > 0 && { status: conflicts.size > 0 ? 409 : 400 }),
      scripts: [offlineAsset],
      content: (
        <SectionContent
          {...{ view, section, typed, conflicts, apiPath, errors }}
          person={context.actor.kind === "person" ? context.actor.id : ""}
          today={context.today}
          csrf={context.csrf}
        />
      ),
    };
  };
  pages.get(`${base}/sections/:section`, officers, async (context) => {
    const view = await seen(context);
    const typed = new Map(
      sectionOf(context, view).requirements.map(({ id }) => [id, typedOf(view.answers.get(id), randomUUID())]),
    );
    return page(context, view, typed, new Map(), []);
  });
  const fields = Type.Object({}, { additionalProperties: Type.String({ maxLength: 10_000 }) });
  pages.post(`${base}/sections/:section`, officers, fields, async (context, body) => {
    const view = await seen(context);
    const section = sectionOf(context, view);
    const typed = typedFields(section, body as Readonly<Record<string, string>>);
    const conflicts = new Map<string, SavedAnswer>();
    for (const sent of changedAnswers(typed, view.answers, context.today)) {
      const saved = valueOr404(await saveAnswer(database, context.actor, view.audit.id, sent, context.now));
      if (!saved.ok)
        return page(
          context,
          view,
          typed,
          conflicts,
          errorsOf(saved.error, () => `#${elementId(sent.requirement)}`),
        );
      if (saved.value.kind === "conflict") conflicts.set(sent.requirement, saved.value.current);
    }
    if (conflicts.size > 0) {
      // What was typed stays; saving again is on top of what the other device saved.
      const again = new Map(
        [...typed].map(([id, one]) => [
          id,
          conflicts.has(id) ? { ...one, base: conflicts.get(id)!.version, client: randomUUID() } : one,
        ]),
      );
      const errors = [...conflicts.keys()].map((id) => ({
        href: `#${elementId(id)}`,
        text: "An answer was saved meanwhile from another device. Nothing was overwritten.",
      }));
      return page(context, await seen(context), again, conflicts, errors);
    }
    const unfinished = [...typed].filter(([, one]) => isUnfinished(one));
    if (unfinished.length > 0) {
      const errors = unfinished.map(([id]) => ({
        href: `#judgement-${elementId(id)}`,
        text: "Choose what you found: what you wrote about it can’t be saved before that.",
      }));
      return page(context, await seen(context), typed, conflicts, errors);
    }
    const asked = section.requirements.find(({ id }) => id === (body as { files?: string }).files);
    if (asked) return { redirect: filesHref(view, asked.id) };
    const next = view.sections[view.sections.findIndex(({ id }) => id === section.id) + 1];
    return {
      redirect: next ? `${auditHref(view.audit)}/sections/${next.id}` : auditHref(view.audit),
      notice: `Saved: ${section.title}.`,
    };
  });
}

/** The script is served by `web.tsx` under an address that stays, so that a kept page finds it again. */
const offlineAsset = { path: "/safeguarding/offline-page.js", type: "text/javascript", body: "" };

function addSigningPages(pages: Pages, { database, ports }: SafeguardingWeb, seen: Seen): void {
  const page = async (context: PageContext, problems: readonly Problem[]): Promise<PageParts> => {
    const view = await seen(context);
    if (view.audit.state !== "begun")
      throw new HttpError(404, "not-found", "There is nothing to check: the audit isn’t under way.");
    const decided = completeAudit(view.sections, view.answers, valueOn(openSeriousActions, context.today).value);
    const foreseen = decided.ok ? (
      <Govuk
        is="inset-text"
        options={{
          text: `From these answers the outcome is: ${outcomeWords[decided.value.outcome]}. ${decided.value.reasons.map((one) => one.text).join(" ")}`,
        }}
      />
    ) : (
      <Govuk is="inset-text" options={{ text: `${decided.error.length} answers are missing or not complete.` }} />
    );
    const sectionOf = (problem: Problem) => {
      const id = problem.place.split(": ").at(-1) ?? "";
      return problem.code.startsWith("answer-") ? `#answer-${elementId(id)}` : "#declared";
    };
    return {
      title: `${problems.length > 0 ? "Error: " : ""}Check your answers, ${view.about.school.name}`,
      ...{ section: "/proposals", breadcrumbs: [start, { text: view.about.school.name, href: auditHref(view.audit) }] },
      ...(problems.length > 0 && { status: 400 }),
      content: (
        <CheckContent
          view={view}
          viewer="officer"
          csrf={context.csrf}
          errors={errorsOf(problems, sectionOf)}
          foreseen={foreseen}
        />
      ),
    };
  };
  pages.get(`${base}/check`, officers, (context) => page(context, []));
  pages.post(
    `${base}/sign`,
    officers,
    Type.Object({ declared: text(3), asked: text(3) }),
    async (context, { declared, asked }) => {
      const given = { declared: declared === "yes", asked: asked === "yes" };
      const signed = valueOr404(
        await submitAudit(database, context.actor, auditAsked(context), given, context.now, ports),
      );
      if (!signed.ok) return page(context, signed.error);
      const notice =
        signed.value.state === "signed"
          ? "The audit is signed."
          : "Your signature is there; a second officer reads the audit before it takes effect.";
      return { redirect: auditHref(signed.value), notice };
    },
  );
}

function addRequestPages(pages: Pages, { database }: SafeguardingWeb, seen: Seen): void {
  const page = async (context: PageContext, problems: readonly Problem[]): Promise<PageParts> => {
    const view = await seen(context);
    return {
      title: `${problems.length > 0 ? "Error: " : ""}What to have ready, ${view.about.school.name}`,
      ...shell,
      ...(problems.length > 0 && { status: 400 }),
      content: (
        <RequestsContent
          view={view}
          viewer="lead"
          csrf={context.csrf}
          errors={errorsOf(problems, () => "#main-content")}
        />
      ),
    };
  };
  pages.get(`${base}/requests`, leads, (context) => page(context, []));
  const fields = Type.Object({}, { additionalProperties: Type.String({ maxLength: 2000 }) });
  pages.post(`${base}/requests`, leads, fields, async (context, body) => {
    const view = await seen(context);
    const given = body as Readonly<Record<string, string>>;
    const words = view.sections
      .flatMap((section) => section.requirements)
      .filter(({ request }) => request !== null)
      .map(({ id }) => ({ requirement: id, ready: given[`ready-${id}`] === "yes", words: given[`words-${id}`] ?? "" }));
    const saved = valueOr404(await answerRequests(database, context.actor, view.audit.id, words, context.now));
    return saved.ok
      ? { redirect: auditHref(view.audit), notice: "Saved. The officer sees it." }
      : page(context, saved.error);
  });
}

function addRaisePages(pages: Pages, { database }: SafeguardingWeb): void {
  const access = { roles: ["safeguarding-officer", ...offices] } as const;
  const path = "/safeguarding/schools/:urn/escalate";
  const page = async (
    context: PageContext,
    words: string,
    client: string,
    problems: readonly Problem[],
  ): Promise<PageParts> => ({
    title: `${problems.length > 0 ? "Error: " : ""}A child may be at risk`,
    ...shell,
    ...(problems.length > 0 && { status: 400 }),
    content: (
      <RaiseContent
        school={`school ${context.params.urn}`}
        action={`/safeguarding/schools/${context.params.urn}/escalate`}
        contacts={await contactsFor(database, context.actor, context.params.urn!, context.now)}
        {...{ client, words, csrf: context.csrf }}
        errors={errorsOf(problems, () => "#words")}
      />
    ),
  });
  pages.get(path, access, (context) => page(context, "", randomUUID(), []));
  pages.post(path, access, Type.Object({ id: text(36), words: text(5000) }), async (context, { id, words }) => {
    const client = /^[0-9a-f-]{36}$/.test(id) ? id : randomUUID();
    const raised = valueOr404(
      await raiseEscalation(database, context.actor, { id: client, urn: context.params.urn!, words }, context.now),
    );
    if (!raised.ok) return page(context, words, client, raised.error);
    return { redirect: "/safeguarding/audits", notice: "The region has it now, at the top of its list." };
  });
}
