/** A kind of file that people may send: its media type, and whether bytes look like one. */
interface FileType {
  readonly media: string;
  /** @param begin the first bytes of the file, at most 64 KiB */
  readonly fits: (begin: Buffer) => boolean;
}

const begins =
  (...bytes: readonly number[]) =>
  (begin: Buffer) =>
    bytes.every((byte, at) => begin[at] === byte);

/** Text in any encoding of one byte a character or UTF-8: no control characters but tab and line ends. */
const isText = (begin: Buffer) => !begin.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);

const zip = begins(0x50, 0x4b, 0x03, 0x04);
const jpeg: FileType = { media: "image/jpeg", fits: begins(0xff, 0xd8, 0xff) };

/** By the extension of the name. A file must be what its name says: what it holds is looked at. */
const fileTypes: Readonly<Record<string, FileType>> = {
  pdf: { media: "application/pdf", fits: (begin) => begin.subarray(0, 1024).includes("%PDF-") },
  csv: { media: "text/csv", fits: isText },
  txt: { media: "text/plain", fits: isText },
  png: { media: "image/png", fits: begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) },
  jpg: jpeg,
  jpeg,
  docx: { media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", fits: zip },
  xlsx: { media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", fits: zip },
  json: { media: "application/json", fits: isText },
  geojson: { media: "application/geo+json", fits: isText },
  zip: { media: "application/zip", fits: zip },
  gz: { media: "application/gzip", fits: begins(0x1f, 0x8b) },
};

/** Extensions that can be asked for. */
export function isKnownType(extension: string): boolean {
  return Object.hasOwn(fileTypes, extension);
}

/** The media type of a file by its name and content, where it is one of those asked for and is what its name says; else null. */
export function mediaTypeOf(name: string, content: Buffer, extensions: readonly string[]): string | null {
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const type = extensions.includes(extension) ? fileTypes[extension] : undefined;
  return type?.fits(content.subarray(0, 65_536)) ? type.media : null;
}
