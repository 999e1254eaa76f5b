import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runStudyFile, type StudyAnswer } from "../src/accountability/reference-assessments/service.js";
import { civilDate, type Problem, type Result, seededRandom, silent } from "../src/kernel/index.js";

/** The made-up pupils of thirty schools and ten questions, by seed. */
function madeUpPupils(): string {
  const random = seededRandom(5);
  const lines = ["pupil,school,sex,q1,q2,q3,q4,q5,q6,q7,q8,q9,q10"];
  for (let pupil = 0; pupil < 900; pupil++) {
    const ability = 1.2 * random.normal();
    const answers = Array.from({ length: 10 }, (_, q) =>
      random.uniform() < 1 / (1 + Math.exp(0.3 * (q - 5) - ability)) ? 1 : 0,
    );
    lines.push([pupil, pupil % 30, pupil % 2 === 0 ? "girl" : "boy", ...answers].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** Runs a small made-up study as any other, from files in a folder. @param out where results are written; null writes none */
export async function runSampleStudy(
  folder: string,
  out: string | null,
): Promise<Result<StudyAnswer, readonly Problem[]>> {
  const path = join(folder, "study.yaml");
  await writeFile(join(folder, "pupils.csv"), madeUpPupils());
  const study =
    "title: Made up\nsubject: mathematics\npersons: { files: pupils.csv, person: pupil, school: school }\n" +
    "responses: { items: q* }\ndesign: { method: JK1, cluster: school }\ngroups: [sex]\ncalibration: { model: rasch }\n";
  await writeFile(path, study);
  return runStudyFile({ path, stage: "run", folder: out, today: civilDate("2026-11-26"), version: "test" }, silent);
}

/** The two files of a small made-up study's results, calibrated and estimated as any other, as programs send them. */
export async function sampleResults() {
  const folder = await mkdtemp(join(tmpdir(), "assessment-"));
  try {
    const answer = await runSampleStudy(folder, folder);
    if (!answer.ok) throw new Error(answer.error[0]!.message);
    const sent = async (name: string) => ({ name, base64: await readFile(join(folder, name), "base64") });
    return { results: await sent("results.json"), record: await sent("record.json") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
