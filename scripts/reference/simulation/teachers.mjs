// Published figures of teachers: the Teacher Workforce Model's outputs of 23 April 2026, stocks by subject and age 2011–2017, and the
// initial teacher training census.
import { number, readRows, round, sum } from "../england/reading.mjs";
import { ages, turning } from "./ages.mjs";

/** Our word for a subject → the department's, in the model's outputs; the order is that of src/simulation/classes.ts. */
export const subjects = {
  primary: "Total",
  mathematics: "Mathematics",
  english: "English",
  biology: "Biology",
  chemistry: "Chemistry",
  physics: "Physics",
  computing: "Computing",
  classics: "Classics",
  "modern-foreign-languages": "Modern Foreign Languages",
  geography: "Geography",
  history: "History",
  "art-and-design": "Art and Design",
  "business-studies": "Business Studies",
  "design-and-technology": "Design and Technology",
  drama: "Drama",
  music: "Music",
  "physical-education": "Physical Education",
  "religious-education": "Religious Education",
  others: "Others",
};
const bands = ["Less than 35", "35-54", "55 and over"];
const schoolYears = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${from + i}/${String((from + i + 1) % 100).padStart(2, "0")}`);

/** The name under which other tables know a subject of the model. */
const elsewhere = (name) => name.replace("Art and Design", "Art & Design").replace("Design and Tech", "Design & Tech");

/** Pupils and teachers (full-time equivalent) of a phase, 2010/11 to 2027/28. */
function numbers(folder, phase) {
  const rows = readRows(folder, "twm_pupil_teacher_numbers").filter((row) => row.Phase === phase);
  return {
    pupils: rows.map((row) => round(number(row["Pupil numbers"]), 0)),
    teachers: rows.map((row) => round(number(row["Teacher numbers"]), 1)),
  };
}

/** Each kind of flow by subject and year 2011/12 to 2027/28; null where none is published. */
function flows(folder) {
  const kinds = {
    under55: "Under 55 leaver rate",
    over55: "55+ leaver rate",
    newlyQualified: "Newly qualified entrants",
    returners: "Returners",
    newToSector: "New to state-funded sector entrants",
  };
  const rows = readRows(folder, "twm_flows_2026");
  const found = new Map(rows.map((row) => [`${row.Subject}|${row.Type}|${row["Academic year"]}`, number(row.Value)]));
  const digits = (kind) => (kind.endsWith("55") ? 5 : 1);
  const series = (name, [kind, type]) =>
    schoolYears(2011, 2027).map((year) => {
      const value = found.get(`${name}|${type}|${year}`) ?? null;
      return value === null ? null : round(value, digits(kind));
    });
  return Object.fromEntries(
    Object.entries(kinds).map((kind) => [kind[0], Object.values(subjects).map((name) => series(name, kind))]),
  );
}

const foldFood = (name) => (name === "Food" ? "Design & Technology" : name);

/** Stock by secondary subject and age band: of November 2010 (leavers' table of 2011) and of each November 2011 to 2017 (entrants' table). */
function stocks(folder) {
  const files = { leavers: "swf_leavers_subject_age_2011_2017", entrants: "swf_entrants_subject_age_2011_2017" };
  const rows = { leavers: readRows(folder, files.leavers), entrants: readRows(folder, files.entrants) };
  const of = (kind, year, name) =>
    bands.map((band) =>
      round(
        sum(
          rows[kind]
            .filter((r) => Number(r.CensusYear) === year && r.AgeGroup === band && foldFood(r.Subject) === name)
            .map((r) => number(r.StockSize)),
        ),
        1,
      ),
    );
  const years = [["leavers", 2011], ...Array.from({ length: 7 }, (_, i) => ["entrants", 2011 + i])];
  return years.map(([kind, year]) =>
    Object.values(subjects)
      .slice(1)
      .map((name) => of(kind, year, elsewhere(name))),
  );
}

/** Of secondary teachers in the tables of 2017: shares of women by age band, of entrants of each kind by band, and leaver rates by band. */
function shares(folder) {
  const rows = readRows(folder, "swf_entrants_subject_age_2011_2017").filter((row) => row.CensusYear === "2017");
  const leavers = readRows(folder, "swf_leavers_subject_age_2011_2017").filter((row) => row.CensusYear === "2017");
  const total = (some, test) => sum(some.filter(test).map((row) => number(row.StockSize)));
  const kind = (name) => {
    const all = total(rows, (row) => row.QualifiedEntrantType === name);
    return bands.map((band) =>
      round(total(rows, (r) => r.QualifiedEntrantType === name && r.AgeGroup === band) / all, 4),
    );
  };
  return {
    women: bands.map((band) =>
      round(
        total(rows, (r) => r.AgeGroup === band && r.Gender === "Female") / total(rows, (r) => r.AgeGroup === band),
        4,
      ),
    ),
    newlyQualified: kind("NQT"),
    returners: kind("Returner"),
    newToSector: kind("New to the state funded sector"),
    leaving: bands.map((band) =>
      round(
        total(leavers, (r) => r.AgeGroup === band && r.QualifiedLeaverType !== "Not a qualified Leaver") /
          total(leavers, (r) => r.AgeGroup === band),
        5,
      ),
    ),
  };
}

/** Postgraduate trainees who began, by subject, 2015/16 to 2024/25, from the census's time series; the latest years from its table of targets. */
function trainees(folder) {
  const series = readRows(folder, "itt_census_t2_entrants_timeseries");
  const routes = readRows(folder, "itt_census_t1_1_routes");
  const years = Array.from({ length: 10 }, (_, i) => `${2015 + i}${(16 + i) % 100}`);
  const called = { ...subjects, primary: "Primary", others: "Other" };
  return Object.values(called).map((name) =>
    years.map((year) => {
      const late = routes.find(
        (r) => r.time_period === year && r.itt_subject === elsewhere(name) && r.breakdown === "Postgraduates",
      );
      const early = series.filter(
        (r) =>
          r.time_period === year &&
          r.itt_subject === elsewhere(name) &&
          r.breakdown_topic === "Entrants" &&
          r.breakdown === "Postgraduates" &&
          number(r.trainee_number) !== null,
      );
      return late
        ? number(late.trainee_number)
        : early.length > 0
          ? sum(early.map((r) => number(r.trainee_number)))
          : null;
    }),
  );
}

/** Need of trainees by subject, 2021/22 to 2026/27. */
function need(folder) {
  const rows = readRows(folder, "twm_pgitt_need");
  return Object.entries(subjects).map(([subject, name]) =>
    ["202122", "202223", "202324", "202425", "202526", "202627"].map((year) => {
      const row = rows.find(
        (r) =>
          r.time_period === year &&
          r.education_phase === (subject === "primary" ? "Primary" : "Secondary") &&
          r.subject === name,
      );
      return row ? number(row.pgitt_trainee_need_count) : null;
    }),
  );
}

const providerKinds = { "Higher Education": 0, "Higher Education Institution": 0, "School Centred ITT": 1 };
const trainingYears = ["202122", "202223", "202324", "202425"];

/** Postgraduate trainees 2021/22 to 2024/25 by kind of provider and region, and by kind and subject; the national programme is a kind of its own. */
function training(folder, regions) {
  const [byRegion, bySubject] = [
    readRows(folder, "itt_census_t8_regions"),
    readRows(folder, "itt_census_t3_subject_route"),
  ];
  const isNational = (row) => row.breakdown_topic === "PG Salaried High Potential ITT";
  const kindOf = (row) => (isNational(row) ? 2 : providerKinds[row.breakdown]);
  const counts = (rows, kinds, cells, cellOf) =>
    trainingYears.map((year) =>
      kinds.map((kind) =>
        cells.map((cell) =>
          sum(
            rows
              .filter(
                (row) =>
                  row.time_period === year &&
                  row.breakdown_topic.startsWith("PG ") &&
                  row.breakdown in providerKinds &&
                  kindOf(row) === kind &&
                  cellOf(row) === cell,
              )
              .map((row) => number(row.trainee_number)),
          ),
        ),
      ),
    );
  const called = Object.values({ ...subjects, primary: "Primary", others: "Other" }).map(elsewhere);
  return {
    byRegion: counts(byRegion, [0, 1], regions, (row) => row.region_code),
    bySubject: counts(bySubject, [0, 1, 2], called, (row) => row.itt_subject),
  };
}

export const regionCodes = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `E1200000${n}`);

export function teacherTotals(folder) {
  const base = {
    firstNumbers: 2010,
    primary: numbers(folder, "Primary"),
    secondary: numbers(folder, "Secondary"),
    firstFlows: 2011,
    flows: flows(folder),
    firstStocks: 2010,
    stocks: stocks(folder),
    shares: shares(folder),
  };
  return {
    ...base,
    ...ages(base, turning(folder)),
    firstTrainees: 2015,
    trainees: trainees(folder),
    firstNeed: 2021,
    need: need(folder),
    training: training(folder, regionCodes),
  };
}
