import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { parseReviewText } from "./review-file-parse.js";

const read = (text: string) => parseReviewText(text, "/reviews/my.yaml", "my.yaml");
const one = "title: T\npupils: { files: p.csv, school: urn, year: cohort }\n";
const spells =
  "membership: { spells: { files: s.csv, pupil: upn, school: urn, entered: a, left: b, windows: [{ from: 2020-09-01, to: 2025-06-01 }] } }";

function specificationOf(text: string) {
  const review = read(text);
  if (!review.ok) throw new Error(JSON.stringify(review.error));
  return review.value.specification;
}

function problems(text: string): string[] {
  const review = read(text);
  return review.ok ? [] : review.error.map(({ code, place }) => `${code} ${place.replace("my.yaml, ", "")}`);
}

describe("a formula in the review file", () => {
  it("says what each column is: the named ones prior attainment, the others context", () => {
    const made = specificationOf(
      `${one}formula: score ~ poly(ks2, 3) * sex + idaci + I(age^2) + (1 + ks2 | urn) + (1 | urn:cohort) + (1 | la)\nprior: [{ column: ks2, missing: indicator }]\ncontext: [{ column: idaci, missing: stop }]`,
    );
    expect(made).toMatchObject({
      outcomes: [{ column: "score", weight: 1 }],
      prior: [{ column: "ks2", missing: "indicator" }],
      context: [
        { column: "sex", kind: null, missing: "exclude" },
        { column: "idaci", kind: null, missing: "stop" },
        { column: "age", kind: "number", missing: "exclude" },
      ],
      slopes: ["ks2"],
      groups: [
        { name: "school:cohort", column: "cohort", withinSchool: true },
        { name: "la", column: "la", withinSchool: false },
      ],
      membership: { kind: "one-school" },
      formula: { school: "urn" },
    });
  });

  it("knows the school by the column, the table of shares, the spells or columns of shares", () => {
    const pupils = "title: T\npupils: { files: p.csv, pupil: upn }\n";
    expect(specificationOf(`${pupils}formula: y ~ 1 + (1 | mm(urn, days))\n${spells}`).formula?.school).toBe(
      "mm(urn, days)",
    );
    const table = "membership: { table: { files: s.csv, pupil: upn, school: the school, share: share } }";
    expect(
      specificationOf(`${pupils}formula: "y ~ 1 + (1 | mm(\`the school\`, share))"\n${table}`).formula?.school,
    ).toBe("mm(`the school`, share)");
    expect(specificationOf(`${pupils}formula: y ~ 1 + (1 | la) + (1 | mm(a + b, v + w))`)).toMatchObject({
      membership: { kind: "columns", schools: ["a", "b"], shares: ["v", "w"], remainder: "unaccounted" },
      groups: [{ name: "la", column: "la", withinSchool: false }],
    });
  });

  it("knows brms's way to write shares in columns, which divides them by their sum", () => {
    const pupils = "title: T\npupils: { files: p.csv, pupil: upn }\n";
    expect(specificationOf(`${pupils}formula: y ~ 1 + (1 | mm(a, b, weights = cbind(v, w)))`)).toMatchObject({
      membership: { kind: "columns", schools: ["a", "b"], shares: ["v", "w"], remainder: "rescale" },
    });
  });

  it("makes the outcome of several columns by a composite, and keeps what is declared of them", () => {
    const review = read(
      `${one}formula: composite(2 * maths + reading) ~ 1 + (1 | urn)\noutcomes: [{ column: maths, keyStage: 2, aspect: mathematics }]`,
    );
    expect(review.ok && review.value.specification.outcomes).toEqual([
      { column: "maths", weight: 2 },
      { column: "reading", weight: 1 },
    ]);
    expect(review.ok && review.value.declaredOutcomes).toEqual([
      { column: "maths", keyStage: 2, aspect: "mathematics" },
      { column: "reading", keyStage: null, aspect: null },
    ]);
  });

  // In each way to write a text in YAML the `$` is found where it stands.
  it.each([
    ["formula: y ~ x $ z", "line 3, column 16"],
    ["formula: 'y ~ x $ z'", "line 3, column 17"],
    ['formula: "y ~ x $ z"', "line 3, column 17"],
    ['formula: "factor(a, ref = \\"b\\") $ z"', "line 3, column 34"],
    ["formula: y ~ x +\n  $ z", "line 4, column 3"],
    ["formula: >-\n  y ~ x\n    + $ z", "line 5, column 7"],
    ["formula: |\n  y ~ x - 1 |\n  $ z", "line 5, column 3"],
  ])("tells the place of a fault in %j", (formula, place) => {
    expect(problems(one + formula)).toEqual([`formula-invalid ${place}`]);
  });

  it.each([
    ["formula: log(y) ~ 1 + (1 | urn)", "formula-invalid line 3, column 10"],
    ["formula: y ~ 1 + (1 | la)", "formula-invalid line 3, column 18"],
    ["formula: y ~ x", "formula-invalid line 3, column 14"],
    ["formula: y ~ x + (0 + x | urn)", "formula-invalid line 3, column 18"],
    ["formula: y ~ x + (1 + x || urn)", "formula-invalid line 3, column 18"],
    ["formula: y ~ x + (1 | urn) + (1 + x | urn:cohort)", "formula-invalid line 3, column 30"],
    ["formula: y ~ x + (1 | urn) + (1 | urn:cohort:la)", "formula-invalid line 3, column 30"],
    ["formula: y ~ x + (1 | urn) + (1 | mm(a, b))", "formula-invalid line 3, column 35"],
    ["formula: y ~ x + (1 | urn)\nprior: [z]", "name-unknown line 4, column 9"],
    ["formula: y ~ x + (1 | urn)\nprior: [{ column: x, degree: 2 }]", "settings-contradictory line 4, column 22"],
    ["formula: y ~ x + (1 | urn)\ncontext: [{ column: x, reference: b }]", "settings-contradictory line 4, column 24"],
    ["formula: y ~ x + (1 | urn)\noutcome: z", "settings-contradictory line 4, column 1"],
    ["formula: y ~ x + (1 | urn)\nslopes: [x]", "settings-contradictory line 4, column 1"],
    [
      "formula: y ~ x + (1 | urn)\ncohorts: [{ year: 2024, baseline: [z] }]",
      "settings-contradictory line 4, column 25",
    ],
  ])("refuses %j as %s", (text, expected) => {
    expect(problems(one + text)).toEqual([expected]);
  });

  it("of whatever text is read or refused at a place in the file, and never throws", () => {
    const word = fc.constantFrom(
      ...[
        "y",
        "~",
        "x",
        "+",
        "(1 | urn)",
        "(1 + x | urn)",
        "(1 | urn:cohort)",
        "*",
        ":",
        "(",
        ")",
        "1",
        "0",
        "\n",
        "é",
      ],
      ...[
        "poly(x, 2)",
        "factor(x, ref = 'b')",
        "(1 | mm(urn, share))",
        "school_mean(x)",
        "`",
        '"',
        "$",
        "||",
        "composite(y + z)",
      ],
    );
    const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((right) => `y ~ x + (1 | urn) + ${right}`),
        ),
        fc.boolean(),
        (formula, block) => {
          const options = block ? { defaultStringType: "BLOCK_LITERAL" as const } : {};
          const file = one + stringify({ formula }, options);
          const review = read(file);
          if (review.ok) return;
          const lines = file.split("\n");
          for (const { place } of review.error) {
            const [, line, column] = /line (\d+), column (\d+)$/.exec(place)!.map(Number) as [number, number, number];
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines.length);
            expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
