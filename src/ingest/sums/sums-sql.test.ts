import { describe, expect, it } from "vitest";
import { readFormula } from "../../statistics/formula/index.js";
import { arithmetic, columnsOf } from "./columns-sql.js";
import { double, duckdbDialect, literal, postgresqlDialect, quoted, quotedTable } from "./dialect.js";
import { levelSumsQuery, pairsQueries, type SumsTables } from "./sums-sql.js";

describe("names and values in SQL", () => {
  it("are quoted whatever they hold", () => {
    expect(quoted('a"; drop table pupils; --')).toBe('"a""; drop table pupils; --"');
    expect(quotedTable(["my.schema", "t"])).toBe('"my.schema"."t"');
    expect(literal("O'Neil")).toBe("'O''Neil'");
  });

  it("that no engine can have are refused", () => {
    expect(() => quoted("")).toThrow(RangeError);
    expect(() => quoted("a\0b")).toThrow(RangeError);
    expect(() => literal("a\0b")).toThrow(RangeError);
    expect(() => double(Number.NaN)).toThrow(RangeError);
  });

  it("give back the same number", () => {
    for (const value of [0.1, 1e-300, -5e-324, Number.MAX_VALUE, 1 / 3])
      expect(Number(/'(.*)'/.exec(double(value))![1])).toBe(value);
  });
});

describe("columns of a formula in SQL", () => {
  const aliases = {
    number: (column: string) => `n_${column}`,
    category: (column: string) => `c_${column}`,
    levels: (column: string) => (column === "sex" ? ["girl", "boy"] : column === "year" ? ["10", "9"] : null),
  };
  const columns = (right: string) => {
    const { fixed, formula } = readFormula(`y ~ ${right}`);
    return columnsOf(fixed, aliases, formula.text).map(({ name, sql }) => `${name} = ${sql}`);
  };

  it("have the names and the contrasts that they have here", () => {
    const indicator = (column: string, level: string) =>
      `(cast(case when c_${column} = '${level}' then 1 else 0 end as double precision))`;
    expect(columns("prior + sex + factor(year) + prior:sex")).toEqual([
      "(Intercept) = null",
      "prior = (n_prior)",
      `sexgirl = ${indicator("sex", "girl")}`,
      `factor(year)10 = ${indicator("year", "10")}`, // the reference is 9: numbers are ordered by size
      `prior:sexgirl = (n_prior) * ${indicator("sex", "girl")}`,
    ]);
    expect(columns("0 + sex")).toEqual([
      `sexboy = ${indicator("sex", "boy")}`,
      `sexgirl = ${indicator("sex", "girl")}`,
    ]);
    expect(columns('factor(sex, ref = "girl")')[1]).toBe(`factor(sex, ref = "girl")boy = ${indicator("sex", "boy")}`);
  });

  it("compute small powers by multiplying", () => {
    expect(columns("poly(prior, 2, raw = TRUE)").slice(1)).toEqual([
      "poly(prior, 2, raw = TRUE)1 = (n_prior)",
      "poly(prior, 2, raw = TRUE)2 = (n_prior * n_prior)",
    ]);
    const { response } = readFormula("I(-log(score - 1)^3 / sqrt(n)) ~ 1");
    if (response.kind === "composite") throw new TypeError();
    const ln = "ln((n_score - cast('1' as double precision)))";
    expect(arithmetic(response.of, aliases.number)).toBe(`((- (${ln} * ${ln} * ${ln})) / sqrt(n_n))`);
  });
});

describe("the statements", () => {
  const tables: SumsTables = {
    model: {
      formula: readFormula("score ~ 1 + (1 | mm(school, share)) + (1 | mm(school, share):cohort)"),
      pupils: { table: ["pupils"], id: "id" },
      memberships: { table: ["spells"], id: "id" },
    },
    dialect: postgresqlDialect,
    pupilKinds: new Map([["id", "whole"]]),
    membershipKinds: new Map([["id", "whole"]]),
    numbers: ["score"],
    categories: [],
    keys: ["cohort"],
    places: [{ school: "school", share: "share" }],
    repeatedShares: false,
  };
  const school = { name: "school", factors: [null], coefficients: [{ name: "(Intercept)", sql: null }] };
  const cohort = { ...school, name: "school:cohort", factors: [null, "cohort"] };
  const columns = [
    { name: "(Intercept)", sql: null, centre: 0, scale: 1 },
    { name: "score", sql: "n0", centre: 50, scale: 10 },
  ];

  it("group the memberships by level", () => {
    expect(levelSumsQuery(tables, columns, cohort)).toMatch(
      /select cast\(k as text\) as v0, cast\(k0 as text\) as v1, sum\(w\) as v2, sum\(w \* x1\) as v3, sum\(w \* w\) as v4 from used join member on member\.id = used\.id group by k, k0$/,
    );
  });

  it("join with themselves the memberships of those who have several schools, and of nobody else", () => {
    const [own] = pairsQueries(tables, school, school);
    expect(own!.sql).toContain("where id in (select id from member group by id having count(*) > 1)");
    expect(own!.sql).toMatch(/f\.k < s\.k join used on used\.id = f\.id group by f\.k, s\.k$/);
    expect(pairsQueries(tables, school, cohort).map(({ first, second }) => ({ first, second }))).toEqual([
      { first: [0], second: [0, 1] }, // one school: the school and its own cohort
      { first: [0], second: [1, 2] }, // two: the one school, and the other one's cohort
    ]);
  });

  it("differ between the engines in the sum and in the fence", () => {
    const duckdb = levelSumsQuery({ ...tables, dialect: duckdbDialect }, columns, school);
    expect(duckdb.replaceAll("fsum(", "sum(")).toBe(
      levelSumsQuery(tables, columns, school).replaceAll(" offset 0", ""),
    );
  });
});
