import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { greenpaperProgram } from "../src/main/program.js";
import type { Database } from "../src/platform/database/index.js";
import { describeStores } from "./databases.js";
import { runCommand } from "./run-command.js";
import { wholeProduct } from "./whole-product.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "greenpaper-commands-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs one command of the whole command line. */
const run = (database: Database, args: readonly string[]) =>
  runCommand((program, context) => greenpaperProgram(context, program), database, args, folder);

const commands = [
  ...["measures", "specialist-framework", "accounts", "exemption", "certificate", "cases", "marks", "safeguarding"],
  ...["regions", "who", "people", "jobs", "verify", "import-register", "disadvantage", "reference-assessments"],
];

describeStores("every command on a small register", (fresh) => {
  it("explains itself, answers in words and in JSON, and refuses what it can't do with its exit code", async () => {
    const { database } = await wholeProduct(await fresh());
    const rows = await database.queries.execute<{ urn: string }>(
      "select urn from register.school order by urn limit 1",
    );
    const urn = rows[0]!.urn;
    for (const name of commands) {
      const { code, out } = await run(database, [name, "--help"]);
      expect({ name, code }).toEqual({ name, code: 0 });
      expect(out).toContain(`Usage: greenpaper ${name}`);
    }
    const opened = await run(database, ["cases", "open", "2026/27", "--json"]);
    expect(opened, opened.error).toMatchObject({ code: 0 });
    expect(JSON.parse(opened.out)).toMatchObject({ state: "succeeded" });
    const good: readonly (readonly string[])[] = [
      ["measures", "list", "--json"],
      ["specialist-framework", "consultations", "--json"],
      ["specialist-framework", "frameworks"],
      ["accounts", "missing", "--json"],
      ["accounts", "show", `school-${urn}`, "--json"],
      ["exemption", urn, "--json"],
      ["cases", "list", "--json"],
      ["cases", "show", urn, "--json"],
      ["cases", "close-closed", "--json"],
      ["cases", "refresh", "--json"],
      ["safeguarding", "officers", "list", "--json"],
      ["safeguarding", "outcomes", "list", "--json"],
      ["regions", "show", "--json"],
      ["who", urn, "--json"],
      ["jobs", "list", "--json"],
      ["reference-assessments", "fieldwork", "list", "--json"],
      ["verify", "--json"],
      [
        ...["reference-assessments", "plan", "--icc", "0.1", "--units", "100", "--persons", "20", "--json"],
        ...["--frame-units", "1000", "--frame-persons", "40000"],
      ],
    ];
    for (const args of good) {
      const { code, out, error } = await run(database, args);
      expect({ args, code, error: code === 0 ? "" : error + out }).toEqual({ args, code: 0, error: "" });
      expect(() => JSON.parse(out), `${args.join(" ")}: ${out.slice(0, 200)}`).not.toThrow();
    }
    expect((await run(database, ["people", "list"])).code).toBe(0);
    expect((await run(database, ["people", "roles"])).out).toContain("regional-officer: Regional officer");
    const broken = join(folder, "broken.csv");
    writeFileSync(broken, 'urn,outcome\n"1');
    const bad: readonly (readonly [number, readonly string[]])[] = [
      [1, ["measures", "show", "no-such-measure"]],
      [1, ["measures", "judge", join(folder, "no-such-file.json")]],
      [1, ["specialist-framework", "show", "no-such-consultation"]],
      [2, ["accounts", "missing", "--region", "E99"]],
      [2, ["accounts", "show", "nobody"]],
      [2, ["exemption"]],
      [1, ["exemption", "999999"]],
      [1, ["certificate", "verify", "QM-nothing"]],
      [1, ["cases", "show", "999999"]],
      [1, ["cases", "list", "--state", "lost"]],
      [1, ["cases", "open", "2026/28"]],
      [1, ["marks", urn]],
      [1, ["safeguarding", "outcomes", "import", broken]],
      [2, ["safeguarding", "outcomes", "list", "--on", "yesterday"]],
      [1, ["safeguarding", "evidence", "list", `2026-27-${urn}-1`]],
      [1, ["safeguarding", "evidence", "add", `2026-27-${urn}-1`, "recruitment.record", broken]],
      [1, ["safeguarding", "evidence", "get", "0123456789abcdef"]],
      [1, ["school-answer", "list", urn, "--year", "2019-20"]],
      [2, ["regions", "show", "--on", "yesterday"]],
      [1, ["who", "999999"]],
      [1, ["people", "grant", "nobody"]],
      [1, ["jobs", "show", "12345678"]],
      [1, ["reference-assessments", "fieldwork", "progress", "no-such-study"]],
      [1, ["reference-assessments", "fieldwork", "check-draw", folder]],
      [1, ["reference-assessments", "fieldwork", "import-paper", "no-such-study", broken]],
      [2, ["verify", "--head", "short"]],
      [2, ["import-register"]],
      [2, ["reference-assessments", "plan", "--icc", "0.1", "--units", "100", "--persons", "20"]],
      [1, ["reference-assessments", "draw", broken, "--id", "urn", "--size", "n", "--units", "5", "--seed", "1"]],
      [1, ["import-register", broken]],
    ];
    const ended: unknown[] = [];
    for (const [code, args] of bad) {
      const said = await run(database, args);
      if (said.code !== code || said.error + said.out === "") ended.push({ args, ...said, wanted: code });
    }
    expect(ended).toEqual([]);
  });
});
