import Type from "typebox";
import type { Result } from "../../../kernel/index.js";
import { err, type Problem } from "../../../kernel/index.js";
import { SentFileSchema, sentFiles, type UploadedFile } from "../../../platform/http/index.js";

export const statisticians = { roles: ["statistician"] } as const;
export const inSchool = { roles: ["school", "teacher", "statistician"] } as const;

/** Refusals that aren't 422. */
export const refusals = {
  ...{
    "fieldwork-role": 403,
    "fieldwork-study-unknown": 404,
    "fieldwork-item-unknown": 404,
    "fieldwork-pupil-unknown": 404,
  },
  ...{
    "fieldwork-session-closed": 404,
    "fieldwork-pupils-erased": 410,
    "fieldwork-school-state": 409,
    "fieldwork-sample-drawn": 409,
    "fieldwork-study-exists": 409,
  },
};
export const version = (answer: { readonly version: number }) => answer.version;

/** The body of what takes a table in. */
export const FileBody = Type.Object({ file: SentFileSchema });

/** What a table in a body may have, in bytes: of items and paper, and of one school's pupils. */
export const largest = { table: 20_000_000, pupils: 1_000_000 };

/** How many bytes of a request carry so many of a file. */
export const bodyBytes = (bytes: number) => Math.ceil((bytes * 4) / 3) + 65_536;

/** The one CSV file of a body, or what is wrong with it. */
export function sentCsv(
  { file }: { readonly file: { readonly name: string; readonly base64: string } },
  bytes: number,
): Result<UploadedFile, readonly Problem[]> {
  const { files, problems } = sentFiles([file], { types: ["csv"], bytes, files: 1 });
  return files[0] ? { ok: true, value: files[0] } : err(problems);
}
