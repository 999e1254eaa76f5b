import type { SettingPath, Settings } from "../../ingest/settings-file.js";
import { nearest, type Problem, parseCivilDate } from "../../kernel/index.js";
import type { WrittenReview } from "./review-file-schema.js";
import { checkFormula, readableFormula, schoolPart, slopesOf } from "./review-formula-check.js";
import { reviewProblem } from "./review-problem.js";
import { reviewDefaults } from "./review-schema-parts.js";

type Report = (code: Parameters<typeof reviewProblem>[0], path: SettingPath, message: string, remedy?: string) => void;

/** What a schema can't say: settings that exclude or need each other, and names that are not there. */
export function checkReview(written: WrittenReview, placeOf: Settings["placeOf"]): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (code, path, message, remedy) =>
    problems.push(reviewProblem(code, placeOf(path), message, remedy));
  if (written.formula === undefined) checkOutcome(written, report);
  else checkFormula(written, report);
  checkMembership(written, report);
  if (written.formula === undefined) checkCovariates(written, report);
  checkCohorts(written, report);
  checkSubgroups(written, slopesOf(written), report);
  checkGroups(written, report);
  checkWords(written, report);
  if (written.date !== undefined) checkDate(written.date, ["date"], report);
  return problems;
}

function checkOutcome({ outcome, outcomes, parts = false }: WrittenReview, report: Report): void {
  if (parts && (outcomes ?? []).length < 2)
    report(
      "settings-contradictory",
      ["parts"],
      "there are no several outcomes to show one by one",
      "Leave `parts` out, or use `outcomes`.",
    );
  if (outcome !== undefined && outcomes !== undefined)
    report("settings-contradictory", ["outcomes"], "`outcome` and `outcomes` are both set", "Keep one of them.");
  if (outcome === undefined && outcomes === undefined)
    report("key-missing", [], "the review file has no `outcome`", "Add it, as `outcome: attainment8`.");
}

function checkMembership(written: WrittenReview, report: Report): void {
  const { pupils, membership } = written;
  if (!membership) {
    const model = readableFormula(written);
    if (pupils.school === undefined && !(model && schoolPart(model, written)))
      report(
        "key-missing",
        ["pupils"],
        "nothing says which school a pupil was at",
        "Add `school` to `pupils`, or a `membership`.",
      );
    return;
  }
  const kind = membership.table ? "table" : "spells";
  const path = ["membership", kind];
  if (pupils.school !== undefined)
    report(
      "settings-contradictory",
      ["pupils", "school"],
      "`school` and `membership` both say where a pupil was",
      "Leave one of them out.",
    );
  const own = [pupils.pupil ?? []].flat();
  const theirs = [membership[kind]?.pupil ?? []].flat();
  if (own.length === 0)
    report(
      "key-missing",
      ["pupils"],
      "`membership` needs to know the pupils",
      "Add `pupil` to `pupils`, as `pupil: upn`.",
    );
  else if (own.length !== theirs.length)
    report(
      "settings-contradictory",
      [...path, "pupil"],
      `pupils are told apart by ${own.length} columns in the pupil files and by ${theirs.length} here`,
      "Name as many columns, in the same order.",
    );
  checkWindows(membership, pupils.year !== undefined, report);
}

function checkWindows(membership: NonNullable<WrittenReview["membership"]>, hasYear: boolean, report: Report): void {
  const seen = new Set<string>();
  membership.spells?.windows.forEach(({ year, from, to }, index) => {
    const path = ["membership", "spells", "windows", index];
    const dates = [checkDate(from, [...path, "from"], report), checkDate(to, [...path, "to"], report)];
    if (dates.every(Boolean) && from >= to)
      report(
        "value-not-allowed",
        path,
        `the window ends on ${to} and begins on ${from}`,
        "Correct one of the two dates.",
      );
    if (year !== undefined && !hasYear)
      report(
        "settings-contradictory",
        [...path, "year"],
        "a window has a year and the pupils have none",
        "Add `year` to `pupils`.",
      );
    const key = year === undefined ? "every cohort" : `the cohort ${year}`;
    if (seen.has(key)) report("name-twice", path, `there are two windows for ${key}`);
    seen.add(key);
  });
}

function checkDate(text: string, path: SettingPath, report: Report): boolean {
  const parsed = parseCivilDate(text);
  if (!parsed.ok) report("value-not-allowed", path, parsed.error, "Write a day of the calendar as 2026-11-02.");
  return parsed.ok;
}

const nameOf = (one: string | { readonly column: string }) => (typeof one === "string" ? one : one.column);

function checkCovariates(written: WrittenReview, report: Report): void {
  const { outcome, outcomes = [], prior = [], context = [], intake = [], interactions = [], slopes = [] } = written;
  const results = new Set([...(outcome === undefined ? [] : [nameOf(outcome)]), ...outcomes.map(nameOf)]);
  const known: string[] = [];
  const add = (name: string, path: SettingPath) => {
    if (known.includes(name)) report("name-twice", path, `\`${name}\` is already a covariate`);
    else if (results.has(name)) report("settings-contradictory", path, `\`${name}\` is the outcome and a covariate`);
    known.push(name);
  };
  prior.forEach((one, index) => {
    add(nameOf(one), ["prior", index]);
    if (typeof one !== "string" && one.degree !== undefined && one.spline !== undefined)
      report("settings-contradictory", ["prior", index, "spline"], "`degree` and `spline` are both set");
  });
  context.forEach((one, index) => {
    add(nameOf(one), ["context", index]);
    if (typeof one !== "string" && one.kind === "number" && one.reference !== undefined)
      report(
        "settings-contradictory",
        ["context", index, "reference"],
        "a number has no reference level",
        "Leave `reference` out, or write `kind: category`.",
      );
  });
  const own = new Set([...prior, ...context].map(nameOf));
  intake.forEach(({ of, statistic = reviewDefaults.statistic }, index) => {
    if (statistic === "within-between" && !own.has(of))
      report(
        "settings-contradictory",
        ["intake", index],
        `\`${of}\` is not a covariate of the pupils, so it has no effect within schools`,
        `Add \`${of}\` to \`prior\` or \`context\`.`,
      );
    add(`${statistic === "standard-deviation" ? "school_sd" : "school_mean"}(${of})`, ["intake", index]);
  });
  interactions.forEach((pair, index) => {
    pair.forEach((name, at) => void checkKnown(name, known, ["interactions", index, at], report));
    if (pair[0] === pair[1])
      report(
        "name-twice",
        ["interactions", index],
        `\`${pair[0]}\` can't interact with itself`,
        "Use `degree` for a curve.",
      );
  });
  slopes.forEach((name, index) => {
    checkKnown(name, known, ["slopes", index], report);
    if (slopes.indexOf(name) !== index) report("name-twice", ["slopes", index], `\`${name}\` already has a slope`);
  });
}

/** A year has one rule, and a rule says one thing. */
function checkCohorts({ cohorts = [], pupils }: WrittenReview, report: Report): void {
  const seen = new Set<string>();
  cohorts.forEach(({ year, leaveOut = false, baseline }, index) => {
    const path = ["cohorts", index];
    if (pupils.year === undefined)
      report(
        "settings-contradictory",
        path,
        "a cohort has a rule and the pupils have no year",
        "Add `year` to `pupils`.",
      );
    if (leaveOut === (baseline !== undefined))
      report(
        "settings-contradictory",
        path,
        leaveOut ? "`leaveOut` and `baseline` are both set" : "neither `leaveOut` nor `baseline` is set",
        "Write one of them: `leaveOut: true`, or `baseline` with the columns.",
      );
    if (seen.has(String(year))) report("name-twice", path, `there are two rules for the year ${year}`);
    seen.add(String(year));
  });
}

/** A group of pupils needs one sign by which to know its members, and a slope, without which every school adds the same for it. */
function checkSubgroups({ subgroups = [], formula }: WrittenReview, slopes: readonly string[], report: Report): void {
  const names = new Set<string>();
  subgroups.forEach(({ name, column, level, below, above }, index) => {
    const path = ["subgroups", index];
    if ([level, below, above].filter((sign) => sign !== undefined).length !== 1)
      report(
        "settings-contradictory",
        path,
        "a group has one of `level`, `below` and `above`",
        "Keep or write one of them.",
      );
    if (!slopes.includes(column))
      report(
        "settings-contradictory",
        [...path, "column"],
        `\`${column}\` has no slope, so the model has every school add the same for these pupils`,
        formula === undefined
          ? `Add it: \`slopes: [${[...slopes, column].join(", ")}]\`.`
          : `Add it to the school's part of the formula, as (1 + ${column} | …).`,
      );
    if (names.has(name)) report("name-twice", path, `there is already a group of pupils called \`${name}\``);
    names.add(name);
  });
}

function checkKnown(name: string, known: readonly string[], path: SettingPath, report: Report): void {
  if (known.includes(name)) return;
  const guess = nearest(name, known);
  const list =
    known.length === 0 ? "There is none in `prior`, `context` or `intake`." : `There are ${known.join(", ")}.`;
  report(
    "name-unknown",
    path,
    `there is no covariate \`${name}\``,
    `${guess ? `Did you mean \`${guess}\`? ` : ""}${list}`,
  );
}

function checkGroups({ groups = [], pupils }: WrittenReview, report: Report): void {
  const names = new Set(["school"]);
  groups.forEach((group, index) => {
    const column = nameOf(group);
    const name = typeof group === "string" ? group : (group.name ?? column);
    if (names.has(name))
      report(
        "name-twice",
        ["groups", index],
        `there is already a group called \`${name}\``,
        "Give the group another `name`.",
      );
    if (column === pupils.school)
      report(
        "settings-contradictory",
        ["groups", index],
        `\`${column}\` is the school's column`,
        "Leave the group out.",
      );
    if (typeof group !== "string" && group.drift && !(group.withinSchool && column === pupils.year))
      report(
        "settings-contradictory",
        ["groups", index, "drift"],
        "only a school's own years drift",
        "Write `withinSchool: true` and the column of `pupils.year`, or leave `drift` out.",
      );
    if (typeof group !== "string" && group.withinSchool && group.missing === "average")
      report(
        "settings-contradictory",
        ["groups", index, "missing"],
        "a school's own part of a group has no average level",
        "Leave `missing` out.",
      );
    names.add(name);
  });
}

/** The same word must not stand for two things. */
function checkWords({ membership, schools, evidence }: WrittenReview, report: Report): void {
  const { words } = reviewDefaults;
  const lists = [
    [membership?.spells?.words, words.status, ["membership", "spells", "words"]],
    [schools?.words, words.kinds, ["schools", "words"]],
    [evidence?.safeguarding?.words, words.safeguarding, ["evidence", "safeguarding", "words"]],
    [evidence?.accounts?.words, words.accounts, ["evidence", "accounts", "words"]],
  ] as const;
  for (const [own, defaults, path] of lists) {
    if (!own) continue;
    const meaning = new Map<string, string>();
    for (const key of Object.keys(defaults)) {
      const listed = (own as Readonly<Record<string, readonly unknown[] | undefined>>)[key];
      for (const word of listed ?? (defaults as Readonly<Record<string, readonly string[]>>)[key]!) {
        const plain = String(word).toLowerCase();
        const before = meaning.get(plain);
        if (before !== undefined && before !== key)
          report("settings-contradictory", [...path, key], `"${word}" stands for \`${before}\` and for \`${key}\``);
        meaning.set(plain, key);
      }
    }
  }
}
