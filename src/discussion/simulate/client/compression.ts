import type { ByteTransform } from "../../../simulation/scenario/index.js";

/** Bytes longer than any scenario's aren't unpacked: a link may have been made to fill memory. */
const mostBytes = 1_000_000;

async function through(bytes: Uint8Array, transform: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const writer = transform.writable.getWriter();
  const written = writer.write(new Uint8Array(bytes)).then(() => writer.close());
  const reader: ReadableStreamDefaultReader<Uint8Array> = transform.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  const read = async () => {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      length += part.value.length;
      if (length > mostBytes) throw new RangeError("it unpacks to more than any scenario");
    }
  };
  await Promise.all([written, read()]);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Deflate without a header, as Node's `deflateRaw`. */
export const deflateBytes: ByteTransform = (bytes) => through(bytes, new CompressionStream("deflate-raw"));

/** Its inverse. */
export const inflateBytes: ByteTransform = (bytes) => through(bytes, new DecompressionStream("deflate-raw"));
