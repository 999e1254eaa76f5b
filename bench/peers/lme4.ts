import { join } from "node:path";
import { type Ended, runProcess } from "../run-process.js";
import type { BenchOptions } from "../task.js";

/** A peer on this machine and what its figures must be read with, or why it can't be run. */
export type Found = { readonly version: string; readonly caution: string | null } | { readonly missing: string };

type Options = Pick<BenchOptions, "project" | "timeoutSeconds" | "blas">;

/** Libraries that multiply matrices several times as fast as the reference BLAS, by a part of their file's path. */
const fastBlas = /openblas|mkl|blis|atlas|accelerate|veclib/i;

const question = `cat(sprintf("lme4 %s on R %s", packageVersion("lme4"), getRversion()), extSoftVersion()[["BLAS"]], sep = "\\n")`;

/** Runs an R script of this folder, or what `-e` says, on the BLAS that was asked for. */
function runR(args: readonly string[], { project, timeoutSeconds, blas }: Options): Promise<Ended> {
  const environment: Record<string, string> = blas === null ? {} : { LD_PRELOAD: blas };
  return runProcess("Rscript", args, { cwd: project, timeoutSeconds, environment });
}

/** Runs a script of this folder. */
export function runPeerScript(script: string, args: readonly string[], options: Options): Promise<Ended> {
  return runR([join(options.project, "bench/peers", script), ...args], options);
}

/** Looks for lme4 on this machine. The BLAS it uses is part of its version: lme4's dense factors are as fast as that. */
export async function findLme4(options: Options): Promise<Found> {
  try {
    const ended = await runR(["-e", question], { ...options, timeoutSeconds: 60 });
    if (ended.code !== 0) return { missing: "Rscript is here, but not the R package lme4" };
    const [version = "", blas = ""] = ended.output.trim().split("\n");
    const library = blas.split("/").slice(-2).join("/") || "a BLAS it doesn't name";
    return {
      version: `${version} with ${library}`,
      caution: fastBlas.test(blas)
        ? null
        : "this R uses the reference BLAS: with movers lme4 takes several times as long as on OpenBLAS (--blas FILE)",
    };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { missing: "there is no Rscript" };
    throw error;
  }
}
