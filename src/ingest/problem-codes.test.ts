import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { cautionWords, membershipWords } from "../accountability/value-added/index.js";
import type { ProblemMeaning } from "./problem-codes.js";
import { problemCodes as elsewhere } from "./problem-codes-elsewhere.js";

const source = fileURLToPath(new URL("../", import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
  .map((name) => ({ name, text: readFileSync(join(source, name), "utf8") }));
const declaring = files
  .filter(({ name }) => /(^|[\\/])problem-codes[^\\/]*\.ts$/.test(name))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

interface Declared extends ProblemMeaning {
  readonly code: string;
  readonly where: string;
}

async function declaredCodes(): Promise<readonly Declared[]> {
  const errors = Object.entries(membershipWords)
    .filter(([, { kind }]) => kind === "error")
    .map(([code, { text, remedy }]) => ({
      code,
      meaning: `Membership: ${text}.`,
      remedy,
      where: "accountability/value-added",
    }));
  const lists = declaring.map(async ({ name }) => {
    const module = (await import(join(source, name))) as { problemCodes: Readonly<Record<string, ProblemMeaning>> };
    const where = relative(source, join(source, name, "..")).replaceAll("\\", "/");
    return Object.entries(module.problemCodes).map(([code, { meaning, remedy }]) => ({ code, meaning, remedy, where }));
  });
  return [...(await Promise.all(lists)).flat(), ...errors].sort((a, b) => (a.code < b.code ? -1 : 1));
}

const cell = (text: string) => text.replaceAll("|", "\\|");

const rows = (codes: readonly (ProblemMeaning & { readonly code: string })[]) =>
  codes.map(({ code, meaning, remedy }) => `| \`${code}\` | ${cell(meaning)} | ${cell(remedy)} |`).join("\n");

function page(codes: readonly Declared[]): string {
  return `# Problems

Every problem names its place (file, line, column), what is wrong there, and what to do next. Its code never changes its
meaning and is never used for another. This page is made from the code; after adding a code to a \`problem-codes.ts\`, write
it with \`npx vitest run problem-codes.test -u\`.

| code | what it means | what to do |
|---|---|---|
${rows(codes)}

## Cautions

A caution doesn't stop a review. It says what a property of the pupils means for the estimates; it stands among the warnings of the
report, of the pages and of \`model.json\`, with what was found and its code.

| code | what it means | what may be done |
|---|---|---|
${rows(Object.entries(cautionWords).map(([code, words]) => ({ code, ...words })))}
`;
}

describe("the codes of problems", () => {
  it("are listed in docs/problems.md, each with its meaning and remedy", async () => {
    await expect(page(await declaredCodes())).toMatchFileSnapshot("../../docs/problems.md");
  });

  it("are found in every file that declares some", async () => {
    const codes = (await declaredCodes()).map(({ code }) => code);
    expect(declaring.length).toBeGreaterThan(2);
    expect(codes).toEqual(expect.arrayContaining(Object.keys(elsewhere)));
  });

  it("are declared once", async () => {
    const codes = (await declaredCodes()).map(({ code }) => code);
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
  });

  it("are declared where a problem is written out with its code and place", async () => {
    const codes = new Set((await declaredCodes()).map(({ code }) => code));
    const written = files.flatMap(({ name, text }) =>
      [...text.matchAll(/code: "([a-z0-9]+(?:-[a-z0-9]+)+)",\s*place\b/g)].map((match) => ({ name, code: match[1]! })),
    );
    expect(written.length).toBeGreaterThan(0);
    expect(written.filter(({ code }) => !codes.has(code))).toEqual([]);
  });

  it("are all in use", async () => {
    const others = files.filter((file) => !declaring.includes(file)).map(({ text }) => text);
    const unused = (await declaredCodes()).filter(({ code }) => !others.some((text) => text.includes(`"${code}"`)));
    expect(unused.map(({ code, where }) => `${code} of ${where}`)).toEqual([]);
  });
});
