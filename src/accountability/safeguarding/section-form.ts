import type { CivilDate } from "../../kernel/index.js";
import type { SavedAnswer } from "./audit.js";
import type { Evidence, Judgement } from "./outcome.js";
import type { SentAnswer } from "./service-audits.js";
import type { Section } from "./standard.js";
import type { Typed } from "./web-section.js";

const judgements: readonly string[] = ["met", "partly-met", "not-met", "not-applicable"] satisfies readonly Judgement[];

/** Evidence as lines of text; a line that stood there before keeps the day on which it was seen. */
export function evidenceOf(text: string, before: readonly Evidence[], today: CivilDate): readonly Evidence[] {
  const seen = new Map(before.map(({ what, seen: on }) => [what, on]));
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((what) => ({ what, seen: seen.get(what) ?? today }));
}

/** What a browser sent for each requirement of a section. */
export function typedFields(section: Section, fields: Readonly<Record<string, string>>): ReadonlyMap<string, Typed> {
  return new Map(
    section.requirements.map(({ id }) => {
      const field = (name: string) => fields[`${name}-${id}`] ?? "";
      const base = /^\d{1,6}$/.test(field("base")) ? Number(field("base")) : 0;
      const rest = { note: field("note"), evidence: field("evidence"), action: field("action") };
      return [
        id,
        { judgement: field("judgement"), ...rest, mended: field("mended") === "yes", base, client: field("client") },
      ];
    }),
  );
}

/** Whether something was written about a requirement and no judgement chosen, so that it can't be kept as an answer. */
export const isUnfinished = ({ judgement, note, evidence, action }: Typed): boolean =>
  !judgements.includes(judgement) && [note, evidence, action].some((text) => text.trim() !== "");

/** The answers of a form that differ from what is saved; a requirement without a judgement isn't answered yet. */
export function changedAnswers(
  typed: ReadonlyMap<string, Typed>,
  saved: ReadonlyMap<string, SavedAnswer>,
  today: CivilDate,
): readonly SentAnswer[] {
  return [...typed].flatMap(([requirement, one]): SentAnswer[] => {
    if (!judgements.includes(one.judgement) || !/^[0-9a-f-]{36}$/.test(one.client)) return [];
    const before = saved.get(requirement);
    const evidence = evidenceOf(one.evidence, before?.evidence ?? [], today);
    const mended = one.mended ? (before?.mended ?? today) : null;
    const { judgement, note, action, base, client } = one;
    const same =
      before !== undefined &&
      before.judgement === judgement &&
      before.note === note &&
      before.action === action &&
      before.mended === mended &&
      JSON.stringify(before.evidence) === JSON.stringify(evidence);
    return same
      ? []
      : [{ requirement, judgement: judgement as Judgement, note, evidence, action, mended, base, client }];
  });
}
