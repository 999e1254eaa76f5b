import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  columnUses,
  completeRows,
  designOf,
  FormulaError,
  type FormulaFrame,
  parseFormula,
  printFormula,
  readFormula,
} from "./index.js";
import type { Expression, Formula } from "./syntax.js";

/** The expression without places in the text. */
function shape(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (["at", "end", "text"].includes(key) ? undefined : inner)));
}

function fault(work: () => unknown): FormulaError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(FormulaError);
    return error as FormulaError;
  }
  throw new Error("nothing was thrown");
}

const here = { at: 0, end: 0 };
const anyName = fc.oneof(
  fc.constantFrom("x", "prior", "ks2_average", ".a", "é.1", "T"),
  fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name.length > 0),
);
const anyExpression = fc.letrec<{ node: Expression; atom: Expression }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    anyName.map((name): Expression => ({ kind: "name", name, ...here })),
    fc
      .oneof(fc.nat(1_000_000), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }))
      .map((value): Expression => ({ kind: "number", value: value + 0, ...here })),
    fc.string({ maxLength: 6 }).map((value): Expression => ({ kind: "text", value, ...here })),
    tie("node").map((inside): Expression => ({ kind: "parentheses", inside, ...here })),
    fc.tuple(anyName, fc.array(fc.tuple(fc.option(anyName), tie("node")), { maxLength: 3 })).map(
      ([name, list]): Expression => ({
        kind: "call",
        name,
        arguments: list.map(([label, value]) => ({ name: label, value })),
        ...here,
      }),
    ),
  ),
  node: fc.oneof(
    { maxDepth: 4 },
    tie("atom"),
    fc
      .tuple(fc.constantFrom("+" as const, "-" as const), tie("atom"))
      .map(([operator, operand]): Expression => ({ kind: "sign", operator, operand, ...here })),
    fc
      .tuple(fc.constantFrom("|", "||", "+", "-", "*", "/", "%in%", ":", "^"), tie("atom"), tie("atom"))
      .map(([operator, left, right]) => ({ kind: "operation", operator, left, right, ...here }) as Expression),
  ),
}));

/** Words of formulas in any order: mostly wrong, now and then right. */
const anySoup = fc
  .array(
    fc.constantFrom(
      ...[
        "~",
        "+",
        "-",
        "*",
        "/",
        "^",
        ":",
        "|",
        "||",
        "(",
        ")",
        ",",
        "=",
        "%in%",
        " ",
        "0",
        "1",
        "2",
        "x",
        "score",
        "school",
      ],
      ...[
        "poly(",
        "ns(",
        "I(",
        "factor(",
        "mm(",
        "(1 | ",
        "df = ",
        "`",
        '"',
        "é",
        "\n",
        "log(",
        "1e9",
        "**",
        "composite(",
      ],
    ),
    { maxLength: 40 },
  )
  .map((words) => words.join(""));

const frame: FormulaFrame = {
  rows: 4,
  columns: new Map([
    ["score", { kind: "number", values: Float64Array.of(1, 2, 4, 3) }],
    ["prior", { kind: "number", values: Float64Array.of(0, -1, 1, 2) }],
    ["sex", { kind: "category", levels: ["girl", "boy"], codes: Int32Array.of(0, 1, 1, 0) }],
    ["school", { kind: "category", levels: ["Ash", "Birch"], codes: Int32Array.of(0, 1, 1, 0) }],
    ["school2", { kind: "category", levels: ["0", "Ash", "Cedar"], codes: Int32Array.of(0, 1, 2, -1) }],
    ["w1", { kind: "number", values: Float64Array.of(1, 0.5, 0.25, 1) }],
    ["w2", { kind: "number", values: Float64Array.of(0, 0.5, 0.75, Number.NaN) }],
    ["cohort", { kind: "number", values: Float64Array.of(2024, 2025, 2025, 2024) }],
  ]),
};

describe("the text of a formula", () => {
  it("is the same formula after printing and reading again", () => {
    fc.assert(
      fc.property(anyExpression.node, anyExpression.node, (response, right) => {
        const text = printFormula({ response, right });
        const again = parseFormula(text);
        expect(shape({ response: again.response, right: again.right })).toEqual(shape({ response, right }));
        expect(printFormula(again)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it("of whatever kind throws nothing but a FormulaError, whose place is in the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anySoup,
          fc.string({ unit: "binary" }),
          anySoup.map((soup) => `score ~ ${soup}`),
        ),
        (text) => {
          let formula: Formula;
          try {
            formula = parseFormula(text);
            expect(printFormula(parseFormula(printFormula(formula)))).toBe(printFormula(formula));
            designOf(readFormula(formula), frame);
          } catch (error) {
            expect(error).toBeInstanceOf(FormulaError);
            const { at, end, message, remedy } = error as FormulaError;
            expect(at).toBeGreaterThanOrEqual(0);
            expect(at).toBeLessThanOrEqual(Math.max(0, text.length - 1));
            expect(end).toBeGreaterThanOrEqual(at);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(message).toContain("^");
            expect(remedy).not.toBe("");
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("is not exhausted by nesting or length", () => {
    expect(fault(() => parseFormula(`y ~ ${"(".repeat(100_000)}`)).code).toBe("too-long");
    expect(fault(() => parseFormula(`y ~ x${" + x".repeat(100_000)}`)).code).toBe("too-long");
    expect(fault(() => readFormula(`y ~ (${"abcdefghijklmnopqrstuvwxyz".split("").join("+")})^9`)).code).toBe(
      "too-many-terms",
    );
  });

  it("is printed with the spaces, quotation marks and numbers of R", () => {
    const spaced =
      "score~prior+I( prior ^2 )+poly(x,3,raw=TRUE)+factor(sex,ref='boy')+(1+x||la/`my school`)+100000*a/b";
    expect(printFormula(parseFormula(spaced))).toBe(
      'score ~ prior + I(prior^2) + poly(x, 3, raw = TRUE) + factor(sex, ref = "boy") + (1 + x || la/`my school`) + 1e+05 * a/b',
    );
  });
});

describe("a fault of a formula", () => {
  // The text with the faulty stretch between «», the code, and a part of what is advised.
  it.each([
    ["score ~ «piror» + (1 | school)", "column-unknown", 'Did you mean "prior"?'],
    ["score ~ prior + (1 | «scool»)", "column-unknown", 'Did you mean "school"?'],
    ["score ~ prior +«»", "word-unexpected", "Expected the name of a column"],
    ["score ~ prior «)»", "word-unexpected", "or the end"],
    ["score ~ prior «prior»", "word-unexpected", "an operator"],
    ["score ~ poly(prior, 2«»", "word-unexpected", "`)`"],
    ["score«»", "word-unexpected", "~"],
    ["«~» prior", "response-invalid", "Write the outcome before it"],
    ["score ~ prior «$» sex", "character-unexpected", "backticks"],
    ["score ~ «`»prior", "quote-open", "Close it"],
    ["score ~ «2» * prior", "term-invalid", "I(2 * prior)"],
    ["score ~ (prior + sex)^«sex»", "power-invalid", "I(prior^2)"],
    ["score ~ «lgo»(prior)", "function-unknown", 'Did you mean "log"?'],
    ["score ~ «offset»(prior)", "function-unknown", "Take the offset off"],
    ["score ~ «mm»(school, w1)", "function-unknown", "random part"],
    ["score ~ poly(prior, «0.5»)", "argument-invalid", "digits"],
    ["score ~ poly(prior, «99»)", "argument-invalid", "digits"],
    ["score ~ «poly(prior, 4)»", "too-few-values", "smaller degree"],
    ["score ~ ns(prior, dg = «3»)", "argument-invalid", "df = …"],
    ["score ~ I(«sex» * 2)", "column-kind", "factor(sex)"],
    ['score ~ factor(sex, ref = «"gril"»)', "level-unknown", 'Did you mean "girl"?'],
    ["score ~ «log(prior)»", "not-finite", "a number for every row"],
    ["score ~ «1 | school»", "random-part-invalid", "(1 | school)"],
    ["score ~ prior * («1 | school»)", "random-part-invalid", "add it with +"],
    ["score ~ prior + «(0 | school)»", "random-part-invalid", "(1 | school)"],
    ["score ~ (1 | «log(prior)»)", "random-part-invalid", "mm(school, share)"],
    ["score ~ (1 | «mm(school + school2, w1)»)", "argument-invalid", "mm(school1 + school2"],
    ["score ~ (1 | mm(school, «prior»))", "weight-invalid", "0 upwards"],
    ["score ~ prior + «score»", "response-invalid", "Take it out"],
    ["composite(«prior^2» + score) ~ 1", "response-invalid", "2 * maths"],
    ["«1» ~ prior", "response-invalid", "Name a column"],
  ])("%s is told at its place as %s", (marked, code, advice) => {
    const text = marked.replace(/[«»]/g, "");
    const found = fault(() => designOf(readFormula(text), frame));
    expect(found.code).toBe(code);
    const at = marked.indexOf("«");
    const end = marked.indexOf("»") - 1;
    // Behind the end of the text the last character is named; the carets stand behind it.
    expect([found.at, found.end]).toEqual([
      Math.min(at, text.length - 1),
      Math.max(end, Math.min(at, text.length - 1)),
    ]);
    const carets = found.message.split("\n")[2]!;
    expect(carets.indexOf("^") - 2).toBe(at);
    expect(found.remedy).toContain(advice);
  });

  it("shows the text with a caret below, and of several lines the one concerned", () => {
    const found = fault(() => designOf(readFormula("score ~\n  piror\n  + (1 | school)"), frame));
    expect(found.message.split("\n").slice(0, 3)).toEqual(['there is no column "piror"', "    piror", "    ^^^^^"]);
  });
});

describe("a formula on columns", () => {
  it("says which columns it needs, as what, and where it names them", () => {
    const text = "log(score) ~ prior * factor(sex) + (1 + prior | mm(school + school2, w1 + w2):cohort)";
    const uses = columnUses(readFormula(text));
    expect(uses.map(({ name, as, part }) => `${name} ${as} ${part}`)).toEqual([
      ...["score number response", "prior either fixed", "sex levels fixed", "prior either effects"],
      ...["school id group", "school2 id group", "w1 weight group", "w2 weight group", "cohort levels group"],
    ]);
    for (const { name, at, end } of uses) expect(text.slice(at, end)).toBe(name);
  });

  it("makes memberships of columns of the rows; an empty id, 0 and a weight of 0 are none", () => {
    const { design } = designOf(readFormula("score ~ 1 + (1 | mm(school + school2, w1 + w2))"), frame);
    const [term] = design.random;
    expect(term).toMatchObject({
      levels: ["Ash", "Birch", "Cedar"],
      start: Int32Array.of(0, 1, 3, 5, 6),
      level: Int32Array.of(0, 1, 0, 1, 2, 0),
      weight: Float64Array.of(1, 0.5, 0.5, 0.25, 0.75, 1),
    });
  });

  it("reads brms's way to write memberships, whose weights are divided by their sum", () => {
    const text = "score ~ 1 + (1 | mm(school, school2, weights = cbind(prior2, w2)))";
    const columns = new Map(frame.columns);
    columns.set("prior2", { kind: "number", values: Float64Array.of(2, 1, 0.25, 0.5) });
    const weightsOf = (formula: string) =>
      designOf(readFormula(formula), { ...frame, columns }).design.random[0]!.weight;
    expect(weightsOf(text)).toEqual(Float64Array.of(1, 1 / 1.5, 0.5 / 1.5, 0.25, 0.75, 1));
    const unscaled = Float64Array.of(2, 1, 0.5, 0.25, 0.75, 0.5);
    expect(weightsOf(text.replace("))", "), scale = FALSE)"))).toEqual(unscaled);
    expect(fault(() => readFormula(text.replace("school2, ", ""))).code).toBe("argument-invalid");
  });

  it("crosses memberships with a column that has one value a row", () => {
    const { design, groups } = designOf(readFormula("score ~ 1 + (1 | mm(school + school2, w1 + w2):cohort)"), frame);
    expect(design.random[0]!.levels).toEqual(["Ash:2024", "Birch:2025", "Ash:2025", "Cedar:2025"]);
    expect(design.random[0]!.level).toEqual(Int32Array.of(0, 1, 2, 1, 3, 0));
    const [school, cohort] = groups[0]!.factors;
    expect([...school!.codes].map((code) => school!.levels[code])).toEqual(["Ash", "Birch", "Ash", "Cedar"]);
    expect([...cohort!.codes].map((code) => cohort!.levels[code])).toEqual(["2024", "2025", "2025", "2025"]);
  });

  it("takes memberships of a table by the text of their group", () => {
    const membership = { levels: ["P", "Q"], start: Int32Array.of(0, 2, 3, 4, 5), level: Int32Array.of(0, 1, 1, 0, 1) };
    const share = Float64Array.of(0.3, 0.7, 1, 1, 1);
    const text = "score ~ 1 + (1 | mm(urn, share))";
    const { design } = designOf(readFormula(text), {
      ...frame,
      memberships: new Map([["mm(urn, share)", { ...membership, weight: share }]]),
    });
    expect(design.random[0]).toMatchObject({ group: "mm(urn, share)", ...membership, weight: share });
    const missing = fault(() =>
      designOf(readFormula(text.replace("urn", "unr")), {
        ...frame,
        memberships: new Map([["mm(urn, share)", { ...membership, weight: share }]]),
      }),
    );
    expect(missing.remedy).toContain('Did you mean "mm(urn, share)"?');
  });

  it("leaves out rows without a value and counts them by column", () => {
    const columns = new Map(frame.columns);
    columns.set("prior", { kind: "number", values: Float64Array.of(0, Number.NaN, 1, 2) });
    columns.set("sex", { kind: "category", levels: ["girl", "boy"], codes: Int32Array.of(0, -1, 1, -1) });
    const model = readFormula("score ~ prior + sex + (1 | mm(school + school2, w1 + w2))");
    const complete = completeRows(model, { ...frame, columns });
    expect(complete.leftOut).toEqual([
      { column: "prior", count: 1 },
      { column: "sex", count: 1 },
    ]);
    expect(complete.rows).toEqual(Int32Array.of(0, 2));
    const { design } = designOf(model, complete.frame);
    expect(design.response.values).toEqual(Float64Array.of(1, 4));
    expect(fault(() => designOf(model, { ...frame, columns }))).toMatchObject({ code: "value-missing", row: 1 });
  });

  it("standardises, weights and adds up the parts of a composite outcome", () => {
    const { design } = designOf(readFormula("composite(3 * score + prior) ~ 1 + (1 | school)"), frame);
    // Closed form: (score − 2.5) / √1.25 and (prior − 0.5) / √1.25, weighted 3 : 1.
    const expected = [0, 1, 2, 3].map(
      (i) => (3 * ([1, 2, 4, 3][i]! - 2.5) + ([0, -1, 1, 2][i]! - 0.5)) / 4 / Math.sqrt(1.25),
    );
    design.response.values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 14);
    });
  });

  it("takes the caller's own functions of a column", () => {
    const text = "score ~ school_mean(prior) + I(school_mean(prior)^2)";
    const functions = new Map([["school_mean", (x: Float64Array) => x.map((value) => value + 10)]]);
    const { design, from } = designOf(readFormula(text, ["school_mean"]), { ...frame, functions });
    expect(design.fixed[2]!.values).toEqual(Float64Array.of(100, 81, 121, 144));
    expect(from).toEqual([[], ["school_mean(prior)"], ["school_mean(prior)"]]);
    expect(fault(() => readFormula(text)).code).toBe("function-unknown");
  });
});
