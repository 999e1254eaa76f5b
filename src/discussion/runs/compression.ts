import { promisify } from "node:util";
import { deflateRaw, type InputType, inflateRaw, type ZlibOptions } from "node:zlib";
import type { ByteTransform } from "../../simulation/scenario/index.js";

const pack = promisify(deflateRaw as (bytes: InputType, done: (error: Error | null, packed: Buffer) => void) => void);
const unpack = promisify(
  inflateRaw as (bytes: InputType, options: ZlibOptions, done: (error: Error | null, bytes: Buffer) => void) => void,
);

/** Deflate without a header, as the browser's `CompressionStream("deflate-raw")` writes and reads it. */
export const deflateBytes: ByteTransform = async (bytes) => new Uint8Array(await pack(bytes));

/** The inverse; more than a megabyte isn't unpacked, since no scenario is as long. */
export const inflateBytes: ByteTransform = async (bytes) =>
  new Uint8Array(await unpack(bytes, { maxOutputLength: 1_000_000 }));
