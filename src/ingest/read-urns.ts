import { ok, type Problem, parseUrn, type Result } from "../kernel/index.js";
import type { SourceFile } from "./file-bytes.js";
import { type DepartmentLayout, readDepartmentFile } from "./gias-table.js";
import { asFile } from "./handed-file.js";
import { sourceFile } from "./source-file.js";

const list: DepartmentLayout<string> = {
  name: "a list of schools",
  columns: { needed: ["urn"], texts: [], dates: [], numbers: [] },
  shape: (fields) => fields.neededId("urn", parseUrn),
  keyOf: (urn) => `URN ${urn}`,
};

async function read(file: SourceFile): Promise<Result<readonly string[], readonly Problem[]>> {
  const rows = await readDepartmentFile(file, [list]);
  return rows.ok ? ok(rows.value) : rows;
}

/** Reads a list of schools, a CSV file with a column `urn`, all or nothing; a school that stands in it twice is a problem. */
export const readUrns = (path: string) => read(sourceFile(path));

/** {@link readUrns} of a file that somebody handed in. @param name as the reader knows the file */
export const readHandedUrns = (bytes: Uint8Array, name: string) => asFile(bytes, (path) => read({ path, shown: name }));
