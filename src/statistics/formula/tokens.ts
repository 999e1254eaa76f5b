import { FormulaError, type Stretch } from "./error.js";

/** A word of the formula with its place in the text. */
export interface Token extends Stretch {
  readonly kind: "number" | "text" | "name" | "symbol" | "end";
  /** The name or text without its quotation marks, the symbol, or the number as written. */
  readonly value: string;
}

/** A formula of more words than this is a mistake, and would be slow to say so. */
const mostTokens = 4000;

const space = /\s/;
const nameStart = /[\p{L}.]/u;
const namePart = /[\p{L}\p{N}\p{M}._]/u;
const numberHere = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const symbols = ["%in%", "||", "**", "~", "+", "-", "*", "/", "^", ":", "|", "(", ")", ",", "="];

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

/** The end of a quoted stretch and what it holds. */
function quoted(text: string, at: number): { readonly value: string; readonly end: number } {
  const mark = text[at]!;
  let value = "";
  let i = at + 1;
  while (i < text.length && text[i] !== mark) {
    if (text[i] === "\\" && i + 1 < text.length) {
      i++;
      value += escapes[text[i]!] ?? text[i]!;
    } else value += text[i]!;
    i++;
  }
  if (i >= text.length)
    throw new FormulaError(
      "quote-open",
      text,
      { at, end: at + 1 },
      `a quotation mark ${mark} is opened and never closed`,
      `Close it with another ${mark}.`,
    );
  return { value, end: i + 1 };
}

function tokenAt(text: string, at: number): Token {
  const letter = String.fromCodePoint(text.codePointAt(at)!);
  if (letter === "`" || letter === '"' || letter === "'") {
    const { value, end } = quoted(text, at);
    return { kind: letter === "`" ? "name" : "text", value, at, end };
  }
  numberHere.lastIndex = at;
  const number = numberHere.exec(text);
  if (number) {
    const end = at + number[0].length;
    if (!Number.isFinite(Number(number[0])))
      throw new FormulaError("term-invalid", text, { at, end }, "the number is too large", "Write a smaller number.");
    return { kind: "number", value: number[0], at, end };
  }
  if (nameStart.test(letter)) {
    let end = at;
    while (end < text.length) {
      const next = String.fromCodePoint(text.codePointAt(end)!);
      if (!namePart.test(next)) break;
      end += next.length;
    }
    return { kind: "name", value: text.slice(at, end), at, end };
  }
  const symbol = symbols.find((one) => text.startsWith(one, at));
  if (symbol) return { kind: "symbol", value: symbol === "**" ? "^" : symbol, at, end: at + symbol.length };
  throw new FormulaError(
    "character-unexpected",
    text,
    { at, end: at + letter.length },
    `"${letter}" has no meaning in a formula`,
    "A name with other characters than letters, digits, . and _ stands between backticks, as `my column`.",
  );
}

/** Cuts the text into words; the last one is the end. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (space.test(text[at]!)) {
      at++;
      continue;
    }
    const token = tokenAt(text, at);
    if (tokens.length >= mostTokens)
      throw new FormulaError(
        "too-long",
        text,
        token,
        `the formula has more than ${mostTokens} words`,
        "Use fewer terms.",
      );
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", value: "", at: text.length, end: text.length });
  return tokens;
}
