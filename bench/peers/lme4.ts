import { runProcess } from "../run-process.js";

/** A peer on this machine, or why it can't be run. */
export type Found = { readonly version: string } | { readonly missing: string };

/** Looks for lme4 on this machine. */
export async function findLme4(project: string): Promise<Found> {
  const question = 'cat("lme4", format(packageVersion("lme4")), "on R", format(getRversion()), "\\n")';
  try {
    const ended = await runProcess("Rscript", ["-e", question], { cwd: project, timeoutSeconds: 60 });
    if (ended.code === 0) return { version: ended.output.trim() };
    return { missing: "Rscript is here, but not the R package lme4" };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { missing: "there is no Rscript" };
    throw error;
  }
}
