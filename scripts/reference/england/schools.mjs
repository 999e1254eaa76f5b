// Targets about schools, from the January 2023 school census, school information 2021/22 and the groups' register of March 2024.
import {
  correlation,
  covariance,
  groupBy,
  mean,
  normalScores,
  number,
  quantiles,
  readRows,
  round,
  sum,
} from "./reading.mjs";

const types = {
  "State-funded primary": "primary",
  "State-funded secondary": "secondary",
  "State-funded special school": "special",
  "State-funded AP school": "alternative",
};
const latentNames = ["size", "fsm", "eal", "senSupport", "plan", "intake"];

/** Schools of the census with region, age range and, where the numbers agree, the expected outcome of their pupils. */
export function readSchools(folder) {
  const regionOf = new Map(
    readRows(folder, "attendance_ytd")
      .filter((row) => row.geographic_level === "Local authority")
      .map((row) => [row.old_la_code, row.region_code]),
  );
  regionOf.set("909", "E12000002");
  const information = new Map(readRows(folder, "school_information_2022").map((row) => [row.URN, row]));
  const intakes = { primary: primaryIntakes(folder), secondary: secondaryIntakes(folder) };
  return readRows(folder, "census_2023")
    .filter((row) => types[row.SCHOOLTYPE] && row.URN !== "NAT")
    .map((row) => {
      const phase = types[row.SCHOOLTYPE];
      return {
        urn: row.URN,
        phase,
        authority: row.LA,
        region: regionOf.get(row.LA),
        size: number(row.NOR),
        fsm: number(row.PNUMFSMEVER),
        eal: number(row.PNUMEAL),
        senSupport: number(row.PSENELK),
        plan: number(row.PSENELSE),
        intake: intakes[phase]?.get(row.URN) ?? null,
        lowAge: number(information.get(row.URN)?.AGELOW),
        highAge: number(information.get(row.URN)?.AGEHIGH),
        selective: information.get(row.URN)?.ADMPOL === "Selective",
      };
    });
}

/** What pupils with the same prior attainment reach nationally, averaged over a school: its outcome less its progress. */
export function primaryIntakes(folder) {
  const found = new Map();
  for (const row of readRows(folder, "ks2_2018")) {
    const values = ["Reading Score", "Maths Score", "Reading Progress", "Maths Progress"].map((key) =>
      number(row[key]),
    );
    if (!values.includes(null)) found.set(row.URN, (values[0] + values[1] - values[2] - values[3]) / 2);
  }
  return found;
}

export function secondaryIntakes(folder) {
  const found = new Map();
  for (const row of readRows(folder, "ks4provisional_2019")) {
    const [attainment, progress] = [number(row.ATT8SCR), number(row.P8MEA_ORIG)];
    if (row.RECTYPE === "1" && attainment !== null && progress !== null) found.set(row.URN, attainment - 10 * progress);
  }
  return found;
}

const isInfant = (school) => school.highAge !== null && school.highAge <= 10;
const isJunior = (school) => !isInfant(school) && school.lowAge !== null && school.lowAge >= 7;

/** Counts, sizes and intakes by region for one phase. */
export function phaseTargets(schools, phase) {
  const regions = {};
  const ofPhase = schools.filter((school) => school.phase === phase);
  for (const [region, inside] of [...groupBy(ofPhase, (school) => school.region)].sort()) {
    const column = (key) => inside.map((school) => school[key]);
    regions[region] = {
      schools: inside.length,
      pupils: sum(column("size").map((size) => size ?? 0)),
      ...(phase === "primary"
        ? { infant: inside.filter(isInfant).length, junior: inside.filter(isJunior).length }
        : {
            sixthForm: inside.filter((school) => school.highAge >= 18).length,
            selective: inside.filter((school) => school.selective).length,
          }),
      size: quantiles(column("size"), 0),
      fsm: quantiles(column("fsm"), 1),
      eal: quantiles(column("eal"), 1),
      senSupport: quantiles(column("senSupport"), 1),
      plan: quantiles(column("plan"), 1),
    };
  }
  return regions;
}

/** Special schools and alternative provision: too few in a region for distributions of their own. */
export function specialTargets(schools) {
  const of = (phase) => {
    const inside = schools.filter((school) => school.phase === phase && school.size > 0);
    return {
      schools: schools.filter((school) => school.phase === phase).length,
      pupils: sum(inside.map((school) => school.size)),
      size: quantiles(
        inside.map((school) => school.size),
        0,
      ),
      fsm: quantiles(
        inside.map((school) => school.fsm),
        1,
      ),
      eal: quantiles(
        inside.map((school) => school.eal),
        1,
      ),
    };
  };
  const special = of("special");
  const alternative = of("alternative");
  const shareOfPlans = mean(
    schools
      .filter((school) => school.phase === "alternative" && school.plan !== null && school.size > 0)
      .map((s) => s.plan),
  );
  return { special, alternative: { ...alternative, plan: round(shareOfPlans, 1) } };
}

/**
 * Gaussian copula of a phase: each authority's mean normal score and the pooled covariance within authorities.
 * Scores are within region (intake: within the country), so the distribution of each region stays as published.
 */
export function latentTargets(schools, phase) {
  const ofPhase = schools.filter((school) => school.phase === phase);
  const scores = new Map(ofPhase.map((school) => [school, []]));
  latentNames.forEach((name, k) => {
    const parts = name === "intake" ? [ofPhase] : [...groupBy(ofPhase, (school) => school.region).values()];
    for (const part of parts) {
      const found = normalScores(part.map((school) => school[name]));
      part.forEach((school, i) => {
        scores.get(school)[k] = found[i];
      });
    }
  });
  const byAuthority = groupBy(ofPhase, (school) => school.authority);
  const means = {};
  for (const [authority, inside] of [...byAuthority].sort())
    means[authority] = latentNames.map((_, k) => {
      const known = inside.map((school) => scores.get(school)[k]).filter((score) => score !== null);
      return known.length < 3 ? 0 : round(mean(known), 2);
    });
  const residual = (school, k) =>
    scores.get(school)[k] === null ? null : scores.get(school)[k] - means[school.authority][k];
  const within = latentNames.map((_, a) =>
    latentNames.map((_, b) => {
      const both = ofPhase.filter((school) => residual(school, a) !== null && residual(school, b) !== null);
      return round(
        covariance(
          both.map((s) => residual(s, a)),
          both.map((s) => residual(s, b)),
        ),
        3,
      );
    }),
  );
  return { names: latentNames, means, within };
}

/** Schools by authority and phase, Cumbria's shared between its successors by their schools of 2025/26. */
export function authorityCounts(folder, schools) {
  const counts = {};
  for (const [authority, inside] of groupBy(schools, (school) => school.authority)) {
    const of = (phase) => inside.filter((school) => school.phase === phase).length;
    counts[authority] = [of("primary"), of("secondary"), of("special"), of("alternative")];
  }
  const rows = readRows(folder, "attendance_ytd").filter((row) => ["942", "943"].includes(row.old_la_code));
  const schoolsOf = (code, phase) =>
    number(rows.find((row) => row.old_la_code === code && row.education_phase === phase)?.num_schools) ?? 0;
  const shares = ["Primary", "Secondary", "Special", "Special"].map(
    (phase) => schoolsOf("942", phase) / (schoolsOf("942", phase) + schoolsOf("943", phase)),
  );
  counts["942"] = counts["909"].map((count, i) => Math.round(count * shares[i]));
  counts["943"] = counts["909"].map((count, i) => count - counts["942"][i]);
  delete counts["909"];
  return counts;
}

/** School-level context of 1,393 secondary schools in a service of the department. */
export function contextTargets(folder) {
  const rows = readRows(folder, "similar_schools_secondary_values").map((row) => ({
    idaci: number(row.IdaciPupils),
    disadvantaged: number(row.PPPerc),
    stability: number(row.PStability),
    intake: number(row.KS2MRP),
  }));
  const scores = (key) => normalScores(rows.map((row) => row[key]));
  const pair = (a, b) => {
    const [x, y] = [scores(a), scores(b)];
    const both = x.map((_, i) => i).filter((i) => x[i] !== null && y[i] !== null);
    return round(
      correlation(
        both.map((i) => x[i]),
        both.map((i) => y[i]),
      ),
      3,
    );
  };
  return {
    schools: rows.length,
    idaci: quantiles(
      rows.map((row) => row.idaci),
      3,
    ),
    stability: quantiles(
      rows.map((row) => row.stability),
      1,
    ),
    disadvantaged: quantiles(
      rows.map((row) => row.disadvantaged),
      1,
    ),
    idaciWithDisadvantaged: pair("idaci", "disadvantaged"),
    stabilityWithDisadvantaged: pair("stability", "disadvantaged"),
    intakeWithDisadvantaged: pair("intake", "disadvantaged"),
  };
}

/** Trusts with their academies, and the share of each phase and region that is in one. */
export function trustTargets(folder, schools) {
  const links = readRows(folder, "gias_grouplinks_academies_2024-03-29").filter(
    (row) =>
      row["Group Status"] === "Open" &&
      ["Multi-academy trust", "Single-academy trust"].includes(row["Group Type"]) &&
      row["Closed Date"] === "",
  );
  const phaseOf = (row) => {
    const type = row["TypeOfEstablishment (name)"];
    if (/alternative provision/.test(type)) return "alternative";
    if (/special/.test(type)) return "special";
    if (/16/.test(type)) return "other";
    return /primary/i.test(row["PhaseOfEducation (name)"]) ? "primary" : "secondary";
  };
  const regionOf = new Map(schools.map((school) => [school.authority, school.region]));
  for (const code of ["942", "943"]) regionOf.set(code, "E12000002");
  const multi = links.filter((row) => row["Group Type"] === "Multi-academy trust");
  const sizes = [...groupBy(multi, (row) => row["Linked UID"]).values()].map((rows) => rows.length);
  const histogram = [...groupBy(sizes, (size) => size)]
    .map(([size, found]) => [size, found.length])
    .sort((a, b) => a[0] - b[0]);
  const shares = {};
  for (const region of [...new Set(regionOf.values())].filter(Boolean).sort()) {
    const part = (phase, group) =>
      links.filter(
        (row) => regionOf.get(row["LA (code)"]) === region && phaseOf(row) === phase && row["Group Type"] === group,
      ).length / schools.filter((school) => school.region === region && school.phase === phase).length;
    shares[region] = Object.fromEntries(
      ["primary", "secondary", "special", "alternative"].map((phase) => [
        phase,
        [round(part(phase, "Multi-academy trust"), 3), round(part(phase, "Single-academy trust"), 3)],
      ]),
    );
  }
  return { trusts: sizes.length, sizes: histogram, shares };
}

/** Places for each pupil on roll, from the establishments in a service of the department. */
export function capacityTargets(folder) {
  const ratios = readRows(folder, "sap_establishments_1924")
    .map((row) => {
      const [capacity, pupils] = [number(row.TotalCapacity), number(row.TotalPupils)];
      return capacity > 0 && pupils > 0 ? pupils / capacity : null;
    })
    .filter((ratio) => ratio !== null && ratio > 0.2 && ratio < 2);
  return { schools: ratios.length, filled: quantiles(ratios, 3) };
}
