// Targets about published school measures: Progress 8, key stage 2 progress, contextual value added of 2010.
import {
  correlation,
  covariance,
  deviation,
  groupBy,
  mean,
  number,
  quantiles,
  readRows,
  round,
  sum,
} from "./reading.mjs";

const mainstreamTypes = new Set(["ACC", "AC", "CY", "VA", "FD", "F", "VC", "CTC"]);

function progressOf(folder, year) {
  const found = new Map();
  for (const row of readRows(folder, `ks4provisional_${year}`)) {
    const key = year === 2017 ? ["P8MEA", "P8CILOW", "P8CIUPP"] : ["P8MEA_ORIG", "P8CILOW_ORIG", "P8CIUPP_ORIG"];
    const [score, low, high] = key.map((name) => number(row[name]));
    if (row.RECTYPE !== "1" || !mainstreamTypes.has(row.NFTYPE) || score === null) continue;
    found.set(row.URN, {
      score,
      low,
      high,
      authority: row.LEA,
      cohort: number(row.TPUP),
      counted: number(row.P8PUP),
      attainment: number(row.ATT8SCR),
    });
  }
  return found;
}

const paired = (a, b, of) => {
  const urns = [...a.keys()].filter((urn) => b.has(urn));
  return round(
    correlation(
      urns.map((urn) => of(a.get(urn))),
      urns.map((urn) => of(b.get(urn))),
    ),
    3,
  );
};

/** Variance between authorities within regions, by analysis of variance on schools. */
function authorityVariance(items, scoreOf, regionOf) {
  const regionMeans = new Map(
    [...groupBy(items, (x) => regionOf(x))].map(([region, xs]) => [region, mean(xs.map(scoreOf))]),
  );
  const groups = [...groupBy(items, (x) => x.authority).values()].filter((xs) => xs.length > 1);
  const of = (x) => scoreOf(x) - regionMeans.get(regionOf(x));
  const n = sum(groups.map((xs) => xs.length));
  const grand = mean(groups.flat().map(of));
  const between = sum(groups.map((xs) => xs.length * (mean(xs.map(of)) - grand) ** 2)) / (groups.length - 1);
  const within = sum(groups.map((xs) => sum(xs.map((x) => (of(x) - mean(xs.map(of))) ** 2)))) / (n - groups.length);
  const size = (n - sum(groups.map((xs) => xs.length ** 2)) / n) / (groups.length - 1);
  return (between - within) / size;
}

/** Each region's mean, weighted by pupils, less the country's. */
function regionMeans(items, scoreOf, weightOf, regionOf) {
  const weighted = (xs) => sum(xs.map((x) => scoreOf(x) * weightOf(x))) / sum(xs.map(weightOf));
  const entries = [...groupBy(items, regionOf)].filter(([region]) => region).sort();
  return Object.fromEntries(entries.map(([region, xs]) => [region, round(weighted(xs) - weighted(items), 3)]));
}

/** Girls' Progress 8 less boys', over the schools that publish both, weighted by pupils. */
export function progressOfGirls(folder) {
  const rows = readRows(folder, "ks4_2018").map((row) => ({
    boys: number(row["KS4 Boys"]),
    girls: number(row["KS4 Girls"]),
    ofBoys: number(row["Progress 8 Boys"]),
    ofGirls: number(row["Progress 8 Girls"]),
  }));
  const meanOf = (count, score) => {
    const known = rows.filter((row) => row[count] > 0 && row[score] !== null);
    return sum(known.map((row) => row[count] * row[score])) / sum(known.map((row) => row[count]));
  };
  return round(meanOf("girls", "ofGirls") - meanOf("boys", "ofBoys"), 3);
}

function withFsm(schools, phase, scores, scoreOf) {
  const both = schools.filter((s) => s.phase === phase && s.fsm !== null && scores.has(s.urn));
  return round(
    correlation(
      both.map((s) => s.fsm),
      both.map((s) => scoreOf(scores.get(s.urn))),
    ),
    3,
  );
}

export function progress8Targets(folder, schools) {
  const years = new Map([2017, 2018, 2019].map((year) => [year, progressOf(folder, year)]));
  const final2016 = new Map(
    readRows(folder, "ks4_2016")
      .map((row) => [row.URN, number(row["Progress 8"])])
      .filter(([urn, score]) => score !== null && years.get(2017).has(urn)),
  );
  const regionOfAuthority = new Map(schools.map((s) => [s.authority, s.region]));
  const last = [...years.get(2019).values()];
  const regionOf = (x) =>
    regionOfAuthority.get(x.authority) ??
    (x.authority === "928" ? "E12000004" : x.authority >= "835" && x.authority <= "837" ? "E12000009" : undefined);
  const located = last.filter((x) => regionOf(x));
  const pupilDeviation = mean(
    last.filter((x) => x.counted > 20).map((x) => ((x.high - x.low) / 2 / 1.96) * Math.sqrt(x.counted)),
  );
  const special = readRows(folder, "ks4provisional_2019").filter(
    (row) =>
      row.RECTYPE === "2" && /S$/.test(row.NFTYPE) && number(row.P8MEA_ORIG) !== null && number(row.ATT8SCR) !== null,
  );
  return {
    years: Object.fromEntries(
      [
        ["2016", [...final2016.values()]],
        ...[...years].map(([year, found]) => [String(year), [...found.values()].map((x) => x.score)]),
      ].map(([year, scores]) => [
        year,
        {
          schools: scores.length,
          mean: round(mean(scores), 3),
          deviation: round(deviation(scores), 3),
          quantiles: quantiles(scores, 2),
        },
      ]),
    ),
    stability: {
      "2017-2018": paired(years.get(2017), years.get(2018), (x) => x.score),
      "2018-2019": paired(years.get(2018), years.get(2019), (x) => x.score),
      "2017-2019": paired(years.get(2017), years.get(2019), (x) => x.score),
    },
    withFsm: withFsm(schools, "secondary", years.get(2019), (x) => x.score),
    pupilDeviation: round(pupilDeviation, 3),
    authorityVariance: round(
      authorityVariance(located, (x) => x.score, regionOf),
      4,
    ),
    regions: regionMeans(
      located,
      (x) => x.score,
      (x) => x.counted ?? x.cohort,
      regionOf,
    ),
    intake: (() => {
      const values = last.map((x) => x.attainment - 10 * x.score);
      return { mean: round(mean(values), 2), deviation: round(deviation(values), 3), quantiles: quantiles(values, 2) };
    })(),
    cohort: {
      schools: last.length,
      pupils: sum(last.map((x) => x.cohort)),
      quantiles: quantiles(
        last.map((x) => x.cohort),
        0,
      ),
    },
    special: specialOf(
      special.map((row) => [number(row.P8MEA_ORIG), number(row.ATT8SCR) - 10 * number(row.P8MEA_ORIG)]),
    ),
  };
}

/** Special schools: spread of progress, and what their pupils' prior attainment leads to nationally. */
function specialOf(pairs) {
  const progress = pairs.map(([score]) => score);
  const intake = pairs.map(([, expected]) => expected);
  return {
    schools: pairs.length,
    mean: round(mean(progress), 3),
    deviation: round(deviation(progress), 3),
    intake: round(mean(intake), 2),
  };
}

function keyStage2Of(folder, year) {
  const found = new Map();
  for (const row of readRows(folder, `ks2_${year}`)) {
    const value = (key) => number(row[key]);
    const [reading, maths, cohort] = [value("Reading Progress"), value("Maths Progress"), value("KS2 Pupils")];
    const [readingScore, mathsScore] = [value("Reading Score"), value("Maths Score")];
    if ([reading, maths, cohort, readingScore, mathsScore].includes(null) || cohort < 6) continue;
    found.set(row.URN, {
      score: (reading + maths) / 2,
      reading,
      maths,
      cohort,
      attainment: (readingScore + mathsScore) / 2,
    });
  }
  return found;
}

export function keyStage2ProgressTargets(folder, schools) {
  const years = new Map([2016, 2017, 2018].map((year) => [year, keyStage2Of(folder, year)]));
  const place = new Map(schools.filter((s) => s.phase === "primary").map((s) => [s.urn, s]));
  const special = new Set(
    readRows(folder, "school_information_2022")
      .filter((row) => row.MINORGROUP === "Special school")
      .map((row) => row.URN),
  );
  // Special schools stand in the same files without a type.
  const ofSpecial = [...years.get(2018)].filter(([urn]) => special.has(urn)).map(([, x]) => x);
  for (const found of years.values()) for (const urn of special) found.delete(urn);
  const last = [...years.get(2018).values()];
  const located = [...years.get(2018)]
    .filter(([urn]) => place.has(urn))
    .map(([urn, x]) => ({ ...x, ...place.get(urn), score: x.score }));
  const [a, b] = [years.get(2017), years.get(2018)];
  const both = [...a.keys()].filter((urn) => b.has(urn) && a.get(urn).cohort > 0);
  const dispersion = mean(
    both.map((urn) => (a.get(urn).cohort - b.get(urn).cohort) ** 2 / (a.get(urn).cohort + b.get(urn).cohort)),
  );
  const intake = last.map((x) => x.attainment - x.score);
  return {
    years: Object.fromEntries(
      [...years].map(([year, found]) => {
        const scores = [...found.values()].map((x) => x.score);
        return [
          String(year),
          {
            schools: scores.length,
            mean: round(mean(scores), 3),
            deviation: round(deviation(scores), 3),
            quantiles: quantiles(scores, 2),
          },
        ];
      }),
    ),
    stability: {
      "2016-2017": paired(years.get(2016), years.get(2017), (x) => x.score),
      "2017-2018": paired(years.get(2017), years.get(2018), (x) => x.score),
      "2016-2018": paired(years.get(2016), years.get(2018), (x) => x.score),
    },
    special: specialOf(ofSpecial.map((x) => [x.score, x.attainment - x.score])),
    readingWithMaths: round(
      correlation(
        last.map((x) => x.reading),
        last.map((x) => x.maths),
      ),
      3,
    ),
    withFsm: withFsm(schools, "primary", years.get(2018), (x) => x.score),
    authorityVariance: round(
      authorityVariance(
        located,
        (x) => x.score,
        (x) => x.region,
      ),
      4,
    ),
    regions: regionMeans(
      located,
      (x) => x.score,
      (x) => x.cohort,
      (x) => x.region,
    ),
    intake: { mean: round(mean(intake), 2), deviation: round(deviation(intake), 3), quantiles: quantiles(intake, 2) },
    cohort: {
      schools: last.length,
      pupils: sum(last.map((x) => x.cohort)),
      quantiles: quantiles(
        last.map((x) => x.cohort),
        0,
      ),
      dispersion: round(dispersion, 3),
    },
  };
}

/**
 * Contextual value added 2010: its spread, and the variances behind its limits. The limits are ±1.96 conditional standard
 * deviations of a two-level model, so 1 ÷ variance = 1 ÷ between + n ÷ within: a straight line in the pupils counted.
 */
export function valueAdded2010Targets(folder) {
  const schools = readRows(folder, "ks4_2010_cva")
    .filter((row) => row.RecType === "1")
    .map((row) => ({
      score: number(row.CVAMea),
      half: (number(row.CVAUConf) - number(row.CVALConf)) / 2,
      counted: (number(row.KS4TotPup) * number(row.CVACov)) / 100,
    }))
    .filter((x) => x.score !== null && x.counted > 0 && x.half > 0);
  const x = schools.map((s) => s.counted);
  const y = schools.map((s) => (1.96 / s.half) ** 2);
  const slope = covariance(x, y) / covariance(x, x);
  const between = 1 / (mean(y) - slope * mean(x));
  const within = 1 / slope;
  const scores = schools.map((s) => s.score - 1000);
  return {
    schools: schools.length,
    quantiles: quantiles(scores, 1),
    deviation: round(deviation(scores), 2),
    varianceBetween: round(between, 1),
    varianceWithin: round(within, 1),
    fit: round(correlation(x, y), 4),
    share: round(between / (between + within), 4),
  };
}

/** Pupils of a cohort for each pupil on roll (January 2022), by what ages the school has. */
export function cohortShares(folder, schools) {
  const roll = new Map(readRows(folder, "census_2022").map((row) => [row.URN, number(row.NOR)]));
  const ratio = (phase, cohortOf, test) => {
    const inside = schools.filter(
      (s) => s.phase === phase && cohortOf.get(s.urn) > 0 && roll.get(s.urn) > 0 && test(s),
    );
    return round(sum(inside.map((s) => cohortOf.get(s.urn))) / sum(inside.map((s) => roll.get(s.urn))), 4);
  };
  const ks2 = new Map(readRows(folder, "ks2_2018").map((row) => [row.URN, number(row["KS2 Pupils"])]));
  const ks4 = new Map(
    readRows(folder, "ks4provisional_2019")
      .filter((r) => ["1", "2"].includes(r.RECTYPE))
      .map((row) => [row.URN, number(row.TPUP)]),
  );
  const always = () => true;
  return {
    primary: ratio("primary", ks2, (s) => s.lowAge < 7 && s.highAge >= 11),
    junior: ratio("primary", ks2, (s) => s.lowAge >= 7 && s.highAge >= 11),
    secondary: ratio("secondary", ks4, (s) => s.lowAge === 11 && s.highAge === 16),
    secondaryWithSixthForm: ratio("secondary", ks4, (s) => s.lowAge === 11 && s.highAge >= 18),
    specialAt11: ratio("special", ks2, always),
    specialAt16: ratio("special", ks4, always),
  };
}
