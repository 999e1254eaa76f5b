// Totals of schools: pupils of January 2023 (school census), teachers and pay of November 2020 (school workforce), units of funding of
// 2023/24 (dedicated schools grant), by phase, region and fifth of deprivation. A fifth holds a fifth of the phase's pupils in England,
// by the share of pupils who were eligible for free school meals in the last six years; the first fifth is the least deprived.
import { number, readRows, round, sum } from "../england/reading.mjs";
import { readSchools } from "../england/schools.mjs";
import { regionCodes } from "./teachers.mjs";
import { trustTotals } from "./trusts.mjs";

const phases = ["primary", "secondary"];

/** Sets the fifth of every school of a phase. */
function divide(schools) {
  const ranked = schools.filter((s) => s.fsm !== null).sort((a, b) => a.fsm - b.fsm || a.urn.localeCompare(b.urn));
  const all = sum(ranked.map((s) => s.size));
  let before = 0;
  for (const school of ranked) {
    school.fifth = Math.min(4, Math.floor((5 * (before + school.size / 2)) / all));
    before += school.size;
  }
  return ranked;
}

const weighted = (schools, key) => {
  const known = schools.filter((s) => s[key] !== null);
  const all = sum(known.map((s) => s.size));
  return all === 0 ? null : sum(known.map((s) => s[key] * s.size)) / all;
};

/** The workforce of November 2020 by URN; only complete rows. */
function workforce(folder) {
  const found = new Map();
  for (const row of readRows(folder, "swf_2021")) {
    const fte = number(row["Total Number of Teachers (Full-Time Equivalent)"]);
    const heads = number(row["Total Number of Teachers (Headcount)"]);
    const pay = number(String(row["Mean Gross FTE Salary of All Teachers (£s)"]).replace("£", ""));
    const ratio = number(row["Pupil:     Teacher Ratio"]);
    if (fte && heads && row.URN) found.set(row.URN, { fte, heads, pay, ratio });
  }
  return found;
}

const deciles = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  return Array.from({ length: 11 }, (_, k) => Math.round(sorted[Math.round((k / 10) * (sorted.length - 1))]));
};

/** Totals of a group of schools; pay in pounds, shares in per cent of pupils, sizes as the deciles of pupils on roll from least to greatest. */
function cell(schools, teachers) {
  const staffed = schools.map((s) => teachers.get(s.urn)).filter(Boolean);
  const paid = staffed.filter((t) => t.pay);
  const rated = schools.filter((s) => teachers.get(s.urn)?.ratio);
  const fte = sum(staffed.map((t) => t.fte));
  return {
    schools: schools.length,
    pupils: sum(schools.map((s) => s.size)),
    disadvantaged: round(weighted(schools, "fsm") ?? 0, 2),
    support: round(weighted(schools, "senSupport") ?? 0, 2),
    plans: round(weighted(schools, "plan") ?? 0, 2),
    fte: round(fte, 1),
    headcount: sum(staffed.map((t) => t.heads)),
    pay: paid.length === 0 ? 0 : Math.round(sum(paid.map((t) => t.pay * t.fte)) / sum(paid.map((t) => t.fte))),
    pupilsPerTeacher:
      rated.length === 0
        ? 0
        : round(sum(rated.map((s) => s.size)) / sum(rated.map((s) => s.size / teachers.get(s.urn).ratio)), 2),
    sizes: deciles(schools.map((s) => s.size)),
  };
}

/** Primary and secondary units of funding by region: pounds a pupil, weighted by pupils, 2023/24. */
function units(folder, all) {
  const rows = readRows(folder, "dsg_allocations_2020_2024_long").filter(
    (r) => r.year === "2023 to 2024" && r.sheet === "Schools_block_and_CSSB",
  );
  const value = (code, label) => number(rows.find((r) => r.la_code === code && r.label === label)?.value);
  const regionOf = new Map(all.map((s) => [s.authority, s.region]));
  const codes = [...new Set(rows.map((r) => r.la_code))].filter((code) => regionOf.has(code));
  return regionCodes.map((region) => {
    const own = codes.filter((code) => regionOf.get(code) === region);
    return [
      ["[A]", "[C]"],
      ["[B]", "[D]"],
    ].map(([unit, pupils]) =>
      round(sum(own.map((c) => value(c, unit) * value(c, pupils))) / sum(own.map((c) => value(c, pupils))), 2),
    );
  });
}

export function schoolTotals(folder) {
  const all = readSchools(folder).filter((s) => s.size > 0 && s.region);
  const teachers = workforce(folder);
  const groups = phases.map((phase) => {
    const schools = divide(all.filter((s) => s.phase === phase));
    return regionCodes.map((region) =>
      [0, 1, 2, 3, 4].map((fifth) => schools.filter((s) => s.region === region && s.fifth === fifth)),
    );
  });
  const each = (of) => groups.map((phase) => phase.map((region) => region.map(of)));
  return {
    cells: each((schools) => cell(schools, teachers)),
    units: units(folder, all),
    trusts: trustTotals(
      folder,
      each((schools) => schools.map(({ urn }) => urn)),
    ),
  };
}
