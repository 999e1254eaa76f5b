import { type Study, studyProblem } from "../../accountability/reference-assessments/index.js";
import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import { columnsThatFit, headerOfPart } from "./study-files.js";
import { joinedFiles } from "./study-joins.js";

/** The study with the names of the columns that the patterns of its background stand for, in the order of the files; a pattern that fits none is a problem. */
export async function withBackgroundColumns(study: Study): Promise<Result<Study, readonly Problem[]>> {
  if (!study.background.some((name) => name.includes("*"))) return ok(study);
  const header = await headerOfPart(study, study.cycles.find(({ files }) => files !== null)?.files ?? study.persons);
  if (!header.ok) return header;
  const joins = await joinedFiles(study);
  if (!joins.ok) return joins;
  const names = [...header.value, ...joins.value.flatMap((one) => one.header)];
  const problems: Problem[] = [];
  const background = study.background.flatMap((pattern) => {
    if (!pattern.includes("*")) return [pattern];
    const found = columnsThatFit(pattern, names);
    const message = `no column of ${names.length} fits "${pattern}"; the first are ${names.slice(0, 12).join(", ")}`;
    if (found.length === 0)
      problems.push(studyProblem("study-columns-missing", study.placeOf(["background"]), message));
    return found;
  });
  return problems.length > 0 ? err(problems) : ok({ ...study, background: [...new Set(background)] });
}
