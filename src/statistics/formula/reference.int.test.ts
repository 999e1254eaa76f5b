import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fitMixedModel } from "../mixed-model/index.js";
import { designOf, type FormulaColumn, type FormulaFrame, type FormulaMembership, readFormula } from "./index.js";

// Evidence class: other program. Formulas and fits of lme4 1.1-31 (R 4.2.2) in ../shared/data/value-added/reference; how the fit
// itself agrees, errors of effects included, is in mixed-model/reference.int.test.ts. Here: the formula's text makes the same model.
const folder = "../shared/data/value-added";

interface Reference {
  readonly data: string;
  readonly formula: string;
  readonly REML: boolean;
  readonly q: number;
  readonly fixed: readonly { readonly term: string; readonly estimate: number; readonly se: number }[];
  readonly levels: Readonly<Record<string, number>>;
  readonly minus2loglik_or_remlcrit: number;
  readonly ranef: Readonly<Record<string, { level: (string | number)[]; blup: number[]; cond_se: number[] }>>;
}

function readCsv(name: string): Map<string, string[]> {
  const bytes = readFileSync(`${folder}/${name}`);
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").replaceAll('"', "");
  const [head, ...lines] = text.trimEnd().split("\n");
  const columns = new Map(head!.split(",").map((column) => [column, [] as string[]]));
  const lists = [...columns.values()];
  for (const line of lines) line.split(",").forEach((cell, j) => void lists[j]!.push(cell));
  return columns;
}

function columnOf(cells: readonly string[], category: boolean): FormulaColumn {
  if (!category && cells.every((cell) => cell !== "" && Number.isFinite(Number(cell))))
    return { kind: "number", values: Float64Array.from(cells, Number) };
  const places = new Map<string, number>();
  const codes = Int32Array.from(cells, (cell) => {
    if (!places.has(cell)) places.set(cell, places.size);
    return places.get(cell)!;
  });
  return { kind: "category", levels: [...places.keys()], codes };
}

function frameOf(file: string): FormulaFrame {
  // The reference read InstEval's `service` as R's package stores it, a factor.
  const columns = [...readCsv(file)].map(([name, cells]) => [name, columnOf(cells, name === "service")] as const);
  return {
    rows: columns[0]![1].kind === "number" ? columns[0]![1].values.length : columns[0]![1].codes.length,
    columns: new Map(columns),
  };
}

/** The rows of STAR's table of memberships, in the order of the pupils. */
function starMembership(): FormulaMembership {
  const [pupils, table] = [readCsv("star_mm_pupils.csv").get("id")!, readCsv("star_mm_membership.csv")];
  const rowsOf = new Map(pupils.map((id) => [id, [] as number[]]));
  table.get("id")!.forEach((id, row) => void rowsOf.get(id)!.push(row));
  const order = pupils.flatMap((id) => rowsOf.get(id)!);
  const school = table.get("school")!;
  const levels = [...new Set(school)];
  const start = new Int32Array(pupils.length + 1);
  pupils.forEach((id, i) => {
    start[i + 1] = start[i]! + rowsOf.get(id)!.length;
  });
  return {
    levels,
    start,
    level: Int32Array.from(order, (row) => levels.indexOf(school[row]!)),
    weight: Float64Array.from(order, (row) => Number(table.get("weight")![row])),
  };
}

const wide = "mm(school + school2 + school3, w1 + w2 + w3)";
/** The reference's names of groups made beforehand, and how a formula says them. */
const groups: Readonly<Record<string, readonly [string, string]>> = {
  star: ["school_mm", "mm(school, weight)"],
  synthetic: ["school_mm", wide],
  synthetic_mm20k_last: ["sch", "school"],
};

describe.skipIf(!existsSync(folder))(
  "the formulas of the lme4 references (skipped without ../shared/data/value-added)",
  () => {
    const files = existsSync(folder) ? readdirSync(`${folder}/reference`) : [];
    const ids = files
      .map((file) => file.replace(".json", ""))
      .filter((id) => !id.endsWith("_ml") || !files.includes(`${id.slice(0, -2)}reml.json`));

    it("are all there", () => {
      expect(ids.length).toBe(18);
    });

    it.each(ids)("%s", (id) => {
      const reference = JSON.parse(readFileSync(`${folder}/reference/${id}.json`, "utf8")) as Reference;
      const named = Object.keys(groups)
        .filter((key) => id.startsWith(key))
        .at(-1);
      const [theirs, ours] = named ? groups[named]! : ["", ""];
      const frame = frameOf(reference.data.split(" + ")[0]!);
      const formula = theirs === "" ? reference.formula : reference.formula.replace(`| ${theirs})`, `| ${ours})`);
      const memberships = id.startsWith("star_mm") ? new Map([[ours, starMembership()]]) : undefined;
      const { design } = designOf(readFormula(formula), memberships ? { ...frame, memberships } : frame);
      const fit = fitMixedModel(design, reference.REML ? "REML" : "ML");

      expect(fit.convergence.converged).toBe(true);
      expect(Math.abs(fit.criterion / reference.minus2loglik_or_remlcrit - 1)).toBeLessThan(1e-9);
      expect(fit.fixedEffects.map(({ name }) => name)).toEqual(reference.fixed.map(({ term }) => term));
      // The tolerances of mixed-model/reference.int.test.ts, for the reasons given there.
      const tolerance = id.startsWith("insteval") ? 2e-3 : 1e-4;
      fit.fixedEffects.forEach(({ estimate }, j) => {
        const { term, estimate: expected, se } = reference.fixed[j]!;
        expect(Math.abs(estimate - expected) / se, term).toBeLessThan(tolerance);
      });
      for (const [key, { level, blup, cond_se }] of Object.entries(reference.ranef)) {
        const [group, coefficient] = key.split("|");
        const effects = fit.randomEffects.find(
          (one) => one.group === (group === theirs ? ours : group) && one.coefficient === coefficient,
        )!;
        expect([...effects.levels].sort()).toEqual(level.map(String).sort());
        const place = new Map(effects.levels.map((name, k) => [name, k]));
        level.forEach((name, k) => {
          const off = Math.abs(effects.estimate[place.get(String(name))!]! - blup[k]!) / cond_se[k]!;
          expect(off, `${key} ${name}`).toBeLessThan(tolerance);
        });
      }
    });
  },
);
