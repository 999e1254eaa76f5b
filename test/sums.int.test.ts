import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { writeCsv } from "../src/ingest/index.js";
import { build, clearAway, startProgram, temporaryFolder } from "./programs.js";
import { madePupils, madeTables } from "./summed-pupils.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const greenpaper = (...args: string[]) => startProgram("./greenpaper", args).ended;

beforeAll(async () => {
  build();
  for (const [table, { header, rows }] of Object.entries(madeTables(madePupils(2_000))))
    await writeCsv(at(`${table}.csv`), header, rows);
  const model = {
    formula: "score ~ fsm + factor(cohort) + (1 | mm(school, share)) + (1 | authority)",
    pupils: { table: "pupils", pupil: "pupil" },
    memberships: { table: "memberships" },
  };
  writeFileSync(at("model.json"), JSON.stringify(model));
  writeFileSync(at("wrong.yaml"), "formula: score ~ fsm + (1 | authority)\npupil: { table: pupils }\n");
});
afterAll(clearAway);

const tables = ["pupils", "memberships"].flatMap((table) => ["--table", `${table}=${at(`${table}.csv`)}`]);

describe("greenpaper sums", () => {
  it("makes sums in DuckDB and here, from which fit-sums fits the same model without the pupils", async () => {
    const criteria: number[] = [];
    for (const [name, engine] of [
      ["duckdb", ["--duckdb"]],
      ["here", []],
    ] as const) {
      const made = await greenpaper("sums", at("model.json"), ...engine, ...tables, "--out", at(`${name}.json`));
      expect(made.stderr).toBe("");
      expect(made.stdout).toContain("2,000 of 2,000 pupils; 40 of mm(school, share), 12 of authority");
      const fitted = await greenpaper("fit-sums", at(`${name}.json`), "--out", at(name), "--json");
      expect(fitted.code).toBe(0);
      criteria.push((JSON.parse(fitted.stdout) as { criterion: number }).criterion);
      expect(
        readFileSync(at(`${name}/effects.csv`), "utf8")
          .trim()
          .split("\r\n"),
      ).toHaveLength(1 + 40 + 12);
      expect(readFileSync(at(`${name}/fit.json`), "utf8")).toContain("mm(school, share)");
    }
    expect(Math.abs(criteria[0]! / criteria[1]! - 1)).toBeLessThan(1e-9);
  });

  it.each([
    [["wrong.yaml", "--duckdb"], 'there is no key "pupil". Did you mean "pupils"?'],
    [["nowhere.yaml", "--duckdb"], "there is no file of a model here"],
    [["model.json", "--duckdb", "--postgres"], "one engine at a time"],
    [["model.json", "--postgres", "postgres://127.0.0.1:1/none"], "--table goes with DuckDB"],
  ])("says what is wrong with %j", async ([model, ...engine], message) => {
    const { code, stderr } = await greenpaper("sums", at(model!), ...engine, ...tables, "--out", at("none.json"));
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });

  const server = inject("postgresql");
  it.skipIf("missing" in server)("asks the server at DATABASE_URL for the tables that the model names", async () => {
    const env = { DATABASE_URL: "url" in server ? server.url : "" };
    const args = ["sums", at("model.json"), "--postgres", "--out", at("none.json")];
    const { code, stderr } = await startProgram("./greenpaper", args, { env }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('there is no table "pupils"');
  });
});
