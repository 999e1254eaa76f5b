import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Random, seededRandom } from "../src/kernel/index.js";

/** What made-up pupils of several cycles are made with. Schools stand in pairs: two neighbours are a jackknife zone. */
export interface MadeUpStudy {
  readonly seed: number;
  readonly cycles: readonly string[];
  readonly schools: number;
  readonly pupils: number;
  readonly items: number;
  /** Standard deviation of schools' means; of schools in two cycles it is the same in both. */
  readonly schoolSd: number;
  /** Schools of a cycle that are in the next one too. */
  readonly shared: number;
  /** Whether a pupil is a girl: every second one, where left out. */
  girl?(pupil: number, cycle: number): boolean;
  /** How much harder an item is, in logits, for a girl or in a cycle. */
  harder?(item: number, cycle: number, girl: boolean): number;
  /** Further keys of the study file. */
  readonly settings?: string;
}

function pupilsOf(made: MadeUpStudy, cycle: number, random: Random): string {
  const {
    cycles,
    schools,
    pupils,
    items,
    schoolSd,
    shared,
    girl: isGirl = (pupil) => pupil % 2 === 0,
    harder = () => 0,
  } = made;
  const names = Array.from({ length: items }, (_, q) => `q${q + 1}`);
  const lines = [["pupil", "school", "urn", "zone", "half", "sex", ...names].join(",")];
  for (let school = 0; school < schools; school++) {
    // The first of the schools go on from cycle to cycle; the others are new each time.
    const urn = school < shared ? `U${school}` : `U${cycles[cycle]}x${school}`;
    const mean = schoolSd * seededRandom(made.seed).fork(urn).normal();
    for (let pupil = 0; pupil < pupils; pupil++) {
      const girl = isGirl(pupil, cycle);
      const ability = mean + random.normal();
      const answers = names.map((_, q) => {
        const difficulty = (3 * (q % 11)) / 11 - 1.36 + harder(q + 1, cycle, girl);
        return random.uniform() < 1 / (1 + Math.exp(difficulty - ability)) ? 1 : 0;
      });
      const own = [`${school}-${pupil}`, `S${school}`, urn, school >> 1, school % 2, girl ? "girl" : "boy"];
      lines.push([...own, ...answers].join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Writes the files of a made-up study and its study file. @returns the study file's path */
export async function writeMadeUpStudy(folder: string, made: MadeUpStudy): Promise<string> {
  const { cycles, settings = "" } = made;
  for (const [k, cycle] of cycles.entries()) {
    const random = seededRandom(made.seed).fork(`pupils of ${cycle}`);
    await writeFile(join(folder, `pupils-${cycle}.csv`), pupilsOf(made, k, random));
  }
  const files = cycles.map((cycle) => `  - { cycle: ${cycle}, files: pupils-${cycle}.csv }`).join("\n");
  const path = join(folder, "study.yaml");
  await writeFile(
    path,
    `title: Made up
subject: mathematics
cycles:
${files}
persons: { person: pupil, school: school }
responses: { items: q* }
draws: { count: 5 }
percentiles: [0.5]
${settings}`,
  );
  return path;
}
