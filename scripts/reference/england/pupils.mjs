// Targets about pupils: transitions from stage to stage, progress by group, ages in alternative provision.
import { number, readRows, round, sum } from "./reading.mjs";

const count = (text) => number(text) ?? 0; // "x" hides a count of 1 or 2
const squash = (text) => text.replace(/\s+/g, " ").trim();

/** Pupils by group of attainment at seven and band of the key stage 2 test: below 100 (with work below the test), 100–109, 110 and over. */
export function keyStage2Transition(folder) {
  const rows = readRows(folder, "ks1_ks2_transition_2019");
  const table = (subject) =>
    Array.from({ length: 25 }, (_, group) => {
      const inside = rows.filter((row) => row.subject === subject && Number(row.ks1_pag) === group);
      const of = (test) => sum(inside.filter((row) => test(squash(row.ks2_outcome))).map((row) => count(row.pupils)));
      const high = of((text) => text.startsWith("Achieving a high score"));
      const expected = of((text) => text.startsWith("Reaching the expected standard"));
      const none = of((text) => text === "No KS2 result");
      const all = of((text) => !text.startsWith("Achieving expected standard or higher"));
      return [none, all - none - expected - high, expected, high];
    });
  return { reading: table("reading"), maths: table("mathematics") };
}

const bands = [
  "Less than 80",
  "80 - 89.5",
  "90 - 95.5",
  "96 - 99.5",
  "100 - 102",
  "102.5 - 104.5",
  "105 - 107",
  "107.5 - 109.5",
  "110 - 113",
  "113.5 - 116.5",
  "117 - 120",
  "No scaled score",
];
const groups = {
  total: "Total",
  disadvantaged: "Disadvantaged",
  other: "Disadvantaged all other",
  english: "English",
  otherLanguage: "Other than English",
  need: "Any SEN",
  noNeed: "No identified SEN",
  boys: "Boys",
  girls: "Girls",
};

/** Pupils by band of the key stage 2 score, with a pass in English and mathematics at grade 4 and at grade 5. */
export function keyStage4Transition(folder) {
  const rows = readRows(folder, "ks2_ks4_transition_2024_measures").filter(
    (row) => row.establishment_type_group === "All state-funded",
  );
  const of = (breakdown) =>
    bands.map((band) => {
      const row = rows.find((r) => r.breakdown === breakdown && r.ks2_scaled_score_group === band);
      const four = count(row["Basics_9-4_Achieved"]);
      return [four + count(row["Basics_9-4_Not_Achieved"]), four, count(row["Basics_9-5_Achieved"])];
    });
  return Object.fromEntries(Object.entries(groups).map(([key, breakdown]) => [key, of(breakdown)]));
}

/** Mean, standard deviation and skewness of the sum of the English language and mathematics grades' own spreads, by band. */
export function gradeSpread(folder) {
  const rows = readRows(folder, "ks2_ks4_transition_2024_subjects").filter(
    (row) => row.qualification_type === "GCSE" && ["English Language", "Mathematics"].includes(row.subject),
  );
  const moments = (breakdown, subject, band) => {
    const row = rows.find(
      (r) => r.breakdown === breakdown && r.subject === subject && r.ks2_scaled_score_group === band,
    );
    const counts = [
      count(row.num_U) + count(row.num_X),
      ...Array.from({ length: 9 }, (_, i) => count(row[`num_${i + 1}`])),
    ];
    const n = sum(counts);
    const mean = sum(counts.map((c, grade) => c * grade)) / n;
    const central = (k) => sum(counts.map((c, grade) => c * (grade - mean) ** k)) / n;
    return { n, mean, variance: central(2), third: central(3) };
  };
  const spread = bands.slice(0, 11).map((band) => {
    const [english, maths] = ["English Language", "Mathematics"].map((subject) => moments("Total", subject, band));
    return {
      deviation: round(Math.sqrt((english.variance + maths.variance) / 2), 3),
      skewness: round((english.third / english.variance ** 1.5 + maths.third / maths.variance ** 1.5) / 2, 3),
    };
  });
  const gap = (one, two) => {
    let weighted = 0;
    let weight = 0;
    for (const band of bands.slice(0, 11))
      for (const subject of ["English Language", "Mathematics"]) {
        const [a, b] = [moments(one, subject, band), moments(two, subject, band)];
        const w = (a.n * b.n) / (a.n + b.n);
        weighted += w * (a.mean - b.mean);
        weight += w;
      }
    return round(weighted / weight, 3);
  };
  return {
    deviation: spread.map((s) => s.deviation),
    skewness: spread.map((s) => s.skewness),
    gaps: {
      disadvantaged: gap("Disadvantaged", "Disadvantaged all other"),
      otherLanguage: gap("Other than English", "English"),
      need: gap("Any SEN", "No identified SEN"),
      girls: gap("Girls", "Boys"),
    },
  };
}

/** Expected Attainment 8 by key stage 2 score: the ready reckoner's 34 groups. */
export function expectedAttainment8(folder) {
  return readRows(folder, "ks4rr_p8_att8_splits").map((row) => {
    const [from, to] = row["KS2 average scaled score range"].split(" to ").map(Number);
    return [from, to, Number(row["Attainment 8 average"])];
  });
}

/** National progress and attainment by group of pupils, from the local authority interactive tool. */
export function progressByGroup(folder) {
  const england = new Map();
  const regional = new Map();
  for (const row of readRows(folder, "lait_la_measures")) {
    const value = number(row.Values);
    if (value === null) continue;
    if (row["LA and Regions"] === "England") england.set(`${row["Short Desc"]}|${row.Years}`, value);
    else if (row["Short Desc"] === "LAC") regional.set(`${row["LA and Regions"]}|${row.Years}`, value);
  }
  const at = (key, year) => {
    const value = england.get(`${key}|${year}`);
    if (value === undefined) throw new Error(`no ${key} for England in ${year}`);
    return round(value, 3);
  };
  const both = (stem, year) =>
    round((at(`${stem}_Reading_Progress`, year) + at(`${stem}_Maths_Progress`, year)) / 2, 3);
  return {
    progress8: {
      disadvantaged: at("DAP_KS4_Prog8", 2024),
      other: at("NonDAP_KS4_Prog8", 2024),
      noNeed: at("SEN_NoID_AVG_Prog8_Score", 2024),
      support: at("SEN_WoStat_AVG_Prog8_Score", 2024),
      plan: at("SEN_Stat_AVG_Prog8_Score", 2024),
      white: at("AVG_Prog8_Score_White", 2024),
      mixed: at("AVG_Prog8_Score_Mixed", 2024),
      asian: at("AVG_Prog8_Score_Asian", 2024),
      black: at("AVG_Prog8_Score_Black", 2024),
      chinese: at("AVG_Prog8_Score_Chine", 2024),
      lookedAfter: at("LAC_KS4_AVG_Prog8", 2024),
    },
    keyStage2: {
      disadvantaged: both("KS2_DAP", 2019),
      other: both("KS2_NonDAP", 2019),
      noNeed: both("KS2_NonSEN", 2019),
      support: both("KS2_SENSupport", 2019),
      plan: both("KS2_SEN", 2019),
      lookedAfter: round((at("LAC_KS2_AVG_Prog8_R", 2019) + at("LAC_KS2_AVG_Prog8_M", 2019)) / 2, 3),
    },
    expectedStandard: Object.fromEntries(
      ["White", "Mixed", "Asian", "Black", "Chine", "Other"].map((name) => [
        name === "Chine" ? "chinese" : name.toLowerCase(),
        at(`KS2_NEW_${name}_RWM`, 2023),
      ]),
    ),
    lookedAfter: { rate: at("LAC", 2023), support: at("LAC_SEN", 2023), plan: at("LAC_SEN_Statement", 2023) },
  };
}
