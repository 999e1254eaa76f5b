import type { Child } from "hono/jsx";
import Type from "typebox";
import type { Problem, Result } from "../../../kernel/index.js";
import { HttpError, type PageParts } from "../../../platform/http/index.js";
import type { Actor } from "../../../platform/identity/index.js";
import { dateNames, type Link, typedDate } from "../../../platform/pages/index.js";
import type { TypedCorrection } from "./correction-check.js";
import { type Problems, shareRows } from "./web-parts.js";

/** A page of the school's, with the title that a failed form has. */
export const page = (
  title: string,
  breadcrumbs: readonly Link[],
  content: Child,
  problems: Problems = [],
): PageParts => ({
  ...{ title: `${problems.length > 0 ? "Error: " : ""}${title}`, section: null, breadcrumbs, content },
  ...(problems.length > 0 && { status: 400 }),
});

/** The value, or the page that says why not. */
export function orStop<T>(result: Result<T, Problem>): T {
  if (result.ok) return result.value;
  const { code, message, remedy } = result.error;
  throw new HttpError(
    code === "case-not-yours" ? 403 : 404,
    code,
    `${message[0]!.toUpperCase()}${message.slice(1)}. ${remedy}`,
  );
}

/** The problem, at a field of the form. */
export const withField = (problem: Problem & { readonly field?: string }, field: string) => ({
  ...problem,
  field: problem.field ?? field,
});

/** The schools that somebody speaks for. */
export const ownSchools = (actor: Actor): string[] =>
  actor.kind === "person"
    ? actor.grants.flatMap(({ role, scope }) => (role === "school" && scope.kind === "school" ? [scope.urn] : []))
    : [];

const text = (most: number) => Type.Optional(Type.String({ maxLength: most }));
const factNames = [
  "checked",
  "excludedOn",
  "excludedBy",
  "admittedOn",
  "arrivedOn",
  "country",
  "language",
  "leftOn",
  "diedOn",
  "from",
  "until",
  "otherSchool",
  "what",
];
const dateFacts = ["excludedOn", "admittedOn", "arrivedOn", "leftOn", "diedOn", "from", "until"];
/** What the form of a correction sends. */
export const correctionFields = Type.Object({
  pupil: text(100),
  action: text(20),
  words: text(10_000),
  ...Object.fromEntries(factNames.map((name) => [`fact-${name}`, text(10_000)])),
  ...Object.fromEntries(dateFacts.flatMap((name) => dateNames(`fact-${name}`)).map((name) => [name, text(40)])),
  ...Object.fromEntries(
    Array.from({ length: shareRows }, (_, i) => [
      [`share-urn-${i}`, text(20)],
      [`share-${i}`, text(20)],
    ]).flat(),
  ),
});
/** The version that a form was filled in against. */
export const versionField = Type.Object({ version: Type.String({ pattern: "^[0-9]{1,9}$" }) });
/** What the form of a representation or of an appeal sends. */
export const wordsFields = Type.Object({
  version: Type.String({ pattern: "^[0-9]{1,9}$" }),
  words: text(20_000),
  ground: text(60),
});

/** A correction as it was typed. */
export function typedFrom(reason: string, body: Readonly<Record<string, unknown>>): TypedCorrection {
  const field = (name: string) => (typeof body[name] === "string" ? (body[name] as string) : "");
  return {
    ...{ reason, action: field("action"), words: field("words") },
    facts: Object.fromEntries(
      factNames.map((name) => [
        name,
        dateFacts.includes(name) ? typedDate(body, `fact-${name}`) : field(`fact-${name}`),
      ]),
    ),
    shares: Array.from({ length: shareRows }, (_, i) => ({
      urn: field(`share-urn-${i}`),
      percent: field(`share-${i}`),
    })).filter(({ percent }) => percent !== ""),
  };
}
