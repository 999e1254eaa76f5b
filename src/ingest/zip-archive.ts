import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { err, ok, type Problem, type Result } from "../kernel/index.js";
import { inspectFile, type SourceFile, startsWith } from "./file-bytes.js";
import { FileFault, problem } from "./problems.js";

/** A file in an archive, from the directory at its end. */
interface Member {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly header: number;
}

/** More than any download of the department, and little enough for a disk. */
const mostBytes = 2_000_000_000;

/** Whether a file is a zip archive, by its first bytes. @throws {FileFault} when it can't be read. */
export async function isZip(file: SourceFile): Promise<boolean> {
  return startsWith((await inspectFile(file)).head, 0x50, 0x4b, 3, 4);
}

const unreadable = (file: SourceFile, message: string) =>
  new FileFault(problem("archive-unreadable", file.shown, message));

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The archive's directory. @throws {FileFault} where it has none that can be read. */
async function membersOf(file: SourceFile, handle: FileHandle): Promise<readonly Member[]> {
  const { size } = await handle.stat();
  const tail = await readAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw unreadable(file, "the archive has no directory at its end: it is cut off");
  const [count, length, start] = [
    tail.readUInt16LE(end + 10),
    tail.readUInt32LE(end + 12),
    tail.readUInt32LE(end + 16),
  ];
  if (start === 0xffffffff) throw unreadable(file, "the archive is larger than four gigabytes");
  const directory = await readAt(handle, start, length);
  const members: Member[] = [];
  for (let at = 0, k = 0; k < count; k++) {
    if (directory.length < at + 46 || directory.readUInt32LE(at) !== 0x02014b50)
      throw unreadable(file, "the archive's directory is damaged");
    const nameLength = directory.readUInt16LE(at + 28);
    members.push({
      name: directory.toString("utf8", at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      header: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return members;
}

/** Stops an archive that unpacks to more than its directory says. */
function held(file: SourceFile, member: Member): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(bytes > member.unpacked ? unreadable(file, `${member.name} is larger than it says`) : null, chunk);
    },
    flush(done) {
      done(bytes < member.unpacked ? unreadable(file, `${member.name} is cut off`) : null);
    },
  });
}

async function unpack(file: SourceFile, handle: FileHandle, member: Member, to: string): Promise<void> {
  if (member.method !== 0 && member.method !== 8)
    throw unreadable(file, `${member.name} is packed in a way that is not known (${member.method})`);
  const local = await readAt(handle, member.header, 30);
  if (local.length < 30 || local.readUInt32LE(0) !== 0x04034b50) throw unreadable(file, `${member.name} is damaged`);
  const start = member.header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (member.packed === 0) throw unreadable(file, `${member.name} is empty`);
  const packed = createReadStream(file.path, { start, end: start + member.packed - 1 });
  try {
    if (member.method === 8) await pipeline(packed, createInflateRaw(), held(file, member), createWriteStream(to));
    else await pipeline(packed, held(file, member), createWriteStream(to));
  } catch (error) {
    if (error instanceof FileFault) throw error;
    throw unreadable(file, `${member.name} is damaged (${error instanceof Error ? error.message : error})`);
  }
}

/**
 * Unpacks the CSV files of a zip archive into a folder. Names of folders inside it are dropped, so nothing lands elsewhere.
 * @returns the files, each shown as `archive.zip: name.csv`
 */
export async function unpackZip(
  file: SourceFile,
  folder: string,
): Promise<Result<readonly SourceFile[], readonly Problem[]>> {
  const handle = await open(file.path);
  try {
    const members = (await membersOf(file, handle)).filter(({ name }) => /\.csv$/i.test(name));
    if (members.length === 0) throw unreadable(file, "there is no CSV file in the archive");
    if (members.reduce((sum, { unpacked }) => sum + unpacked, 0) > mostBytes)
      throw unreadable(file, "the archive unpacks to more than two gigabytes");
    const files: SourceFile[] = [];
    for (const member of members) {
      const name = basename(member.name.replaceAll("\\", "/"));
      const path = join(folder, `${files.length}-${name}`);
      await unpack(file, handle, member, path);
      files.push({ path, shown: `${file.shown}: ${name}` });
    }
    return ok(files);
  } catch (error) {
    if (error instanceof FileFault) return err([error.problem]);
    throw error;
  } finally {
    await handle.close();
  }
}
