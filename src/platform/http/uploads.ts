import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { Multipart } from "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import Type, { type Static } from "typebox";
import type { Problem } from "../../kernel/index.js";
import { HttpError } from "./errors.js";
import { isKnownType, mediaTypeOf } from "./file-types.js";
import { problemCodes } from "./problem-codes.js";

/** What files a form takes. */
export interface UploadLimits {
  /** Extensions without the dot, as `pdf`. A file must be what its name says. */
  readonly types: readonly string[];
  /** Of one file. Files are kept in memory: all of them together may have 64 MiB. */
  readonly bytes: number;
  readonly files: number;
  /** The name of the file input; `file` unless given. */
  readonly field?: string;
  /** Whether the form may be sent without a file. */
  readonly optional?: boolean;
}

/** A file that somebody sent: within the limits, and of the kind that its name says. */
export interface UploadedFile {
  /** As the sender calls it, without folders. */
  readonly name: string;
  /** As `application/pdf`, found from the content. */
  readonly type: string;
  readonly bytes: Buffer;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** The files of a form, and what is wrong with those that are left out. */
export interface Upload {
  readonly files: readonly UploadedFile[];
  /** The place of each is the field. */
  readonly problems: readonly Problem[];
}

const mebibyte = 1024 * 1024;
const uploads = new WeakMap<FastifyRequest, Upload>();

/** @throws {RangeError | TypeError} when a form asks for what this server doesn't take. */
export function checkLimits({ types, bytes, files }: UploadLimits): void {
  if (!(bytes > 0 && files > 0 && bytes * files <= 64 * mebibyte))
    throw new RangeError(`the files of a form may have 64 MiB together, got ${files} of ${bytes} bytes`);
  const unknown = types.find((type) => !isKnownType(type));
  if (unknown !== undefined) throw new TypeError(`no rule tells whether a file is a ${unknown}; see file-types.ts`);
}

/** What was sent, much more than was asked for: it isn't even read. */
function refuseFlood(request: FastifyRequest, { bytes, files }: UploadLimits): void {
  const length = Number(request.headers["content-length"]);
  if (!request.isMultipart())
    throw new HttpError(415, "content-type-not-accepted", "This form must be sent as multipart/form-data.");
  if (!Number.isSafeInteger(length)) throw new HttpError(411, "length-missing", "Say how long the body is.");
  if (length > Math.max(10 * bytes * files, 64 * mebibyte))
    throw new HttpError(413, "body-too-large", `Files of at most ${sizeOf(bytes)} are taken here.`);
}

function sizeOf(bytes: number): string {
  return bytes >= mebibyte ? `${Math.round(bytes / mebibyte)} MB` : `${Math.ceil(bytes / 1024)} KB`;
}

function problem(code: keyof typeof problemCodes, place: string, message: string): Problem {
  return { code, place, message, remedy: problemCodes[code].remedy };
}

async function readFile(part: Multipart & { type: "file" }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of part.file) chunks.push(chunk as Buffer); // ends at the limit; what follows is passed over
  return Buffer.concat(chunks);
}

/** The name as its sender calls the file, without folders. */
const plainName = (name: string) =>
  basename(name.replaceAll("\\", "/"))
    .replace(/\p{Cc}/gu, "")
    .slice(-200);

/** The file, or what is wrong with it. */
function judge(name: string, bytes: Buffer, field: string, limits: UploadLimits): UploadedFile | Problem {
  if (bytes.length > limits.bytes)
    return problem("upload-too-large", field, `"${name}" is larger than ${sizeOf(limits.bytes)}`);
  if (bytes.length === 0) return problem("upload-empty", field, `"${name}" is empty`);
  const type = mediaTypeOf(name, bytes, limits.types);
  if (type === null) return problem("upload-wrong-type", field, `"${name}" is not a ${limits.types.join(" or ")} file`);
  return { name, type, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The file, what is wrong with it, or null where the field was left empty. */
async function judgePart(
  part: Multipart & { type: "file" },
  limits: UploadLimits,
): Promise<UploadedFile | Problem | null> {
  const bytes = await readFile(part);
  const [name, field] = [plainName(part.filename ?? ""), part.fieldname];
  if (name === "" && bytes.length === 0) return null;
  if (part.file.truncated)
    return problem("upload-too-large", field, `"${name}" is larger than ${sizeOf(limits.bytes)}`);
  if (field !== (limits.field ?? "file"))
    return problem("upload-wrong-type", field, `"${name}" is not a ${limits.types.join(" or ")} file`);
  return judge(name, bytes, field, limits);
}

/** A file as programs send it. */
export const SentFileSchema = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  base64: Type.String({ minLength: 4, pattern: "^[A-Za-z0-9+/]+={0,2}$", description: "The bytes" }),
});

/** Files that a program sent, held to the same limits as those of a form. */
export function sentFiles(sent: readonly Static<typeof SentFileSchema>[], limits: UploadLimits): Upload {
  checkLimits(limits);
  const field = limits.field ?? "file";
  const all = sent.map(({ name, base64 }) => judge(plainName(name), Buffer.from(base64, "base64"), field, limits));
  const problems = all.flatMap((one) => ("code" in one ? [one] : []));
  if (sent.length > limits.files)
    problems.push(problem("uploads-too-many", field, `at most ${limits.files} can be sent at once`));
  if (sent.length === 0 && !limits.optional) problems.push(problem("upload-missing", field, "no file was sent"));
  return { files: all.flatMap((one) => ("code" in one ? [] : [one])), problems };
}

/** Reads a form with files: its fields become the body, its files are had from {@link uploadOf}. */
export async function readUpload(request: FastifyRequest, limits: UploadLimits): Promise<void> {
  refuseFlood(request, limits);
  const fields = new Map<string, string[]>();
  const files: UploadedFile[] = [];
  const problems: Problem[] = [];
  const bounds = { fileSize: limits.bytes, fieldSize: mebibyte, fields: 200, parts: 220, fieldNameSize: 200 };
  for await (const part of request.parts({ limits: bounds })) {
    if (part.type === "field") {
      if (part.valueTruncated) throw new HttpError(413, "body-too-large", "A text of the form is too long.");
      fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), String(part.value)]);
      continue;
    }
    const judged = await judgePart(part, limits);
    if (judged === null) continue;
    if ("code" in judged) problems.push(judged);
    else if (files.length < limits.files) files.push(judged);
    else if (!problems.some(({ code }) => code === "uploads-too-many"))
      problems.push(problem("uploads-too-many", part.fieldname, `at most ${limits.files} can be sent at once`));
  }
  if (files.length === 0 && problems.length === 0 && !limits.optional)
    problems.push(problem("upload-missing", limits.field ?? "file", "no file was chosen"));
  request.body = Object.fromEntries([...fields].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
  uploads.set(request, { files, problems });
}

/** What {@link readUpload} read. */
export function uploadOf(request: FastifyRequest): Upload {
  return uploads.get(request) ?? { files: [], problems: [] };
}
