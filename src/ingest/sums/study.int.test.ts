import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { postgresqlPlaces } from "../../../test/databases.js";
import { columnOf, silent, type Table } from "../../kernel/index.js";
import { type Database, openDatabase } from "../../platform/database/index.js";
import { readFormula } from "../../statistics/formula/index.js";
import { fitMixedModel } from "../../statistics/mixed-model/index.js";
import { readTable } from "../read-table.js";
import { sourceFile } from "../source-file.js";
import { anyFormat } from "../table-request.js";
import { literal, quoted } from "./dialect.js";
import { fitSums } from "./fit-sums.js";
import { designOfFiles } from "./in-process.js";
import { makeSums, type TableFiles } from "./make-sums.js";
import { largestDifference } from "./same-sums.js";
import { columnsInUse, membershipPlaces, type SumsModel } from "./sums-model.js";

// Evidence class: other program, on the data of the study. Tolerances as in sums.int.test.ts.
const study = "../shared/data/value-added";
const cva =
  "y ~ prior + I(prior^2) + I(prior^3) + fsm + idaci + senk + sene + eal + fem + blk + asn + mix + oth + mob + mover";
const cases: readonly (readonly [name: string, formula: string, pupils: string, members: string | null])[] = [
  [
    "synthetic_mm20k with authorities",
    `${cva} + (1 | mm(school + school2 + school3, w1 + w2 + w3)) + (1 | la)`,
    "synthetic_mm20k.csv",
    null,
  ],
  [
    "star_mm",
    "math ~ sx + ses + eth2 + cltype + (1 | mm(school, weight))",
    "star_mm_pupils.csv",
    "star_mm_membership.csv",
  ],
];

/** A table of the database with the columns of a file that the model uses: numbers as doubles, the rest as texts. */
async function copy(database: Database, name: string, table: Table): Promise<void> {
  const columns = [...table.columns.keys()].map((column) => table.columns.get(column)!);
  const types = columns.map(
    ({ name: column, kind }) => `${quoted(column)} ${kind === "number" ? "double precision" : "text"}`,
  );
  const literalOf = (column: (typeof columns)[number], row: number) => {
    if (column.kind === "number") return Number.isNaN(column.values[row]) ? "null" : String(column.values[row]);
    const { codes, levels } = columnOf(table, column.name, "category");
    return codes[row]! < 0 ? "null" : literal(levels[codes[row]!]!);
  };
  const rows = Array.from(
    { length: table.rows },
    (_, row) => `(${columns.map((column) => literalOf(column, row)).join(",")})`,
  );
  await database.source.withConnection((connection) =>
    connection.script(`create table ${name} (${types.join(", ")}); insert into ${name} values ${rows.join(",")}`),
  );
}

async function tableOf(model: SumsModel, files: TableFiles): Promise<Table> {
  const { numbers, either, categories, keys } = columnsInUse(model);
  const places = membershipPlaces(model);
  const own = files.table === "pupils";
  const shares = own === (model.memberships === null) ? places : [];
  const names = {
    number: [...(own ? numbers : []), ...shares.map(({ share }) => share)],
    either: own ? either : [],
    category: [
      ...(own ? [...categories, ...keys] : []),
      ...shares.map(({ school }) => school),
      own ? model.pupils.id! : model.memberships!.id,
    ],
  };
  const columns = Object.entries(names).flatMap(([kind, list]) =>
    list.map((name) => ({ name, kind: kind as keyof typeof names, missing: "allow" as const, askedAt: null })),
  );
  const table = await readTable({ files: files.files, columns, format: anyFormat });
  if (!table.ok) throw new Error(JSON.stringify(table.error[0]));
  return table.value;
}

const server = postgresqlPlaces();
afterAll(server.clear);
const missing = existsSync(study) ? (server.skipped ? server.name : null) : "../shared is not beside the repository";

describe.skipIf(missing !== null)(`the study's pupils${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
  it.each(cases)("%s have the same sums and the same fit in this process, DuckDB and PostgreSQL", async (...one) => {
    const [, formula, file, members] = one;
    const model: SumsModel = {
      formula: readFormula(formula),
      pupils: { table: ["pupils"], id: members ? "id" : "pupil" },
      memberships: members ? { table: ["memberships"], id: "id" } : null,
    };
    const files = [
      { table: "pupils", files: [sourceFile(join(study, file))] },
      ...(members ? [{ table: "memberships", files: [sourceFile(join(study, members))] }] : []),
    ];
    const location = await server.passing();
    const database = await openDatabase(location);
    for (const table of files) await copy(database, table.table, await tableOf(model, table));
    await database.close();
    const here = await makeSums(model, { kind: "process", files }, 1, silent);
    const { design } = await designOfFiles(
      model,
      { pupils: files[0]!.files, memberships: files[1]?.files ?? [] },
      silent,
    );
    const fit = fitMixedModel(design, "REML");
    for (const source of [
      { kind: "duckdb", database: null, files } as const,
      { kind: "postgresql", location } as const,
    ]) {
      const { parts } = await makeSums(model, source, 1, silent);
      expect(largestDifference(parts, here.parts)).toBeLessThan(1e-9);
      const other = fitSums(parts, "REML");
      expect(Math.abs(other.criterion / fit.criterion - 1)).toBeLessThan(1e-9);
      other.varianceComponents.forEach(({ variance }, i) => {
        expect(Math.abs(variance / fit.varianceComponents[i]!.variance - 1)).toBeLessThan(1e-7);
      });
    }
  });
});
