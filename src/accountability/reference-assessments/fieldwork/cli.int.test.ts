import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { expect, inject, it, onTestFinished, vi } from "vitest";
import { accept, acceptedSchools, draft, itemsFile, studyIn } from "../../../../test/assessment-fieldwork.js";
import { parseStudyFile, readStudy } from "../../../ingest/index.js";
import { silent } from "../../../kernel/index.js";
import { type Database, openDatabase } from "../../../platform/database/index.js";
import { itemsOfBooklet } from "./assembly.js";
import { addFieldworkCommand } from "./cli.js";
import { findStudy, loadPupils } from "./store.js";

/** Runs `fieldwork …` in this process. */
async function run(database: Database, args: readonly string[]) {
  const said = { out: "", error: "" };
  const to = (where: "out" | "error") => (text: string | Uint8Array) => {
    said[where] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(to("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(to("error")),
  ];
  const program = new Command("greenpaper").exitOverride();
  program.configureOutput({ writeOut: to("out"), writeErr: to("error") });
  const place = { version: "1", today: "2026-11-26", projectFolder: "", home: "", build: "test" };
  addFieldworkCommand(program, { ...place, withRegister: (work) => work(database) });
  process.exitCode = 0;
  try {
    await program.parseAsync(["fieldwork", ...args], { from: "user" });
    return { code: Number(process.exitCode), ...said };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { code: error.exitCode, ...said };
  } finally {
    process.exitCode = 0;
    for (const spy of spies) spy.mockRestore();
  }
}

it("runs an assessment from a terminal by the rules of the pages: its draw, paper in, files out, erasing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "greenpaper-fieldwork-"));
  const database = await studyIn(await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") }), 8, 3);
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const file = (name: string, text: string | Buffer) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const good = async (...args: string[]) => {
    const { code, out, error } = await run(database, args);
    expect({ args, code, error }).toEqual({ args, code: 0, error: "" });
    return out;
  };
  const [urn] = await acceptedSchools(database);
  expect((await run(database, ["--help"])).out).toContain("check-draw draw");
  expect(await good("list")).toContain(`${draft.id}  Year 4, mathematics`);
  expect(JSON.parse(await good("progress", draft.id, "--json"))).toMatchObject({ schools: { accepted: 8 } });

  const drawn = join(folder, "draw");
  expect(await good("draw-record", draft.id, "--out", drawn)).toContain("schools and replacements come out");
  expect(JSON.parse(await good("check-draw", drawn, "--json"))).toMatchObject({ frame: true, same: true });
  const record = readFileSync(join(drawn, "draw.json"), "utf8");
  writeFileSync(join(drawn, "draw.json"), record.replace('"seed": 11', '"seed": 12'));
  expect(await run(database, ["check-draw", drawn])).toMatchObject({ code: 1 });
  writeFileSync(join(drawn, "draw.json"), record.replace('"systematic"', '"by hand"'));
  expect(await run(database, ["check-draw", drawn])).toMatchObject({
    code: 1,
    error: expect.stringContaining("method"),
  });

  expect(await good("import-items", file("items.csv", itemsFile(12)))).toContain("12 as they were");
  const pupils = await loadPupils(database.queries, draft.id);
  const booklets = (await findStudy(database.queries, draft.id))!.booklets!;
  const lines = pupils.map((pupil) => `${pupil.code},${itemsOfBooklet(booklets, pupil.booklet).flat()[0]},B`);
  const bad = file("bad.csv", `pupil,item,answer\n${lines[0]}\nnobody,Q1,B\n`);
  expect(await run(database, ["import-paper", draft.id, bad])).toMatchObject({
    ...{ code: 1, out: "" },
    error: expect.stringContaining("bad.csv, line 3"),
  });
  const items = JSON.parse(await good("item", "Q1", "--json"));
  expect(items).toMatchObject({ item: { id: "Q1" }, results: [] });
  // Every other school has all right, the others none.
  const paper = pupils.flatMap((pupil, k) =>
    itemsOfBooklet(booklets, pupil.booklet)
      .flat()
      .map((item) => {
        const [number, right] = [Number(item.slice(1)), Math.floor(k / 3) % 2 === 0];
        const answer = number % 3 === 0 ? String(8 + number + (right ? 0 : 1)) : right ? "B" : "A";
        return `${pupil.code},${item},${answer}`;
      }),
  );
  expect(await good("import-paper", draft.id, file("paper.csv", `pupil,item,answer\n${paper.join("\n")}\n`))).toContain(
    `of ${pupils.length} pupils`,
  );
  const own = pupils.find((pupil) => pupil.urn === urn)!;
  const described = `line,sex,disadvantaged,born,arrangements,attendance\n${own.line},female,yes,2018-11,reader,present\n`;
  expect(await good("import-pupils", draft.id, urn!, file("pupils.csv", described))).toContain("1 pupils");

  const gone = pupils.at(-1)!;
  const erased = await good("erase-pupil", draft.id, gone.urn, String(gone.line), "--asked", "pupil");
  expect(erased).toContain("erased with every answer");
  expect(await run(database, ["erase-pupil", draft.id, gone.urn, "9"])).toMatchObject({ code: 1 });

  const out = join(folder, "study");
  expect(await good("export", draft.id, "--out", out)).toContain("study.yaml");
  const material = accept(await readStudy(accept(await parseStudyFile(join(out, "study.yaml"))), silent));
  expect(material.persons.rows).toBe(pupils.length - 1);
  expect(await run(database, ["erase", draft.id, "--reason", "All is marked."])).toMatchObject({
    ...{ code: 1 },
    error: expect.stringContaining("sessions run until"),
  });
  expect(await good("erase-due")).toContain("Nothing is due.");
  expect(await run(database, ["progress", "no-such-study", "--json"])).toMatchObject({
    ...{ code: 1 },
    out: expect.stringContaining("fieldwork-study-unknown"),
  });
});
