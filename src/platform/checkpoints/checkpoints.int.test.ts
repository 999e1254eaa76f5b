import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkpointKey, checkpointsIn } from "./checkpoints.js";

describe("checkpoints", () => {
  let folder: string;
  const notes: string[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "checkpoints-"));
    notes.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const note = (text: string) => void notes.push(text);
  const key = checkpointKey(["pupils.csv", "abc"]);

  it("give back what was kept to the last bit, and nothing for another key", () => {
    const answer = {
      figure: 0.1 + 0.2,
      none: Number.NaN,
      columns: Float64Array.of(1, 2),
      words: ["é"],
      map: new Map([[1, 2]]),
    };
    checkpointsIn(folder, "1.0").keep(key, answer);
    expect(checkpointsIn(folder, "1.0").find(key, note)).toEqual(answer);
    expect(checkpointsIn(folder, "1.0").find(checkpointKey(["pupils.csv", "abd"]), note)).toBeNull();
    expect(notes).toEqual([]);
  });

  it("of another build of the program are not read, and go when this one clears", () => {
    checkpointsIn(folder, "1.0").keep(key, 1);
    expect(checkpointsIn(folder, "1.1").find(key, note)).toBeNull();
    checkpointsIn(folder, "1.1").clear([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 3)],
    ["empty", () => Buffer.alloc(0)],
    [
      "changed by one bit",
      (bytes: Buffer) => {
        bytes[40]! ^= 1;
        return bytes;
      },
    ],
  ])("that are damaged (%s) are taken away with a note", (_, damage) => {
    const checkpoints = checkpointsIn(folder, "1.0");
    checkpoints.keep(key, { figure: 12 });
    const file = join(folder, readdirSync(folder)[0]!);
    writeFileSync(file, damage(readFileSync(file)));
    expect(checkpoints.find(key, note)).toBeNull();
    expect(notes).toEqual(["a checkpoint was damaged and is made again"]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leave nothing where there never was a folder", () => {
    const none = checkpointsIn(join(folder, "none"), "1.0");
    expect(none.find(key, note)).toBeNull();
    none.clear([key]);
    expect(readdirSync(folder)).toEqual([]);
  });
});
