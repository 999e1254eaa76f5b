import {
  type AuthorityCode,
  type CivilDate,
  type Laestab,
  type Problem,
  type Progress,
  parseAuthorityCode,
  parseLaestab,
  parseUkprn,
  parseUrn,
  type Result,
  type Ukprn,
  type Urn,
} from "../kernel/index.js";
import type { SourceFile } from "./file-bytes.js";
import { type DepartmentLayout, readDepartmentFile } from "./gias-table.js";
import { phaseWords, type RegisterStatus, type SchoolPhase, statusWords } from "./gias-words.js";
import type { RowFields } from "./record-rows.js";

/** An establishment as the department's register or performance tables describe it; null where the file is silent. */
export interface SchoolRow {
  readonly urn: Urn;
  readonly laestab: Laestab | null;
  readonly ukprn: Ukprn | null;
  readonly name: string;
  readonly authority: AuthorityCode;
  readonly authorityName: string | null;
  /** As the register has it, as "Academy sponsor led". */
  readonly type: string;
  /** As "Academies" or "Local authority maintained schools"; the performance tables' minor group. */
  readonly typeGroup: string | null;
  readonly status: RegisterStatus;
  readonly phase: SchoolPhase | null;
  readonly opened: CivilDate | null;
  readonly closed: CivilDate | null;
  /** Statutory ages in years. */
  readonly lowAge: number | null;
  readonly highAge: number | null;
  readonly gender: string | null;
  readonly religiousCharacter: string | null;
  readonly admissions: string | null;
  readonly boarders: string | null;
  readonly sixthForm: string | null;
  readonly capacity: number | null;
  readonly pupils: number | null;
  /** Pupils eligible for free school meals, 0–100. */
  readonly freeSchoolMealsPercent: number | null;
  readonly street: string | null;
  readonly locality: string | null;
  readonly town: string | null;
  readonly county: string | null;
  readonly postcode: string | null;
  readonly website: string | null;
  /** Government office region, as "South West". */
  readonly region: string | null;
  readonly constituency: string | null;
  /** Metres on the national grid. */
  readonly easting: number | null;
  readonly northing: number | null;
  /** File and line. */
  readonly place: string;
}

/** The register writes "Not recorded" where it has nothing. */
function recorded(text: string | null): string | null {
  return text === "Not recorded" ? null : text;
}

/** Authority and establishment number as one; null where the establishment has no number. */
function laestabOf(fields: RowFields, authority: string, establishmentColumn: string): Laestab | null {
  return fields.id(establishmentColumn, (number) => parseLaestab(`${authority}${number.padStart(4, "0")}`));
}

/** The register of schools (GIAS), whole or an extract of it. */
const gias: DepartmentLayout<SchoolRow> = {
  name: "the register of schools (GIAS)",
  columns: {
    needed: ["URN", "LA (code)", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentStatus (name)"],
    texts: [
      ...[
        "LA (name)",
        "EstablishmentNumber",
        "EstablishmentTypeGroup (name)",
        "PhaseOfEducation (name)",
        "Boarders (name)",
      ],
      ...["OfficialSixthForm (name)", "Gender (name)", "ReligiousCharacter (name)", "AdmissionsPolicy (name)", "UKPRN"],
      ...["Street", "Locality", "Town", "County (name)", "Postcode", "SchoolWebsite", "GOR (name)"],
      "ParliamentaryConstituency (name)",
    ],
    dates: ["OpenDate", "CloseDate"],
    numbers: [
      ...["StatutoryLowAge", "StatutoryHighAge", "SchoolCapacity", "NumberOfPupils", "PercentageFSM"],
      ...["Easting", "Northing"],
    ],
  },
  shape(fields) {
    const authority = fields.neededId("LA (code)", parseAuthorityCode);
    return {
      urn: fields.neededId("URN", parseUrn),
      laestab: laestabOf(fields, authority, "EstablishmentNumber"),
      ukprn: fields.id("UKPRN", parseUkprn),
      name: fields.needed("EstablishmentName"),
      authority,
      authorityName: fields.text("LA (name)"),
      type: fields.needed("TypeOfEstablishment (name)"),
      typeGroup: fields.text("EstablishmentTypeGroup (name)"),
      status: fields.neededWord("EstablishmentStatus (name)", statusWords),
      phase: fields.word("PhaseOfEducation (name)", phaseWords),
      opened: fields.day("OpenDate"),
      closed: fields.day("CloseDate"),
      lowAge: fields.number("StatutoryLowAge"),
      highAge: fields.number("StatutoryHighAge"),
      gender: fields.text("Gender (name)"),
      religiousCharacter: fields.text("ReligiousCharacter (name)"),
      admissions: fields.text("AdmissionsPolicy (name)"),
      boarders: fields.text("Boarders (name)"),
      sixthForm: fields.text("OfficialSixthForm (name)"),
      capacity: fields.number("SchoolCapacity"),
      pupils: fields.number("NumberOfPupils"),
      freeSchoolMealsPercent: fields.number("PercentageFSM"),
      street: fields.text("Street"),
      locality: fields.text("Locality"),
      town: fields.text("Town"),
      county: recorded(fields.text("County (name)")),
      postcode: fields.text("Postcode"),
      website: fields.text("SchoolWebsite"),
      region: fields.text("GOR (name)"),
      constituency: fields.text("ParliamentaryConstituency (name)"),
      easting: fields.number("Easting"),
      northing: fields.number("Northing"),
      place: fields.place(),
    };
  },
  keyOf: (row) => `URN ${row.urn}`,
};

const flagWords: ReadonlyMap<string, boolean> = new Map([
  ["1", true],
  ["0", false],
]);

/** The performance tables say which stages a school teaches, by three flags; that decides the phase. */
function phaseOfFlags(fields: RowFields): SchoolPhase | null {
  const [primary, secondary, after16] = ["ISPRIMARY", "ISSECONDARY", "ISPOST16"].map((flag) =>
    fields.word(flag, flagWords),
  );
  if (primary && (secondary || after16)) return "all-through";
  if (primary) return "primary";
  if (secondary) return "secondary";
  return after16 ? "16-plus" : null;
}

/** The school information file of the performance tables. */
const performanceTables: DepartmentLayout<SchoolRow> = {
  name: "the performance tables' school information",
  columns: {
    needed: ["URN", "LA", "SCHNAME", "SCHOOLTYPE", "SCHSTATUS"],
    texts: [
      ...["LANAME", "ESTAB", "MINORGROUP", "ISPRIMARY", "ISSECONDARY", "ISPOST16", "GENDER", "RELCHAR", "ADMPOL"],
      ...["STREET", "LOCALITY", "TOWN", "POSTCODE"],
    ],
    dates: ["OPENDATE", "CLOSEDATE"],
    numbers: ["AGELOW", "AGEHIGH"],
  },
  shape(fields) {
    const authority = fields.neededId("LA", parseAuthorityCode);
    return {
      urn: fields.neededId("URN", parseUrn),
      laestab: laestabOf(fields, authority, "ESTAB"),
      ukprn: null,
      name: fields.needed("SCHNAME"),
      authority,
      authorityName: fields.text("LANAME"),
      type: fields.needed("SCHOOLTYPE"),
      typeGroup: fields.text("MINORGROUP"),
      status: fields.neededWord("SCHSTATUS", statusWords),
      phase: phaseOfFlags(fields),
      opened: fields.day("OPENDATE"),
      closed: fields.day("CLOSEDATE"),
      lowAge: fields.number("AGELOW"),
      highAge: fields.number("AGEHIGH"),
      gender: fields.text("GENDER"),
      religiousCharacter: fields.text("RELCHAR"),
      admissions: fields.text("ADMPOL"),
      boarders: null,
      sixthForm: null,
      capacity: null,
      pupils: null,
      freeSchoolMealsPercent: null,
      street: fields.text("STREET"),
      locality: fields.text("LOCALITY"),
      town: fields.text("TOWN"),
      county: null,
      postcode: fields.text("POSTCODE"),
      website: null,
      region: null,
      constituency: null,
      easting: null,
      northing: null,
      place: fields.place(),
    };
  },
  keyOf: (row) => `URN ${row.urn}`,
};

/** The establishments behind the department's school profiles: fewer schools, with their place on the map. */
const profileEstablishments: DepartmentLayout<SchoolRow> = {
  name: "the school profiles' establishments",
  columns: {
    needed: ["URN", "LAId", "EstablishmentName", "TypeOfEstablishmentName", "EstablishmentStatusName"],
    texts: [
      ...["LAName", "EstablishmentNumber", "EstablishmentTypeGroupName", "PhaseOfEducationName", "GenderName"],
      ...["ReligiousCharacterName", "AdmissionsPolicyName", "OfficialSixthFormName", "UKPRN", "Website"],
      ...["Street", "Locality", "Town", "County", "Postcode", "RegionName"],
    ],
    dates: [],
    numbers: ["AgeRangeLow", "AgeRangeHigh", "TotalCapacity", "TotalPupils", "Easting", "Northing"],
  },
  shape(fields) {
    const authority = fields.neededId("LAId", parseAuthorityCode);
    return {
      urn: fields.neededId("URN", parseUrn),
      laestab: laestabOf(fields, authority, "EstablishmentNumber"),
      ukprn: fields.id("UKPRN", parseUkprn),
      name: fields.needed("EstablishmentName"),
      authority,
      authorityName: fields.text("LAName"),
      type: fields.needed("TypeOfEstablishmentName"),
      typeGroup: fields.text("EstablishmentTypeGroupName"),
      status: fields.neededWord("EstablishmentStatusName", statusWords),
      phase: fields.word("PhaseOfEducationName", phaseWords),
      opened: null,
      closed: null,
      lowAge: fields.number("AgeRangeLow"),
      highAge: fields.number("AgeRangeHigh"),
      gender: fields.text("GenderName"),
      religiousCharacter: fields.text("ReligiousCharacterName"),
      admissions: fields.text("AdmissionsPolicyName"),
      boarders: null,
      sixthForm: fields.text("OfficialSixthFormName"),
      capacity: fields.number("TotalCapacity"),
      pupils: fields.number("TotalPupils"),
      freeSchoolMealsPercent: null,
      street: fields.text("Street"),
      locality: fields.text("Locality"),
      town: fields.text("Town"),
      county: recorded(fields.text("County")),
      postcode: fields.text("Postcode"),
      website: fields.text("Website"),
      region: fields.text("RegionName"),
      constituency: null,
      easting: fields.number("Easting"),
      northing: fields.number("Northing"),
      place: fields.place(),
    };
  },
  keyOf: (row) => `URN ${row.urn}`,
};

/** Every way in which the department writes schools. */
export const schoolLayouts: readonly DepartmentLayout<SchoolRow>[] = [gias, performanceTables, profileEstablishments];

/**
 * Reads schools from an extract of the department's register (GIAS, `edubase…csv`), from the performance tables' school
 * information, or from the school profiles' establishments, whichever the header shows; all or nothing.
 */
export function readSchools(
  path: string | SourceFile,
  progress?: Progress,
): Promise<Result<readonly SchoolRow[], readonly Problem[]>> {
  return readDepartmentFile(path, schoolLayouts, progress);
}
