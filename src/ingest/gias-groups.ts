import {
  type CivilDate,
  type CompanyNumber,
  type GroupUid,
  type Problem,
  type Progress,
  parseCompanyNumber,
  parseGroupUid,
  parseUkprn,
  parseUrn,
  type Result,
  type Ukprn,
  type Urn,
} from "../kernel/index.js";
import type { SourceFile } from "./file-bytes.js";
import { type DepartmentLayout, readDepartmentFile } from "./gias-table.js";
import { type RegisterStatus, statusWords } from "./gias-words.js";

/** A group of the register: trust, federation, sponsor, children's centres; null where the file is silent. */
export interface GroupRow {
  readonly uid: GroupUid;
  /** The longer id, as `TR00001`. */
  readonly groupId: string | null;
  readonly name: string;
  /** As "Multi-academy trust". */
  readonly type: string;
  readonly status: RegisterStatus;
  readonly companyNumber: CompanyNumber | null;
  readonly ukprn: Ukprn | null;
  /** The day of opening or, for a company, of incorporation. */
  readonly opened: CivilDate | null;
  readonly closed: CivilDate | null;
  readonly town: string | null;
  readonly postcode: string | null;
  /** File and line. */
  readonly place: string;
}

/** The layout of the groups. */
export const groupsLayout: DepartmentLayout<GroupRow> = {
  name: "the register's groups (GIAS)",
  columns: {
    needed: ["Group UID", "Group Name", "Group Type", "Group Status"],
    texts: ["Group ID", "Companies House Number", "UKPRN", "Group Town", "Group Postcode"],
    dates: ["Open date", "Incorporated on (open date)", "Closed Date"],
    numbers: [],
  },
  shape: (fields) => ({
    uid: fields.neededId("Group UID", parseGroupUid),
    groupId: fields.text("Group ID"),
    name: fields.needed("Group Name"),
    type: fields.needed("Group Type"),
    status: fields.neededWord("Group Status", statusWords),
    companyNumber: fields.id("Companies House Number", parseCompanyNumber),
    ukprn: fields.id("UKPRN", parseUkprn),
    opened: fields.day("Open date") ?? fields.day("Incorporated on (open date)"),
    closed: fields.day("Closed Date"),
    town: fields.text("Group Town"),
    postcode: fields.text("Group Postcode"),
    place: fields.place(),
  }),
  keyOf: (row) => `UID ${row.uid}`,
};

/** Reads the register's groups (`allgroupsdata.csv`), all or nothing. */
export function readGroups(
  path: string | SourceFile,
  progress?: Progress,
): Promise<Result<readonly GroupRow[], readonly Problem[]>> {
  return readDepartmentFile(path, [groupsLayout], progress);
}

/** A school in a group. */
export interface GroupLinkRow {
  readonly urn: Urn;
  readonly groupUid: GroupUid;
  readonly joined: CivilDate | null;
  readonly schoolName: string | null;
  readonly groupName: string | null;
  /** As "School sponsor": a school can be in a trust and have a sponsor. */
  readonly groupType: string | null;
  /** File and line. */
  readonly place: string;
}

/** The layout of the schools' groups. */
export const groupLinksLayout: DepartmentLayout<GroupLinkRow> = {
  name: "the register's links of schools and groups (GIAS)",
  columns: {
    needed: ["URN", "Linked UID"],
    texts: ["Group Name", "Group Type", "EstablishmentName"],
    dates: ["Joined date"],
    numbers: [],
  },
  shape: (fields) => ({
    urn: fields.neededId("URN", parseUrn),
    groupUid: fields.neededId("Linked UID", parseGroupUid),
    joined: fields.day("Joined date"),
    schoolName: fields.text("EstablishmentName"),
    groupName: fields.text("Group Name"),
    groupType: fields.text("Group Type"),
    place: fields.place(),
  }),
  keyOf: (row) => `URN ${row.urn} in group ${row.groupUid}`,
};

/** Reads which schools are in which groups (`grouplinks_edubase….csv`), all or nothing. */
export function readGroupLinks(
  path: string | SourceFile,
  progress?: Progress,
): Promise<Result<readonly GroupLinkRow[], readonly Problem[]>> {
  return readDepartmentFile(path, [groupLinksLayout], progress);
}

/** A school that came before or after another, or is bound to it in another way. */
export interface SchoolLinkRow {
  readonly urn: Urn;
  readonly linkUrn: Urn;
  readonly linkName: string | null;
  /** As "Predecessor", "Successor - merged", "Sixth Form Centre Link"; the linked school is this to the school. */
  readonly linkType: string;
  readonly established: CivilDate | null;
  /** File and line. */
  readonly place: string;
}

/** The layout of the links between schools. */
export const schoolLinksLayout: DepartmentLayout<SchoolLinkRow> = {
  name: "the register's links between schools (GIAS)",
  columns: {
    needed: ["URN", "LinkURN", "LinkType"],
    texts: ["LinkName"],
    dates: ["LinkEstablishedDate"],
    numbers: [],
  },
  shape: (fields) => ({
    urn: fields.neededId("URN", parseUrn),
    linkUrn: fields.neededId("LinkURN", parseUrn),
    linkName: fields.text("LinkName"),
    linkType: fields.needed("LinkType"),
    established: fields.day("LinkEstablishedDate"),
    place: fields.place(),
  }),
  keyOf: (row) => `${row.linkType} ${row.linkUrn} of URN ${row.urn} (${row.established ?? "no date"})`,
};

/** Reads how schools follow each other (`links_edubase….csv`), all or nothing. */
export function readSchoolLinks(
  path: string | SourceFile,
  progress?: Progress,
): Promise<Result<readonly SchoolLinkRow[], readonly Problem[]>> {
  return readDepartmentFile(path, [schoolLinksLayout], progress);
}
