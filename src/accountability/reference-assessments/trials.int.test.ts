import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { civilDate, silent } from "../../kernel/index.js";
import { runStudyFile } from "./service.js";

const data = fileURLToPath(new URL("../../../../shared/data/reference-assessments/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "greenpaper-trials-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Reference {
  readonly logLikelihood: number;
  readonly items: Readonly<
    Record<string, { readonly slope: number; readonly intercepts: readonly number[]; readonly guessing: number }>
  >;
  readonly groups: Readonly<Record<string, { readonly mean: number; readonly sd: number }>>;
  readonly errors?: Readonly<Record<string, { readonly slope?: unknown; readonly intercept?: unknown }>>;
}

/** Other program: mirt 1.47, by scripts/reference/item-trials.R. */
const references = JSON.parse(readFileSync(new URL("./trials.reference.json", import.meta.url), "utf8")) as Readonly<
  Record<string, Reference>
>;

async function calibrate(name: string, study: string) {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, `title: ${name}\n${study}\n`);
  const order = { path, stage: "calibrate", folder: null, today: civilDate("2026-11-26"), version: "test" } as const;
  const answer = await runStudyFile(order, silent);
  if (!answer.ok) throw new Error(answer.error.map(({ place, message }) => `${place}: ${message}`).join("\n"));
  return answer.value.results;
}

/** Parameters to `within` of an absolute logit (mirt's own search ends so near), errors to a thousandth of themselves. */
async function holds(name: string, study: string, within: number): Promise<void> {
  const theirs = references[name]!;
  const { calibration, items } = await calibrate(name, study);
  expect(Math.abs(calibration!.logLikelihood - theirs.logLikelihood)).toBeLessThan(1e-3);
  Object.entries(theirs.items).forEach(([item, { slope, intercepts, guessing }], k) => {
    const own = items[k]!;
    expect(Math.abs(own.slope - slope), `${item} slope`).toBeLessThan(within);
    expect(Math.abs(own.guessing - guessing), `${item} guessing`).toBeLessThan(within);
    intercepts.forEach((value, step) => {
      expect(Math.abs(own.intercepts[step + 1]! - value), `${item} intercept`).toBeLessThan(within);
    });
    const errors = theirs.errors?.[item];
    if (own.slopeError !== null && typeof errors?.slope === "number")
      expect(Math.abs(own.slopeError / errors.slope - 1)).toBeLessThan(1e-3);
    if (own.interceptError !== null && typeof errors?.intercept === "number")
      expect(Math.abs(own.interceptErrors[1]! / errors.intercept - 1)).toBeLessThan(1e-3);
  });
  Object.values(theirs.groups).forEach(({ mean, sd }, k) => {
    expect(Math.abs(calibration!.groups[k]!.mean - mean)).toBeLessThan(within);
    expect(Math.abs(calibration!.groups[k]!.sd - sd)).toBeLessThan(within);
  });
}

const prior = "calibration: { model: three-parameter, priors: { guessing: { mean: -1.1, sd: 0.5 } } }";

describe.skipIf(!existsSync(data))(
  "data sets of other programs, through study files (../shared/data/reference-assessments)",
  () => {
    it("LSAT 6 with guessing and a prior of it is mirt's", () =>
      holds("lsat6-3pl", `persons: { files: ${data}lsat6_responses_ltm.csv }\n${prior}`, 1e-4));

    it("difficulties and thresholds have the errors of mirt's covariance by the delta method", async () => {
      // Other program: mirt 1.47, by scripts/reference/item-locations.R.
      const lsat = await calibrate("lsat6-2pl", `persons: { files: ${data}lsat6_responses_ltm.csv }`);
      [0.866472, 0.307491, 0.099623, 0.434317, 0.871222].forEach((error, k) => {
        expect(lsat.items[k]!.difficultyError! / error, `LSAT ${k + 1}`).toBeCloseTo(1, 3);
        expect(lsat.items[k]!.thresholdErrors).toEqual([lsat.items[k]!.difficultyError]);
      });
      const science = await calibrate("science", `persons: { files: ${data}science_gpcm_392x4.csv }`);
      const comfort = science.items[0]!;
      [0.65101, 0.498417, 0.274227].forEach((error, k) => {
        expect(comfort.thresholdErrors![k]! / error, `threshold ${k + 1}`).toBeCloseTo(1, 2);
      });
      expect(comfort.difficultyError! / 0.261436).toBeCloseTo(1, 2);
    });

    it("means and shares of three countries of PISA 2018, from ten plausible values and Fay's replicates, are those of R's survey", async () => {
      // Other program: survey 4.1.1 and mitools, by scripts/reference/plausible-values.R; all digits printed.
      const study = `persons: { files: ${data}pisa2018_sample_1269_pv_brr.csv, weight: w_fstuwt }\nplausibleValues: pv*math\ndesign: { replicates: [w_fsturwt*], method: Fay, fay: 0.5 }\ngroups: [cnt]\npercentiles: [0.5]\nstandards: [{ name: middle, cut: 500 }]`;
      const { disclosed } = await calibrate("pisa2018", study);
      const theirs: readonly (readonly [string, number, number, number, number])[] = [
        ["FRA", 485.5786166, 5.690647, 0.45920042, 0.03335841],
        ["ITA", 467.7042562, 6.4858462, 0.37688257, 0.03718064],
        ["MEX", 415.1569584, 6.5324395, 0.14326649, 0.02668056],
      ];
      for (const [country, mean, error, share, errorOfShare] of theirs) {
        const find = (wanted: string) =>
          disclosed.figures.find(({ statistic, level }) => statistic === wanted && level === country)!;
        expect(find("mean").value).toBeCloseTo(mean, 6);
        expect(find("mean").standardError).toBeCloseTo(error, 6);
        expect(find("standard").value).toBeCloseTo(share, 7);
        expect(find("standard").standardError).toBeCloseTo(errorOfShare, 7);
      }
    });

    it("LSAT 6 with a guessing of a fifth that is known, slopes and intercepts estimated, is mirt's", async () => {
      const names = readFileSync(`${data}lsat6_responses_ltm.csv`, "utf8").split(/\r?\n/)[0]!.split(",");
      const rows = names.map((name) => `${name.replaceAll('"', "")},0.2`);
      writeFileSync(join(folder, "known.csv"), `item,c\n${rows.join("\n")}\n`);
      await holds(
        "lsat6-guessing-known",
        `persons: { files: ${data}lsat6_responses_ltm.csv }\nitems: { files: known.csv, item: item, guessing: c }\ncalibration: { model: three-parameter }`,
        1e-4,
      );
    });

    it("two countries of TIMSS 2011, of one and two points, are mirt's in several groups", () =>
      holds(
        "timss-aus-twn-gpcm",
        `persons: { files: ${data}timss2011_g8_aus_twn_scored.csv }\nresponses: { items: [M0*] }\ncalibration: { model: generalised-partial-credit, groups: IDCNTRY }`,
        1e-3,
      ));

    it("answers to 32 questions of the SAT 12, held to their key, with guessing, are mirt's", async () => {
      const key = [1, 4, 5, 2, 3, 1, 2, 1, 3, 1, 2, 4, 2, 1, 5, 3, 4, 4, 1, 4, 3, 3, 4, 1, 3, 5, 1, 3, 1, 5, 4, 5];
      const names = readFileSync(`${data}sat12_raw_600x32.csv`, "utf8")
        .split(/\r?\n/)[0]!
        .replaceAll('"', "")
        .split(",");
      writeFileSync(join(folder, "key.csv"), `item,key\n${names.map((name, k) => `${name},${key[k]}`).join("\n")}\n`);
      const study = `persons: { files: ${data}sat12_raw_600x32.csv }\nitems: { files: key.csv, item: item, key: key }\n${prior.replace("{ model", "{ errors: none, model")}`;
      await holds("sat12-3pl", study, 2e-3);
    });
  },
);
