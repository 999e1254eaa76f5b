import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { readGroupLinks, readGroups, readSchoolLinks, readSchools } from "./gias.js";

const folder = mkdtempSync(join(tmpdir(), "greenpaper-gias-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const header =
  "URN,LA (code),EstablishmentNumber,EstablishmentName,TypeOfEstablishment (name),EstablishmentStatus (name),OpenDate,StatutoryLowAge";

describe("the department's files", () => {
  it("are read as typed rows, Windows-1252 and dates of both shapes included", async () => {
    const lines = `${header}\n100001,201,3614,St Alder\u2019s School,Academy converter,Open,01-09-2012,4\n100002,201,,Fern School,Free schools,Closed,1/9/2013,\n`;
    const path = fileOf("schools.csv", Buffer.from(lines.replace("\u2019", "\x92"), "latin1"));
    const schools = await readSchools(path);
    expect(schools).toMatchObject({
      value: [
        {
          urn: "100001",
          laestab: "2013614",
          name: "St Alder\u2019s School",
          status: "open",
          opened: "2012-09-01",
          lowAge: 4,
        },
        { urn: "100002", laestab: null, status: "closed", opened: "2013-09-01", lowAge: null, phase: null },
      ],
    });
  });

  it("are all or nothing, and every bad line is named with what is wrong", async () => {
    const path = fileOf(
      "bad.csv",
      `${header}\n10001,201,3614,A,T,Open,,\n100002,201,3615,B,T,Ajar,,\n100003,201,3616,C,T,Open,,\n100003,201,3617,,T,Open,,\n100004,,3617,D,T,,,\n`,
    );
    const schools = await readSchools(path);
    if (schools.ok) throw new Error("expected problems");
    expect(schools.error.map(({ code, place }) => `${code} ${place.replace(/^.*bad\.csv, /, "")}`)).toEqual([
      'id-invalid line 2, column "URN"',
      'word-unknown line 3, column "EstablishmentStatus (name)"',
      'value-missing line 5, column "EstablishmentName"',
      "id-twice line 5",
      'value-missing line 6, column "LA (code)"',
      'id-invalid line 6, column "EstablishmentNumber"',
      'value-missing line 6, column "EstablishmentStatus (name)"',
    ]);
    expect(schools.error.every(({ remedy }) => remedy.length > 10)).toBe(true);
  });

  it("say what columns they would need when they are something else", async () => {
    const links = await readGroups(fileOf("links.csv", "URN,LinkURN\n100001,100002\n"));
    expect(links).toMatchObject({
      error: [{ code: "column-missing", message: expect.stringContaining('"Group UID"') }],
    });
  });
});

const real = fileURLToPath(new URL("../../../shared/data/england", import.meta.url));
const reason = existsSync(real) ? "" : " (skipped: ../shared is not here)";

// Counts: published files, counted with Python's csv module.
describe.skipIf(!existsSync(real))(`the department's real files${reason}`, () => {
  it("hold 26,545 establishments of the performance tables of 2022", async () => {
    const schools = await readSchools(join(real, "school_information_2022.csv.gz"));
    if (!schools.ok) throw new Error(schools.error[0]?.message);
    expect(schools.value).toHaveLength(26_545);
    expect(schools.value.filter(({ status }) => status === "closed")).toHaveLength(2_512);
    expect(schools.value.filter(({ phase }) => phase === "primary")).toHaveLength(19_412);
    expect(schools.value.filter(({ opened }) => opened !== null)).toHaveLength(2_664);
  });

  it("hold 9,804 academies of 2021 with region and age range", async () => {
    const schools = await readSchools(join(real, "gias_academies_2021-12-31.csv.gz"));
    if (!schools.ok) throw new Error(schools.error[0]?.message);
    expect(schools.value).toHaveLength(9_804);
    expect(schools.value.filter(({ region }) => region === "South West")).toHaveLength(1_368);
    expect(schools.value.filter(({ phase }) => phase === "16-plus")).toHaveLength(64);
  });

  it("hold 7,177 groups, 18,934 memberships of academies and 35,239 links between schools", async () => {
    const groups = await readGroups(join(real, "gias_groups_2026-08-21.csv.gz"));
    const members = await readGroupLinks(join(real, "gias_grouplinks_academies_2024-03-29.csv.gz"));
    const links = await readSchoolLinks(join(real, "gias_links_2026-08-21.csv.gz"));
    if (!groups.ok || !members.ok || !links.ok) throw new Error("a real file was refused");
    expect(groups.value).toHaveLength(7_177);
    expect(groups.value.filter(({ companyNumber }) => companyNumber !== null)).toHaveLength(3_492);
    expect(groups.value.filter(({ closed }) => closed !== null)).toHaveLength(2_186);
    expect(members.value).toHaveLength(18_934);
    expect(members.value.every(({ joined }) => joined !== null)).toBe(true);
    expect(links.value).toHaveLength(35_239);
    expect(links.value.filter(({ established }) => established === null)).toHaveLength(8_271);
  });
});
