import Type, { type Static } from "typebox";
import { type CivilDate, type Problem, parseCivilDate } from "../../kernel/index.js";
import type { Link } from "../../platform/pages/index.js";
import { type Consultation, type Question, type Response, respondentKinds } from "./consultation.js";
import type { Criterion, SpecialistKind } from "./framework.js";
import type { ConsultationDraft, GivenRating } from "./service.js";
import type { ProposedFramework } from "./service-framework.js";
import { kindWords } from "./web-words.js";

const field = (maxLength: number) => Type.String({ maxLength, default: "" });
const column = (maxLength: number, maxItems: number) => Type.Array(field(maxLength), { default: [], maxItems });

/** A response as a browser sends it: the answers in the order of the questions. */
export const responseFields = Type.Object({
  respondent: field(40),
  name: field(200),
  answer: column(20_000, 60),
  evidenceTitle: field(300),
  evidenceLink: field(500),
  evidenceShows: field(3000),
  publish: field(3),
});
export type ResponseFields = Static<typeof responseFields>;
export const emptyResponse: ResponseFields = {
  ...{ respondent: "", name: "", answer: [], evidenceTitle: "", evidenceLink: "", evidenceShows: "", publish: "" },
};

type Read<T> = { readonly value: T } | { readonly errors: readonly Link[] };

/** Reads a response; whom it speaks for and whether it may be published have to be said. */
export function readResponse({ questions }: Consultation, fields: ResponseFields): Read<Response> {
  const errors: Link[] = [];
  const respondent = respondentKinds.find((kind) => kind === fields.respondent);
  if (!respondent) errors.push({ href: "#respondent", text: "Say whom you speak for" });
  if (fields.publish !== "yes" && fields.publish !== "no")
    errors.push({ href: "#publish", text: "Say whether your response may be published" });
  if (errors.length > 0 || !respondent) return { errors };
  const answers = questions.map(({ id }, i) => [id, fields.answer[i] ?? ""] as const);
  const { evidenceTitle: title, evidenceLink: link, evidenceShows: shows } = fields;
  const evidence = [title, link, shows].some((text) => text !== "") ? [{ title, link, shows }] : [];
  return {
    value: {
      ...{ respondent, name: fields.name, evidence, mayBePublished: fields.publish === "yes" },
      answers: Object.fromEntries(answers.filter(([, answer]) => answer !== "")),
    },
  };
}

/** A draft as a browser sends it: one question a line, its answers after a bar. */
export const draftFields = Type.Object({
  id: field(80),
  title: field(200),
  about: field(5000),
  opens: field(10),
  closes: field(10),
  questions: field(20_000),
  version: field(10),
});
export type DraftFields = Static<typeof draftFields>;
export const emptyDraft: DraftFields = {
  ...{ id: "", title: "", about: "", opens: "", closes: "", questions: "", version: "0" },
};

/** Reads a question as it is typed: `What shows progress?`, or `How often? | every year | every third year`. */
function readQuestion(line: string, i: number): Question {
  const [text = "", ...options] = line.split("|").map((part) => part.trim());
  const id = `question-${i + 1}`;
  return options.length === 0 ? { id, text, kind: "open" } : { id, text, kind: "choice", options };
}

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** Reads a draft; its dates have to be dates, everything else is checked when it is opened. */
export function readDraft(fields: DraftFields): Read<ConsultationDraft> {
  const errors: Link[] = [];
  const day = (id: "opens" | "closes"): CivilDate | null => {
    const parsed = parseCivilDate(fields[id]);
    if (!parsed.ok) errors.push({ href: `#${id}`, text: "Write the day as 2027-01-11" });
    return parsed.ok ? parsed.value : null;
  };
  const [opens, closes] = [day("opens"), day("closes")];
  if (!opens || !closes) return { errors };
  const { id, title, about } = fields;
  return { value: { id, title, about, opens, closes, questions: lines(fields.questions).map(readQuestion) } };
}

/** The fields that would write the draft again. */
export function draftAgain(draft: ConsultationDraft, version: number): DraftFields {
  const question = (asked: Question) =>
    asked.kind === "open" ? asked.text : [asked.text, ...asked.options].join(" | ");
  return { ...draft, questions: draft.questions.map(question).join("\n"), version: String(version) };
}

/** One member's ratings as a browser sends them, in the order of the statements. */
export const ratingFields = Type.Object({ rating: column(2, 400), remark: column(1000, 400) });

/** Reads ratings; a statement left empty is not rated. */
export function readRatings(
  fields: Static<typeof ratingFields>,
  statements: readonly number[],
): readonly GivenRating[] {
  return statements
    .map((statement, i) => ({ statement, text: fields.rating[i] ?? "", remark: fields.remark[i] ?? "" }))
    .filter(({ text }) => text !== "")
    .map(({ statement, text, remark }) => ({ statement, rating: Number(text), remark }));
}

/** A framework as a browser sends it: the criteria as one block of text each field, in rows. */
export const frameworkFields = Type.Object({
  title: field(200),
  from: field(10),
  consultation: field(80),
  kinds: column(40, 3),
  criterion: column(80, 40),
  heading: column(200, 40),
  question: column(1000, 40),
  evidence: column(2000, 40),
  required: column(3, 40),
  measure: column(80, 40),
  statement: column(5, 40),
  without: column(1000, 40),
  version: field(10),
});
export type FrameworkFields = Static<typeof frameworkFields>;

/** Reads a framework; rows that are empty are left out. */
export function readFramework(fields: FrameworkFields): Read<ProposedFramework> {
  const from = parseCivilDate(fields.from);
  if (!from.ok) return { errors: [{ href: "#from", text: "Write the first day as 2027-09-01" }] };
  const criteria = fields.criterion.map((id, i): Criterion => {
    const statement = Number(fields.statement[i] ?? "");
    return {
      ...{ id, title: fields.heading[i] ?? "", question: fields.question[i] ?? "", measure: fields.measure[i] ?? "" },
      evidence: lines(fields.evidence[i] ?? ""),
      required: fields.required[i] === "yes",
      statement: Number.isInteger(statement) && statement > 0 ? statement : null,
      without: (fields.without[i] ?? "") === "" ? null : fields.without[i]!,
    };
  });
  const kinds = (Object.keys(kindWords) as SpecialistKind[]).filter((kind) => fields.kinds.includes(kind));
  const named = criteria.filter(({ id, title, question }) => [id, title, question].some((text) => text !== ""));
  return {
    value: { title: fields.title, from: from.value, kinds, criteria: named, consultation: fields.consultation },
  };
}

/** Problems as errors at the top of a page, each with a link to the field that `fieldOf` knows. */
export function errorsOf(problems: readonly Problem[], fieldOf: (place: string) => string = (place) => place): Link[] {
  return problems.map(({ place, message, remedy }) => ({
    href: `#${fieldOf(place)}`,
    text: `${place.charAt(0).toUpperCase()}${place.slice(1)}: ${message}. ${remedy}`,
  }));
}
