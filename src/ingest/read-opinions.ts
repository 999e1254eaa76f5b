import type { CivilDate, GroupUid, Problem, Result, Urn } from "../kernel/index.js";
import { parseGroupUid, parseUrn } from "../kernel/index.js";
import { type DepartmentLayout, readDepartmentFile } from "./gias-table.js";
import { asFile } from "./handed-file.js";
import { sourceFile } from "./source-file.js";

/** One line of a table of auditors' opinions; the words are for the rule to judge. */
export interface OpinionRow {
  readonly trustUid: GroupUid | null;
  readonly urn: Urn | null;
  readonly yearEnd: CivilDate | null;
  readonly opinion: string | null;
  readonly grounds: string | null;
  readonly regularity: string | null;
  readonly regularityGrounds: string | null;
  readonly signedOn: CivilDate | null;
  readonly auditor: string | null;
  readonly documentSha256: string | null;
  /** File and line. */
  readonly place: string;
}

/** The columns; the hash comes last, so that a file that was cut off in its last line is found out. */
const opinions: DepartmentLayout<OpinionRow> = {
  name: "a table of auditors' opinions",
  columns: {
    needed: ["trust_uid", "urn", "opinion", "auditor", "document_sha256"],
    texts: ["grounds", "regularity", "regularity_grounds"],
    dates: ["year_end", "signed_on"],
    numbers: [],
  },
  shape: (fields) => ({
    trustUid: fields.id("trust_uid", parseGroupUid),
    urn: fields.id("urn", parseUrn),
    yearEnd: fields.day("year_end"),
    opinion: fields.text("opinion"),
    grounds: fields.text("grounds"),
    regularity: fields.text("regularity"),
    regularityGrounds: fields.text("regularity_grounds"),
    signedOn: fields.day("signed_on"),
    auditor: fields.text("auditor"),
    documentSha256: fields.text("document_sha256"),
    place: fields.place(),
  }),
  keyOf: ({ trustUid, urn, yearEnd }) =>
    trustUid === null ? `URN ${urn} to ${yearEnd}` : `group ${trustUid} to ${yearEnd}`,
};

/** Reads a table of auditors' opinions, all or nothing. */
export function readOpinions(path: string): Promise<Result<readonly OpinionRow[], readonly Problem[]>> {
  return readDepartmentFile(sourceFile(path), [opinions]);
}

/** {@link readOpinions} of a file that somebody handed in. @param name as the reader knows the file */
export function readHandedOpinions(
  bytes: Uint8Array,
  name: string,
): Promise<Result<readonly OpinionRow[], readonly Problem[]>> {
  return asFile(bytes, (path) => readDepartmentFile({ path, shown: name }, [opinions]));
}
