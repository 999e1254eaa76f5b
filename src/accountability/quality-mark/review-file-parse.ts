import { readFile } from "node:fs/promises";
import { isAbsolute, relative, resolve } from "node:path";
import { parseSettings } from "../../ingest/settings-file.js";
import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { checkReview } from "./review-check.js";
import type { ReviewFile } from "./review-file.js";
import { reviewSchema, type WrittenReview } from "./review-file-schema.js";
import { meaningOf } from "./review-meaning.js";

/**
 * Reads the text of a review file (YAML): keys, kinds of values and names, all or nothing.
 *
 * @param path the file's own path, absolute; its paths begin at its folder
 * @param shown what messages call the file
 */
export function parseReviewText(text: string, path: string, shown: string): Result<ReviewFile, readonly Problem[]> {
  const settings = parseSettings(text, shown, reviewSchema, { kind: "review file", examples: "reviews/" });
  if (!settings.ok) return settings;
  const { value, placeOf } = settings.value;
  const written = value as WrittenReview; // the check of the schema has just held
  const problems = checkReview(written, placeOf);
  return problems.length > 0 ? err(problems) : ok(meaningOf(written, path, placeOf));
}

/** Reads a review file, all or nothing; every problem has its line and column. */
export async function parseReviewFile(path: string): Promise<Result<ReviewFile, readonly Problem[]>> {
  const absolute = resolve(path);
  const below = relative(process.cwd(), absolute);
  const shown = below.startsWith("..") || isAbsolute(below) ? absolute : below;
  try {
    return parseReviewText((await readFile(absolute, "utf8")).replace(/^\ufeff/, ""), absolute, shown);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const missing = code === "ENOENT" || code === "ENOTDIR";
    const problem: Problem = {
      code: missing ? "file-missing" : "file-unreadable",
      place: shown,
      message: missing ? "there is no such file" : `the file can't be read (${code})`,
      remedy: missing
        ? "Give the path of a review file; there are examples in `reviews/`."
        : "Check that you may read it.",
    };
    return err([problem]);
  }
}
