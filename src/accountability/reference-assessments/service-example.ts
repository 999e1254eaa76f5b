import { access } from "node:fs/promises";
import { join } from "node:path";
import { checkWritable, formatCsv, shownPath, writeTogether } from "../../ingest/index.js";
import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { exampleTables } from "./study/example.js";
import { studyProblem } from "./study/problem.js";

/** Whether there is a file at a path. */
export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Writes the files of the made-up assessment, none over one that exists. @returns their names */
export async function writeExample(folder: string): Promise<Result<readonly string[], readonly Problem[]>> {
  const writable = await checkWritable(folder);
  if (!writable.ok) return err([writable.error]);
  const tables = [...exampleTables()];
  const problems: Problem[] = [];
  for (const [name] of tables)
    if (await exists(join(folder, name)))
      problems.push(studyProblem("study-file-exists", shownPath(join(folder, name)), "the file exists already"));
  if (problems.length > 0) return err(problems);
  await writeTogether(
    folder,
    Object.fromEntries(tables.map(([name, { header, rows }]) => [name, formatCsv(header, rows)])),
  );
  return ok(tables.map(([name]) => name));
}
