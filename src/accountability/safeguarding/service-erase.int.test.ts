import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, it, onTestFinished } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { runCommand } from "../../../test/run-command.js";
import { codes, day as dayOfAudit, later, planned } from "../../../test/safeguarding-audits.js";
import {
  leadOf,
  madeUpOfficer,
  morning,
  officerActor,
  regionalOfficer,
  regionIn,
} from "../../../test/safeguarding-region.js";
import { type CivilDate, civilDate, silent } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/day/index.js";
import { listJobs, runToEnd } from "../../platform/jobs/index.js";
import { readStream } from "../../platform/log/index.js";
import { addSafeguardingCommand } from "./cli.js";
import { erasureDay } from "./retention.js";
import { beginAudit, viewAudit } from "./service-audits.js";
import { dueErasures, erasureOfEvidence } from "./service-erase.js";
import { answerEscalation, raiseEscalation } from "./service-escalations.js";
import { addEvidence, readEvidence } from "./service-evidence.js";
import { putActions } from "./store-audits.js";
import { evidenceVerifier } from "./verify-evidence.js";

const bytes = Buffer.from("%PDF-1.7 record");
const file = {
  ...{ name: "record.pdf", type: "application/pdf", bytes },
  sha256: createHash("sha256").update(bytes).digest("hex"),
};

/** The commands on files of evidence, on a register. */
const commandOn =
  (database: Database, folder = "") =>
  (...args: readonly string[]) =>
    runCommand(addSafeguardingCommand, database, ["safeguarding", "evidence", ...args], folder);

/** An audit of a school with one file, signed, or only begun. @returns the ids of the audit and the file */
async function withFile(database: Database, urn: string, signed = true): Promise<readonly [string, string]> {
  const id = await planned(database, 1, urn);
  await beginAudit(database, officerActor(1), id, morning);
  await addEvidence(database, officerActor(1), id, { requirement: "recruitment.record", files: [file] }, morning);
  // As the signature leaves it; answering sixty requirements would add nothing.
  if (signed)
    await database.queries.execute(
      sql`update safeguarding.audit set state = 'signed', outcome = 'secure', signed_on = ${dayInEngland(morning)} where id = ${id}`,
    );
  const view = await viewAudit(database, officerActor(1), id, morning);
  if (!view.ok) throw new Error(JSON.stringify(view.error));
  return [id, view.value.files[0]!.id];
}

describeStores("files of evidence on the command line", (fresh) => {
  it("are added, listed, fetched and taken out by the pages' rules", async () => {
    const database = await regionIn(await fresh(), 3, [madeUpOfficer(1)]);
    const [id] = await withFile(database, "900001", false);
    const folder = mkdtempSync(join(tmpdir(), "evidence-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const command = commandOn(database, folder);
    const [rota, words] = [join(folder, "rota.pdf"), join(folder, "words.pdf")];
    writeFileSync(rota, "%PDF-1.7 rota");
    writeFileSync(words, "no PDF at all");
    const wrong = await command("add", id, "recruitment.record", rota, words, join(folder, "nothing.pdf"));
    expect(wrong).toMatchObject({ code: 1, error: expect.stringContaining("nothing.pdf") });
    expect((await command("add", id, "recruitment.record", rota, words)).code).toBe(1);
    expect((await command("add", id, "recruitment.nothing", rota)).code).toBe(1);
    const added = JSON.parse((await command("add", id, "recruitment.record", rota, "--json")).out);
    expect(added).toMatchObject({ audit: id, eraseOn: null, files: [{ name: "record.pdf" }, { name: "rota.pdf" }] });
    const [, second] = added.files as readonly { id: string; sha256: string }[];
    const copy = join(folder, "copy.pdf");
    expect(await command("get", second!.id, "--out", copy)).toMatchObject({
      ...{ code: 0, out: `${copy}, SHA-256 ${second!.sha256}\n` },
    });
    expect(readFileSync(copy, "utf8")).toBe("%PDF-1.7 rota");
    expect(await command("get", second!.id, "--out", copy)).toMatchObject({
      code: 1,
      error: expect.stringMatching(/EEXIST/),
    });
    expect((await command("remove", id, second!.id)).out).toMatch(/: 1 file\n/);
    expect(await evidenceVerifier.verify(database, silent)).toEqual([]);
  });
});

describeStores("files of evidence after the signature", (fresh) => {
  it("are erased on their day, once, where nothing open needs them; what they were stays told", async () => {
    const database = await regionIn(await fresh(), 6, [madeUpOfficer(1), madeUpOfficer(2)]);
    const [free, freeFile] = await withFile(database, "900001");
    const [withAction] = await withFile(database, "900002");
    const [withChild] = await withFile(database, "900003");
    const [heard] = await withFile(database, "900004");
    const [begun] = await withFile(database, "900005", false);
    const action = { audit: withAction, requirement: "recruitment.record", text: "Put it right.", due: dayOfAudit };
    await putActions(database.queries, [
      {
        ...action,
        seriousness: "ordinary",
        state: "open",
        doneWords: "",
        doneOn: null,
        closedOn: null,
        closedWords: "",
      },
    ]);
    const child = { id: randomUUID(), urn: "900003", words: "A child said something." };
    await raiseEscalation(database, regionalOfficer, child, morning);
    let cases = new Set(["900004"]);
    const ports = { schoolsHeard: async () => cases };
    const { job, dayWork } = erasureOfEvidence(ports);
    const day = erasureDay(dayInEngland(morning), 12);
    const on = (today: CivilDate) => dueErasures(database.queries, today, ports);
    expect(await on(civilDate("2027-10-04"))).toEqual([]);
    expect(day).toBe("2027-10-05");
    expect((await on(day)).map(({ id, hold }) => [id, hold])).toEqual([
      [free, null],
      [withAction, "action"],
      [withChild, "escalation"],
      [heard, "case"],
    ]);

    const then = new Date(`${day}T03:00:00Z`);
    const work = async (at: Date) => {
      await database.queries.transaction((queries) => dayWork(queries, dayInEngland(at)));
      const open = (await listJobs(database.queries, { limit: 10 })).find(({ endedAt }) => endedAt === null);
      return open ? (await runToEnd(database, open.id, [job], { clock: () => at })).result : null;
    };
    const before = await viewAudit(database, leadOf("900001"), free, then);
    expect(await work(then)).toEqual({ files: 1, auditsHeld: 3 });
    expect(await work(then)).toBeNull();
    const after = await viewAudit(database, leadOf("900001"), free, then);
    if (!before.ok || !after.ok) throw new Error("out of reach");
    expect(after.value.files).toEqual([{ ...before.value.files[0], erasedAt: expect.stringContaining("2027-10-05") }]);
    const gone = await readEvidence(database, leadOf("900001"), freeFile);
    expect(gone).toMatchObject({
      error: [{ code: "evidence-erased", message: expect.stringContaining("5 October 2027") }],
    });
    const [last] = (await readStream(database.queries, `safeguarding/audit/${free}`)).slice(-1);
    expect(last).toMatchObject({
      kind: "evidence-erased",
      body: { files: [{ id: freeFile, sha256: file.sha256 }], signedOn: "2026-10-05", months: 12 },
    });
    const command = commandOn(database);
    const faults = async () => (await evidenceVerifier.verify(database, silent)).map(({ message }) => message);
    expect(await faults()).toEqual([]);
    const told = await command("list", free);
    expect(told.out).toMatch(/record\.pdf, 15 bytes, added on 5 October 2026, erased on 5 October 2027\n$/);
    expect(await command("get", freeFile)).toMatchObject({ code: 1, error: expect.stringContaining("was erased on") });

    // What held the others ends; an audit that nobody signed keeps its files.
    cases = new Set();
    await answerEscalation(database, regionalOfficer, child.id, { closes: true, words: "Seen to." }, later(400));
    expect(await work(then)).toEqual({ files: 2, auditsHeld: 1 });
    expect((await on(day)).map(({ id, hold }) => [id, hold])).toEqual([[withAction, "action"]]);
    expect(await faults()).toEqual([]);
    await database.queries.execute(
      sql`update safeguarding.evidence_file set bytes = null, erased_at = now() where audit_id = ${begun}`,
    );
    expect(await faults()).toEqual(["its bytes are gone, and the log says nothing of an erasure"]);
    expect(codes(await readEvidence(database, officerActor(1), "0".repeat(16)))).toEqual(["evidence-file-unknown"]);
  });
});
