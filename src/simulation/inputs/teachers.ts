import { regions, subjects } from "../classes.js";
import { englandDerived } from "../published/england-derived.js";
import { englandTeachers } from "../published/england-teachers.js";
import { type EngineInput, heldFrom, input, publishedFlow } from "./input.js";

const model = "Teacher Workforce Model, outputs of 23 April 2026";

/** Postgraduate trainees of a subject: the last census known. */
const recruits = (subject: number, year: number) =>
  heldFrom(englandTeachers.trainees[subject]!, englandTeachers.firstTrainees, year);

const need = (subject: number, year: number) =>
  heldFrom(englandTeachers.need[subject]!, englandTeachers.firstNeed, year);

/** The most trainees of a subject that a year since 2021 asked for or had. */
function mostPlaces(subject: number): number {
  const { need: asked, trainees, firstNeed, firstTrainees } = englandTeachers;
  const began = trainees[subject]!.slice(firstNeed - firstTrainees);
  return Math.max(...[...asked[subject]!, ...began].map((value) => value ?? 0));
}

/** Newly qualified entrants of 2025 for each postgraduate who began in 2024. */
const conversion = (subject: number) => publishedFlow("newlyQualified", subject, 2025) / recruits(subject, 2024);

const perSubject = (build: (subject: number, name: string) => readonly EngineInput[]) =>
  subjects.flatMap((name, subject) => build(subject, name));

const rate = "share of all teachers of the subject, 0–1";

const leaving: readonly EngineInput[] = [
  ...perSubject((s, name) => [
    input(
      "published",
      `leaving.under-55.${name}`,
      rate,
      [0.001, 0.4],
      (year) => publishedFlow("under55", s, year),
      "Teachers under 55 who leave in a year; the intercept of their log-odds is solved for it.",
      `${model}: under 55 leaver rate, held after 2027`,
    ),
    input(
      "published",
      `leaving.over-55.${name}`,
      rate,
      [0.0005, 0.2],
      (year) => publishedFlow("over55", s, year),
      "Teachers of 55 and over who leave in a year; the intercept of their log-odds is solved for it.",
      `${model}: 55+ leaver rate, held after 2027`,
    ),
  ]),
  ...(
    [
      [1, 0.75],
      [2, 0.12],
      [3, 0.15],
      [4, 0.02],
      [5, -0.2],
    ] as const
  ).map(([service, value]) =>
    input(
      "assumption",
      `leaving.service-${service}`,
      "log-odds",
      [-2, 3],
      value,
      `Added to the log-odds of leaving in year ${service} of service, against six years and more.`,
      "log-odds of the losses of the 2010 cohort of newly qualified teachers (87, 82, 77, 73, 70% after 1 to 5 years; department, as printed in the press) less those of year 6",
    ),
  ),
  ...(
    [
      ["under-30", 0.1],
      ["30-to-34", 0.15],
      ["55-to-59", 0],
      ["60-to-64", 1.0],
      ["65-and-over", 1.6],
    ] as const
  ).map(([band, value]) =>
    input(
      "assumption",
      `leaving.age-${band}`,
      "log-odds",
      [-3, 4],
      value,
      `Added to the log-odds of leaving at the age, against ${band.startsWith("5") || band.startsWith("6") ? "55 to 59" : "35 to 54"}.`,
      band.startsWith("5") || band.startsWith("6")
        ? "pensions become payable at 60 and 65; the published bands end at 55, so the shape above it is assumed"
        : "of secondary teachers 10.76% under 35 and 9.07% of 35 to 54 left in 2017 (workforce census tables); what service explains is taken out",
    ),
  ),
  input(
    "assumption",
    "leaving.part-time",
    "log-odds",
    [-2, 2],
    0.25,
    "Added for teachers below full time.",
    "part-time teachers leave more often in every published year; the size is assumed",
  ),
  input(
    "assumption",
    "leaving.deprivation",
    "log-odds",
    [-2, 2],
    0.2,
    "Added in the most deprived fifth of schools, in proportion in those between, none in the least deprived.",
    "leaving and moving rise with free-school-meals share in every study; a fifth more odds is assumed",
  ),
  ...regions.map((region) =>
    input(
      "assumption",
      `leaving.region.${region}`,
      "log-odds",
      [-1, 1],
      region === "london" ? 0.15 : region === "south-east" || region === "east-of-england" ? 0.05 : -0.05,
      "Added to the log-odds of leaving in the region.",
      "leaver rates are highest in London and lowest in the north; no table by region is at hand, so the size is assumed",
    ),
  ),
];

const entry: readonly EngineInput[] = perSubject((s, name) => [
  input(
    "published",
    `entry.returners.${name}`,
    "full-time equivalents a year",
    [0, 20_000],
    (year) => publishedFlow("returners", s, year),
    "Former teachers who would come back in a year.",
    `${model}: returners, held after 2027`,
  ),
  input(
    "published",
    `entry.new-to-sector.${name}`,
    "full-time equivalents a year",
    [0, 20_000],
    (year) => publishedFlow("newToSector", s, year),
    "Qualified teachers from other sectors and countries who would enter in a year.",
    `${model}: new to state-funded sector entrants, held after 2027`,
  ),
  input(
    "published",
    `training.recruits.${name}`,
    "trainees a year",
    [0, 60_000],
    (year) => recruits(s, year),
    "Postgraduates who would begin training in a year, were there places.",
    "Initial Teacher Training Census: postgraduate new entrants; that of 2024 held after it",
  ),
  input(
    "published",
    `training.places.${name}`,
    "trainees a year",
    [0, 60_000],
    mostPlaces(s),
    "The most places that providers together offer in a year; guaranteed ones stand above it.",
    "the greatest need or intake that is published since 2021: providers were asked for that many, and recruitment has no cap below it",
  ),
  input(
    "published",
    `training.conversion.${name}`,
    "full-time equivalents a trainee",
    [0, 5],
    conversion(s),
    "Newly qualified entrants a year after, all routes, for each postgraduate who began.",
    "newly qualified entrants of 2025 (workforce model) over postgraduates who began in 2024 (census): undergraduates and other routes are in it",
  ),
  input(
    "published",
    `posts.unfilled.${name}`,
    "share of posts, 0–1",
    [0, 0.5],
    englandDerived.unfilled[s]!,
    "Posts without a teacher of the subject in the first year.",
    "trainees of 2024 below the department's need, as the newly qualified they would have become, over the stock; at least 0.005",
  ),
  input(
    "assumption",
    `posts.growth.${name}`,
    "share a year",
    [-0.2, 0.2],
    0,
    "Yearly growth of the subject's share of the timetable.",
    "the timetable of today is kept",
  ),
  input(
    "policy",
    `shortage.${name}`,
    "0 or 1",
    [0, 1],
    s > 0 && recruits(s, 2024) < 0.8 * need(s, 2024) ? 1 : 0,
    "Whether levers treat the subject as one of shortage.",
    "recruits of 2024 below 80% of the department's need",
  ),
]);

/** What the engine reads about teachers' leaving, entry, training and posts. */
export const teacherInputs: readonly EngineInput[] = [
  ...leaving,
  ...entry,
  input(
    "published",
    "posts.pupils-per-teacher.primary",
    "pupils a full-time equivalent",
    [5, 60],
    (year) => ratioOf("primary", year),
    "From pupils to posts.",
    `${model}: pupils over teachers, held after 2027`,
  ),
  input(
    "published",
    "posts.pupils-per-teacher.secondary",
    "pupils a full-time equivalent",
    [5, 60],
    (year) => ratioOf("secondary", year),
    "From pupils to posts.",
    `${model}: pupils over teachers, held after 2027`,
  ),
  input(
    "assumption",
    "posts.post-16",
    "pupils",
    [0.5, 3],
    1.3,
    "How many pupils of 11 to 16 a pupil over 16 counts for when posts are computed.",
    "smaller groups in sixth forms; the size is assumed",
  ),
  input(
    "published",
    "hours.loss.primary",
    "share of full-time equivalents a year",
    [0, 0.05],
    0.0051,
    "Full-time equivalents lost because teachers who stay work less.",
    `${model}: numbers of 2015 to 2024 less what leaver rates and entrants of those years give, mean of primary`,
  ),
  input(
    "assumption",
    "hours.loss.secondary",
    "share of full-time equivalents a year",
    [0, 0.05],
    0.0025,
    "Full-time equivalents lost because teachers who stay work less.",
    "stocks by subject aren't published after 2017, so the identity can't be taken; half of primary's",
  ),
  input(
    "assumption",
    "moving.rate",
    "share of teachers a year",
    [0, 0.5],
    0.08,
    "Teachers who move to another school.",
    "about as many move as leave (department's retention grids); the size is assumed",
  ),
  input(
    "assumption",
    "moving.deprivation",
    "log-weight",
    [-3, 1],
    -0.15,
    "How much less likely entrants and movers choose a school of the most deprived fifth, in proportion in those between.",
    "posts in deprived schools are filled later; the size is assumed",
  ),
  input(
    "assumption",
    "promotion.upper",
    "share a year",
    [0, 1],
    0.14,
    "Teachers of five years' service on the main scale who pass to the upper scale.",
    "gives about a half of classroom teachers on the upper scale",
  ),
  input(
    "assumption",
    "promotion.leader",
    "share a year",
    [0, 1],
    0.022,
    "Upper-scale teachers who become leaders.",
    "keeps about one teacher in seven a leader",
  ),
  input(
    "assumption",
    "promotion.head",
    "share a year",
    [0, 1],
    0.05,
    "Leaders who become heads.",
    "keeps about one head a school",
  ),
];

function ratioOf(phase: "primary" | "secondary", year: number): number {
  const { pupils, teachers } = englandTeachers[phase];
  const first = englandTeachers.firstNumbers;
  return heldFrom(pupils, first, year) / heldFrom(teachers, first, year);
}
