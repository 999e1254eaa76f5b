import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { actingAs } from "../../../platform/identity/index.js";
import { runToEnd } from "../../../platform/jobs/index.js";
import type { CommandContext } from "../../../platform/terminal/index.js";
import { type Doing, operationsOn, written } from "./cli-shared.js";
import { inWords } from "./cli-words.js";
import { type ExportOrder, exportJob, orderExport } from "./export-job.js";
import { problem } from "./problem.js";
import { viewStudy } from "./service.js";
import { eraseJob, eraseStudy, startDueErasings } from "./service-erase.js";
import { type Asker, askers, type ErasedPupil, erasePupil } from "./service-erase-pupil.js";
import { findExport, listExport } from "./store.js";

interface ExportOptions {
  readonly out: string;
  readonly with?: readonly string[];
  readonly curriculum?: ExportOrder["curricula"];
}

type Files = Readonly<Record<string, string>>;

/** Runs the job of an export and reads its files. */
async function exported(doing: Doing<ExportOptions>, study: string): Promise<Result<Files, readonly Problem[]>> {
  const { database, actor, options } = doing;
  const order = { with: options.with ?? [], curricula: options.curriculum ?? [] };
  const job = await orderExport(database, actor, study, order);
  if (!job.ok) return job;
  const state = await runToEnd(database, job.value, [exportJob]);
  if (state.state !== "succeeded")
    return err([problem("fieldwork-not-yet", study, state.error ?? `its job was ${state.state}`)]);
  return actingAs(database, actor, async (queries) => {
    const files: Record<string, string> = {};
    for (const { name } of await listExport(queries, study))
      files[name] = (await findExport(queries, study, name)) ?? "";
    return ok(files);
  });
}

function curriculumOf(text: string, before: ExportOrder["curricula"] = []): ExportOrder["curricula"] {
  const parts = /^(\d{4})=(.+)$/.exec(text);
  if (!parts) throw new InvalidArgumentError("Write it as 2027=2014: the cycle, and the version that was taught.");
  return [...before, { cycle: Number(parts[1]), version: parts[2]! }];
}

/** Files out, and erasing. */
export function addEnds(command: Command, context: CommandContext): void {
  const add = operationsOn(command, context);
  add<ExportOptions, { readonly files: readonly string[]; readonly cautions: readonly string[] }>({
    usage: "export <study>",
    description: "write responses, items, booklets, weights and the study file that `run` reads into a folder",
    work: async (doing, study) => {
      const files = await exported(doing, study);
      if (!files.ok) return files;
      const names = await written(resolve(doing.options.out), files.value);
      if (!names.ok) return names;
      const cautions = (files.value["cautions.txt"] ?? "").split("\n").filter((line) => line !== "");
      return ok({ files: names.value, cautions });
    },
    words: ({ files, cautions }, { out }) => [...inWords(out, files), ...cautions.map((one) => `Caution: ${one}`)],
  })
    .requiredOption("-o, --out <folder>", "where to write them")
    .option("--with <studies...>", "earlier assessments of the same subject and year, for the change since them")
    .option(
      "--curriculum <cycle=version...>",
      "the version of the curriculum that a cycle's pupils were taught",
      curriculumOf,
    );
  add<{ readonly reason: string }, { readonly study: string; readonly erasedAt: string | null }>({
    usage: "erase <study>",
    description: "erase what tells the pupils of an assessment apart; refused while sessions run or results need it",
    work: async ({ database, actor, today, now, options }, study) => {
      const found = await viewStudy(database, actor, study);
      if (!found.ok) return found;
      const order = { study, reason: options.reason, expected: found.value.study.version };
      const done = await eraseStudy(database, actor, order, today, now);
      return done.ok ? ok({ study, erasedAt: done.value.erasedAt }) : done;
    },
    words: ({ erasedAt }) => [`What told pupils apart was erased on ${String(erasedAt).slice(0, 10)}`],
  }).requiredOption("--reason <words>", "why it is erased now");
  add<{ readonly asked: Asker }, ErasedPupil>({
    usage: "erase-pupil <study> <urn> <line>",
    description: "erase a drawn pupil, by the line of the school's list, at the request of a parent or the pupil",
    work: ({ database, actor, now, options: { asked } }, study, urn, line) =>
      erasePupil(database, actor, { study, urn, line: Number(line), asked, expected: null }, now),
    words: ({ files }) => [
      "The pupil is erased with every answer; what was published stays.",
      ...files.map((study) => `The files of ${study} held the pupil: write them again, and destroy every copy.`),
    ],
  }).addOption(new Option("--asked <who>", "who asks for it").choices(Object.keys(askers)).makeOptionMandatory());
  add({
    usage: "erase-due",
    description:
      "erase of every assessment what its record says is to be erased by today; a running server does it by itself",
    work: async ({ database, today }) => {
      const jobs = await database.queries.transaction((queries) => startDueErasings(queries, today));
      const failed: Problem[] = [];
      for (const job of jobs) {
        const state = await runToEnd(database, job, [eraseJob]);
        if (state.state !== "succeeded")
          failed.push(problem("fieldwork-not-yet", state.title, state.error ?? state.state, "Run it again."));
      }
      return failed.length > 0 ? err(failed) : ok({ erased: jobs.length });
    },
    words: ({ erased }) => [
      erased === 0 ? "Nothing is due." : `${erased} assessments: what told pupils apart is erased`,
    ],
  });
}
