import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkResponses, type Responses, responsesFromMatrix } from "./index.js";

const items = ["M1", "M2", "M3"].map((name, i) => ({ name, maximum: i === 2 ? 2 : 1 }));

function of(rows: readonly (readonly number[])[], columns = {}): Responses {
  const outcome = responsesFromMatrix(items, Uint8Array.from(rows.flat()), columns);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

const refused = (rows: readonly (readonly number[])[], columns = {}) => {
  const outcome = responsesFromMatrix(items, Uint8Array.from(rows.flat()), columns);
  return outcome.ok ? [] : outcome.error.map(({ code, place }) => `${code}: ${place}`);
};

describe("responses from a matrix", () => {
  it("have a booklet for each set of items that somebody was given", () => {
    const responses = of([
      [1, 0, 255],
      [255, 255, 2],
      [0, 0, 255],
      [255, 255, 255],
    ]);
    expect(responses.booklets.map((booklet) => [...booklet])).toEqual([[0, 1], [2], []]);
    expect([...responses.booklet]).toEqual([0, 1, 0, 2]);
    expect([...responses.scores]).toEqual([1, 0, 2, 0, 0]);
    expect([...responses.starts]).toEqual([0, 2, 3, 5, 5]);
  });

  it("give every score back, whatever is missing", () => {
    const score = fc.constantFrom(0, 1, 255);
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score, score), { minLength: 1, maxLength: 30 }), (rows) => {
        const { booklets, booklet, starts, scores } = of(rows);
        rows.forEach((row, p) => {
          const back = [255, 255, 255];
          booklets[booklet[p]!]!.forEach((item, j) => {
            back[item] = scores[starts[p]! + j]!;
          });
          expect(back).toEqual(row);
        });
      }),
    );
  });

  it("name the person and the item of a score that can't be", () => {
    expect(
      refused([
        [1, 0, 2],
        [1, 2, 0],
      ]),
    ).toEqual(['response-above-maximum: person 2, item "M2"']);
  });

  it("name the person of a weight or group that can't be", () => {
    const rows = [
      [1, 0, 2],
      [1, 1, 0],
    ];
    expect(refused(rows, { weights: Float64Array.of(1, Number.NaN) })).toEqual(["person-weight-invalid: person 2"]);
    expect(refused(rows, { weights: new Float64Array(2) })).toEqual(["person-weight-invalid: weights"]);
    expect(refused(rows, { weights: Float64Array.of(1) })).toEqual(["responses-size: weights"]);
    expect(refused(rows, { group: Uint16Array.of(0, 2), groups: ["a", "b"] })).toEqual([
      "person-group-unknown: person 2",
    ]);
    expect(refused(rows, { groups: ["a", "b"] })).toEqual(["responses-size: groups"]);
  });

  it("need as many scores as persons times items", () => {
    expect(refused([[1, 0]])).toEqual(["responses-size: matrix"]);
    expect(refused([])).toEqual(["responses-size: matrix"]);
  });
});

describe("responses made elsewhere", () => {
  const good = of([
    [1, 0, 2],
    [1, 1, 0],
  ]);
  const faults = (changed: Partial<Responses>) =>
    checkResponses({ ...good, ...changed }).map(({ code, place }) => `${code}: ${place}`);

  it("are checked item by item and booklet by booklet", () => {
    expect(faults({})).toEqual([]);
    expect(faults({ items: [...items.slice(0, 2), { name: "M1", maximum: 254 }] })).toEqual([
      'item-maximum-invalid: item "M1"',
      'item-named-twice: item "M1"',
    ]);
    expect(faults({ booklets: [Uint16Array.of(0, 1, 3)] })).toEqual(["booklet-item-unknown: booklet 1"]);
    expect(faults({ booklets: [Uint16Array.of(0, 1, 0)] })).toEqual(["booklet-item-unknown: booklet 1"]);
    expect(faults({ booklet: Uint16Array.of(0, 1) })).toEqual(["booklet-unknown: person 2"]);
    expect(faults({ booklets: [Uint16Array.of(0, 1)] })).toEqual([
      "booklet-unknown: person 1",
      "booklet-unknown: person 2",
    ]);
    expect(faults({ starts: Uint32Array.of(0, 3) })).toEqual(["responses-size: responses"]);
  });
});
