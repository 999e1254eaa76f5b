/** What can be wrong with a formula, or with a formula on some columns. */
export type FormulaFault =
  | "character-unexpected"
  | "word-unexpected"
  | "quote-open"
  | "too-long"
  | "too-many-terms"
  | "term-invalid"
  | "power-invalid"
  | "function-unknown"
  | "argument-invalid"
  | "response-invalid"
  | "random-part-invalid"
  | "term-twice"
  | "column-unknown"
  | "column-kind"
  | "level-unknown"
  | "value-missing"
  | "not-finite"
  | "weight-invalid"
  | "too-few-values";

/** A stretch of the formula's text: characters `at` … `end` − 1. */
export interface Stretch {
  readonly at: number;
  readonly end: number;
}

/** The line of the text with the stretch, and a line of carets below it. */
function underlined(text: string, { at, end }: Stretch): string {
  const begin = text.lastIndexOf("\n", at - 1) + 1;
  const stop = text.indexOf("\n", at);
  const line = text.slice(begin, stop < 0 ? text.length : stop);
  const before = line.slice(0, at - begin).replace(/[^\t]/g, " ");
  const carets = "^".repeat(Math.max(1, Math.min(end - at, line.length - (at - begin))));
  return `  ${line}\n  ${before}${carets}`;
}

/**
 * Thrown for everything that is wrong with a formula, and for nothing else: what, at which characters, and what was expected.
 * `message` holds all of it with the text and a line of carets; `reason` and `remedy` are its sentences alone.
 */
export class FormulaError extends Error {
  override readonly name = "FormulaError";
  readonly code: FormulaFault;
  readonly text: string;
  /** First character concerned, 0 … length of the text − 1 (0 in an empty text). */
  readonly at: number;
  /** Behind the last one. */
  readonly end: number;
  readonly reason: string;
  readonly remedy: string;
  /** The row of the columns concerned, from 0; null where the fault is in the text. */
  readonly row: number | null;

  constructor(
    code: FormulaFault,
    text: string,
    stretch: Stretch,
    reason: string,
    remedy: string,
    row: number | null = null,
  ) {
    const at = Math.max(0, Math.min(stretch.at, text.length - 1));
    const end = Math.max(at, Math.min(stretch.end, text.length));
    super(`${reason}\n${underlined(text, { at: Math.min(stretch.at, text.length), end })}\n${remedy}`);
    this.code = code;
    this.text = text;
    this.at = at;
    this.end = end;
    this.reason = reason;
    this.remedy = remedy;
    this.row = row;
  }
}
