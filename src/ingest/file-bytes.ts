import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { FileFault, problem } from "./problems.js";

/** A file to be read. */
export interface SourceFile {
  /** An absolute path. */
  readonly path: string;
  /** What a person reads in messages, as `data/pupils.csv`. */
  readonly shown: string;
}

/** How far the reading of a file has come. */
export interface BytesReport {
  /** Bytes taken from the disk so far. */
  bytesRead: number;
  /** Bytes on the disk. */
  size: number;
}

const chunkBytes = 1 << 20;

/** Whether bytes begin with others. */
export const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, i) => bytes[i] === byte);

/** The failure of the file system or of the archive, as a problem a person can act on. */
function asFileFault(error: unknown, shown: string): FileFault {
  if (error instanceof FileFault) return error;
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOENT" || code === "ENOTDIR")
    return new FileFault(problem("file-missing", shown, "there is no such file"), error);
  if (code.startsWith("Z_"))
    return new FileFault(problem("file-cut-off", shown, `the compressed file is damaged or cut off (${code})`), error);
  return new FileFault(problem("file-unreadable", shown, `the file can't be read (${code || String(error)})`), error);
}

/**
 * The size of a file and its first bytes.
 * @throws {FileFault} when there is none, it is a folder, or it may not be read.
 */
export async function inspectFile(file: SourceFile): Promise<{ head: Uint8Array; size: number }> {
  try {
    const found = await stat(file.path);
    if (!found.isFile()) throw new FileFault(problem("file-unreadable", file.shown, "this is a folder, not a file"));
    const handle = await open(file.path);
    try {
      const head = new Uint8Array(16);
      const { bytesRead } = await handle.read(head, 0, 16, 0);
      return { head: head.subarray(0, bytesRead), size: found.size };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asFileFault(error, file.shown);
  }
}

/**
 * The bytes of a file in pieces, unpacked where it is a gzip archive, whatever its name.
 * @throws {FileFault} when it can't be read or the archive is damaged.
 */
export async function* readBytes(file: SourceFile, report: BytesReport): AsyncGenerator<Uint8Array> {
  const { head, size } = await inspectFile(file);
  report.size = size;
  const raw = createReadStream(file.path, { highWaterMark: chunkBytes });
  const stream = startsWith(head, 0x1f, 0x8b) ? raw.pipe(createGunzip({ chunkSize: chunkBytes })) : raw;
  raw.on("error", (error) => stream.destroy(error));
  try {
    for await (const chunk of stream) {
      report.bytesRead = raw.bytesRead;
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw asFileFault(error, file.shown);
  } finally {
    raw.destroy();
  }
}
