import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { Value } from "typebox/value";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { parseSettings } from "../../ingest/settings-file.js";
import { parseReviewText } from "./review-file-parse.js";
import { reviewJsonSchema, reviewSchema } from "./review-file-schema.js";

const read = (text: string) => parseReviewText(text, "/reviews/my.yaml", "my.yaml");

describe("the check of settings", () => {
  it("agrees with TypeBox's own validator on changed review files (other program: typebox/value)", () => {
    const base = parse(readFileSync(new URL("../../../reviews/exam.yaml", import.meta.url), "utf8")) as object;
    const junk = fc.oneof(
      fc.constantFrom("x", 3, 1.5, -1, true, [], {}, ["a"], [["a", "b"]], [{ column: "a" }], {
        column: "a",
        degree: 2,
      }),
      fc.constantFrom(
        "REML",
        "exclude",
        { method: "ML" },
        [{ column: "a", spline: 1 }],
        { table: {} },
        { secure: [1] },
      ),
    );
    const keys = [
      "title",
      "pupils",
      "outcome",
      "prior",
      "context",
      "groups",
      "slopes",
      "interactions",
      "estimation",
      "decision",
    ];
    const change = fc.tuple(fc.constantFrom(...keys, "membership", "evidence", "intake", "unknown"), junk);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const changed = { ...base, ...Object.fromEntries(changes) };
        const names = { kind: "review file", examples: "reviews/" };
        expect(parseSettings(stringify(changed), "r.yaml", reviewSchema, names).ok).toBe(
          Value.Check(reviewSchema, changed),
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe("what ships with the review file", () => {
  it("is the JSON Schema that the code makes (write it with `npx vitest run review-file-schema.test -u`)", async () => {
    await expect(reviewJsonSchema()).toMatchFileSnapshot("../../../schemas/review.schema.json");
  });

  const folder = fileURLToPath(new URL("../../../reviews/", import.meta.url));
  it.each(readdirSync(folder).filter((name) => name.endsWith(".yaml")))(
    "is %s, which fits and names its schema",
    (name) => {
      const text = readFileSync(folder + name, "utf8");
      expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=../schemas/review.schema.json");
      expect(read(text)).toMatchObject({ ok: true });
    },
  );

  const guide = readFileSync(new URL("../../../docs/review-file.md", import.meta.url), "utf8");
  const examples = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1]!);
  it.each(examples.map((text, index) => [index + 1, text] as const))(
    "is example %i of the guide, which fits",
    (_, text) => {
      expect(read(text)).toMatchObject({ ok: true });
    },
  );
});
