import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Proposal, proposalChapters, proposals } from "./proposals.js";
import { proposalsDocument } from "./proposals-document.js";

const root = join(import.meta.dirname, "../..");

describe("the list of proposals", () => {
  it("has the 28 of the paper and its circulation, each once and in order", () => {
    const ids = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
    expect(proposals.map((proposal) => proposal.id)).toEqual([
      ...ids("A", 9),
      ...ids("R", 8),
      ...ids("S", 8),
      ...ids("F", 3),
      "P0",
    ]);
  });

  it.each(proposals)("$id has its folder, and a README that names it", ({ id, folder, alsoIn, state }) => {
    for (const path of [folder, ...alsoIn]) {
      const readme = join(root, path, "README.md");
      expect(existsSync(readme), `${path}/README.md`).toBe(true);
      const text = readFileSync(readme, "utf8");
      expect(text.split("\n")[0]).toContain(id);
      expect(text.includes("State: not yet")).toBe(state === "not yet");
    }
  });

  it("has no two proposals in one folder", () => {
    const folders = proposals.flatMap((proposal) => [proposal.folder, ...proposal.alsoIn]);
    expect(new Set(folders).size).toBe(folders.length);
  });

  it("says what works wherever something does, in words that fit a table", () => {
    for (const { id, title, who, sentence, page, state, stateNote } of proposals) {
      if (state === "partly") expect(stateNote, id).not.toBe("");
      expect(page === null, id).toBe(state === "not yet");
      for (const text of [title, who, sentence, stateNote]) expect(text, id).not.toMatch(/[|\n]/);
      expect(sentence, id).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("PROPOSALS.md", () => {
  it("is what the list makes (npm run proposals)", () => {
    expect(readFileSync(join(root, "PROPOSALS.md"), "utf8")).toBe(proposalsDocument(proposalChapters));
  });

  it("shows every field of a proposal and counts the states", () => {
    const made: Proposal = {
      id: "X1",
      title: "Example",
      folder: "src/example",
      alsoIn: ["src/other"],
      state: "partly",
      page: "/example",
      stateNote: "half of it",
      who: "somebody",
      sentence: "Do something.",
    };
    const text = proposalsDocument([
      { title: "Chapter", proposals: [made, { ...made, id: "X2", page: null, state: "working", stateNote: "" }] },
    ]);
    expect(text).toContain("2 entries: 1 working, 1 partly, 0 not yet.");
    expect(text).toContain("## Chapter");
    expect(text).toContain(
      "| X1 | **Example.** Do something. | somebody | partly: half of it | `/example` | [example](src/example/README.md), [other](src/other/README.md) |",
    );
    expect(text).toContain("| X2 | **Example.** Do something. | somebody | working |  | [example]");
  });
});
