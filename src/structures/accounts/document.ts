import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { problemCodes } from "./problem-codes.js";

const startsWith = (bytes: Uint8Array, words: string) =>
  [...words].every((letter, i) => bytes[i] === letter.charCodeAt(0));

/** Whether the mark of a PDF's end stands in its last kilobyte, as the format asks; a file that was cut off lacks it. */
function hasEnd(bytes: Uint8Array): boolean {
  const tail = bytes.subarray(Math.max(0, bytes.length - 1024));
  return String.fromCharCode(...tail).includes("%%EOF");
}

/**
 * Whether bytes may be kept as the document of a filing: a whole PDF, and not too large.
 * @param place what the reader calls the file
 * @param most bytes
 */
export function checkDocument(bytes: Uint8Array, place: string, most: number): Result<Uint8Array, Problem> {
  const complain = (code: keyof typeof problemCodes, message: string) =>
    err({ code, place, message, remedy: problemCodes[code].remedy });
  if (bytes.length === 0) return complain("accounts-document-missing", "the file is empty");
  if (bytes.length > most)
    return complain("accounts-document-too-large", `it has ${bytes.length} bytes, and ${most} are the most`);
  if (!startsWith(bytes, "%PDF-")) return complain("accounts-document-not-pdf", "it does not begin as a PDF does");
  if (!hasEnd(bytes)) return complain("accounts-document-not-pdf", "its end is missing: it was cut off");
  return ok(bytes);
}
