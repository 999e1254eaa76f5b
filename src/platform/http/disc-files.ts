import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { sentFiles, type UploadedFile, type UploadLimits } from "./uploads.js";

/** Files of this machine, for a command, held to the same limits as those of a form; or everything that is wrong with them. */
export function filesOfDisc(
  paths: readonly string[],
  limits: UploadLimits,
): Result<readonly UploadedFile[], readonly Problem[]> {
  const unread: Problem[] = [];
  const sent = paths.flatMap((path) => {
    try {
      return [{ name: basename(path), base64: readFileSync(path).toString("base64") }];
    } catch (error) {
      const message = `it can't be read (${error instanceof Error ? error.message : error})`;
      unread.push({ code: "file-unreadable", place: path, message, remedy: "Name a file that is there." });
      return [];
    }
  });
  if (unread.length > 0) return err(unread);
  const { files, problems } = sentFiles(sent, limits);
  return problems.length > 0 ? err(problems) : ok(files);
}
