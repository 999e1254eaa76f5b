import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { DatabaseError } from "./errors.js";

/** Who holds a folder: enough to tell a running process from a dead one whose number was given to another. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's ticks since the machine started; null where the system doesn't say. */
  readonly began: string | null;
  readonly command: string;
  readonly since: string;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

/** The process's start in ticks, the 22nd field of Linux's `/proc/PID/stat`; null elsewhere. */
function beginningOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null; // the name in brackets may hold spaces
  } catch {
    return null;
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true; // another machine's processes can't be seen from here
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false;
  }
  return owner.began === null || owner.began === beginningOf(owner.pid);
}

function readOwner(text: string): Owner | null {
  try {
    const owner = JSON.parse(text) as Owner;
    return Number.isInteger(owner.pid) && typeof owner.host === "string" ? owner : null;
  } catch {
    return null;
  }
}

function inUse(folder: string, owner: Owner): DatabaseError {
  const who = owner.pid === process.pid && owner.host === hostname() ? "this same process" : `process ${owner.pid}`;
  const where = owner.host === hostname() ? "" : ` on ${owner.host}`;
  return new DatabaseError(
    "database-folder-in-use",
    `the embedded database in ${folder} is in use by ${who}${where} (${owner.command}, since ${owner.since})`,
  );
}

/** Takes a dead owner's lock away, whole: of several processes that try, one renames the file and the others find none. */
function removeDead(file: string, text: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (readFileSync(aside, "utf8") !== text) linkSync(aside, file); // a new owner came between the look and the move
  rmSync(aside);
}

/**
 * Takes a folder for this process: PGlite has no lock of its own, and two processes on one folder lose rows.
 * A live process's lock is never taken, however long it is silent; a dead one's is.
 *
 * @param file the lock's path, beside the database's own files
 * @returns gives the folder back; also done when the process ends by itself
 * @throws {DatabaseError} `database-folder-in-use` with the process, `database-folder-unusable`
 */
export function takeFolder(folder: string, file: string): () => void {
  const owner: Owner = {
    pid: process.pid,
    host: hostname(),
    began: beginningOf(process.pid),
    command: process.argv.slice(1, 3).join(" ") || process.title,
    since: new Date().toISOString().slice(0, 19).replace("T", " "),
  };
  const mine = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(mine, JSON.stringify(owner), { flag: "wx" });
  } catch (error) {
    throw new DatabaseError("database-folder-unusable", `can't write in ${folder} (${codeOf(error)})`, error);
  }
  try {
    for (;;) {
      try {
        linkSync(mine, file); // appears with its whole content or not at all
        break;
      } catch (error) {
        if (codeOf(error) !== "EEXIST") throw error;
      }
      let text: string;
      try {
        text = readFileSync(file, "utf8");
      } catch (error) {
        if (codeOf(error) === "ENOENT") continue;
        throw error;
      }
      const other = readOwner(text);
      if (other !== null && isAlive(other)) throw inUse(folder, other);
      removeDead(file, text);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const giveBack = () => {
    process.off("exit", giveBack);
    rmSync(file, { force: true });
  };
  process.on("exit", giveBack);
  return giveBack;
}
