import type { WrittenStudy } from "./schema.js";
import { studyDefaults } from "./schema-parts.js";
import type { ItemColumns, SettingPath, Study, StudyFiles, StudyGroup, StudyJoin, WrittenAs } from "./study.js";

const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

const texts = (values: readonly (string | number | boolean)[] | undefined) => (values ?? []).map(String);

interface Written {
  readonly separator?: "," | ";" | "\t" | "|";
  readonly encoding?: "utf-8" | "windows-1252" | "utf-16";
  readonly decimal?: "." | ",";
  readonly missingMarks?: readonly (string | number | boolean)[];
}

function writtenAs({ separator, encoding, decimal, missingMarks }: Written): WrittenAs {
  return {
    separator: separator ?? null,
    encoding: encoding ?? null,
    decimal: decimal ?? null,
    missingMarks: missingMarks ? texts(missingMarks) : null,
  };
}

function filesOf(
  part: Written & { readonly files?: string | readonly string[] },
  path: SettingPath,
  format: Written = part,
): StudyFiles {
  return { patterns: list(part.files), format: writtenAs(format), path };
}

/** A part whose decimal mark is the pupils' files' where it says nothing. */
const likePersons = <T extends Written>(part: T, { persons }: WrittenStudy): T => ({
  ...(persons.decimal === undefined ? {} : { decimal: persons.decimal }),
  ...part,
});

type WrittenJoin = NonNullable<WrittenStudy["persons"]["join"]>[number];

function joinOf(
  join: Omit<WrittenJoin, "files"> & Pick<NonNullable<WrittenStudy["responses"]>, "files">,
  path: SettingPath,
  written: WrittenStudy,
): StudyJoin {
  return {
    ...filesOf(likePersons(join, written), path),
    person: list(join.person ?? written.persons.person),
    cycle: join.cycle ?? null,
  };
}

/** One column's name, or what the combination of several is called. */
function combined(value: string | readonly string[] | undefined): string | null {
  return value === undefined ? null : list(value).join(" × ");
}

/** The columns that are combinations of others, by name. */
function combinationsOf({ persons, design = {}, groups = [], dif = {} }: WrittenStudy): Study["combinations"] {
  const named = [...groups, ...(dif.groups ?? [])].map((group) => (typeof group === "string" ? group : group.column));
  const all = [persons.school, design.zone, design.stratum, design.cluster, ...named].map((value) => list(value));
  return new Map(all.flatMap((columns) => (columns.length > 1 ? [[columns.join(" × "), columns]] : [])));
}

function groupsOf(groups: WrittenStudy["groups"]): StudyGroup[] {
  return (groups ?? []).map((group) => {
    if (typeof group === "string") return { column: group, name: group, lower: null, higher: null, labels: new Map() };
    const column = combined(group.column)!;
    return {
      column,
      name: group.name ?? column,
      lower: group.lower === undefined ? null : String(group.lower),
      higher: group.higher === undefined ? null : String(group.higher),
      labels: new Map((group.labels ?? []).map(([value, words]) => [String(value), String(words)])),
    };
  });
}

function itemsOf(written: WrittenStudy): ItemColumns | null {
  const { items } = written;
  if (!items) return null;
  return {
    ...filesOf(likePersons(items, written), ["items"]),
    item: items.item,
    maximum: items.maximum ?? null,
    key: items.key ?? null,
    model: items.model ?? null,
    slope: items.slope ?? null,
    difficulty: items.difficulty ?? null,
    steps: list(items.steps),
    stepSign: items.stepSign === "subtracted" ? -1 : 1,
    intercepts: list(items.intercepts),
    scaling: items.scaling ?? 1,
    guessing: items.guessing ?? null,
    construct: items.construct ?? null,
    stimulus: items.stimulus ?? null,
    curricula: list(items.curricula),
  };
}

function cyclesOf(written: WrittenStudy): Study["cycles"] {
  if (written.cycles)
    return written.cycles.map(({ cycle, files, curriculum }, k) => ({
      name: String(cycle),
      files: files === undefined ? null : filesOf({ files }, ["cycles", k], written.persons),
      curriculum: curriculum ?? null,
    }));
  if (written.persons.cycle !== undefined) return [];
  return [{ name: String(written.cycle ?? studyDefaults.cycle), files: null, curriculum: null }];
}

function responsesOf(written: WrittenStudy): Study["responses"] {
  const { responses = {} } = written;
  const { codes = {}, files, item, score } = responses;
  const own = files === undefined ? null : joinOf(responses, ["responses"], written);
  return {
    items: responses.items === undefined ? null : list(responses.items),
    exclude: list(responses.exclude),
    wide: item === undefined ? own : null,
    long: own && item !== undefined && score !== undefined ? { ...own, item, score } : null,
    missing: {
      omittedCodes: texts(codes.omitted),
      notReachedCodes: texts(codes.notReached),
      notAdministeredCodes: texts(codes.notAdministered),
      omitted: responses.omitted ?? studyDefaults.omitted,
      notReached: responses.notReached ?? studyDefaults.notReached,
      blank: responses.blank ?? studyDefaults.blank,
    },
  };
}

function designOf({ design = {}, persons }: WrittenStudy): Study["design"] {
  return {
    replicates: list(design.replicates),
    zone: combined(design.zone),
    replicate: design.replicate ?? null,
    stratum: combined(design.stratum),
    cluster: combined(design.cluster ?? persons.school),
    panel: design.panel ?? null,
    method: design.method ?? null,
    fay: design.fay ?? null,
    scale: design.scale ?? null,
    factors: design.factors ?? null,
    bothSides: design.sides === "both",
    samplingVariance: design.samplingVariance ?? studyDefaults.samplingVariance,
  };
}

/** What the file leaves open, in sentences that stand with the results. */
function defaultsOf(written: WrittenStudy): string[] {
  const { responses = {}, calibration = {}, design, persons, draws = {}, scale = {} } = written;
  const own = written.plausibleValues !== undefined;
  const said: string[] = [];
  const say = (left: boolean, sentence: string) => void (left && said.push(sentence));
  say(
    !own && calibration.model === undefined,
    "Items are calibrated by the two-parameter model, or its form for several points.",
  );
  say(
    !own && responses.omitted === undefined && responses.codes?.omitted !== undefined,
    "Omitted questions count as wrong.",
  );
  say(
    !own && responses.notReached === undefined && responses.codes?.notReached !== undefined,
    "Questions not reached count as not administered.",
  );
  say(!own && responses.blank === undefined, "An empty field is a question that was not administered.");
  say(persons.weight === undefined && persons.frequency === undefined, "Every pupil weighs 1: no weight is named.");
  say(
    design === undefined && persons.school === undefined,
    "No design is named: errors are those of a simple random sample.",
  );
  say(!own && draws.count === undefined, `${studyDefaults.plausibleValues} plausible values are drawn.`);
  say(!own && draws.seed === undefined, `The seed of the draws is ${studyDefaults.seed}.`);
  say(
    !own && scale.slope === undefined && scale.mean === undefined && scale.sd === undefined,
    `Scores have mean ${studyDefaults.mean} and standard deviation ${studyDefaults.sd} in the first cycle.`,
  );
  return said;
}

/** What a study file that fits its schema says. @param path the file's own path, absolute */
export function meaningOf(written: WrittenStudy, path: string, placeOf: Study["placeOf"]): Study {
  const { persons, booklets, calibration = {}, scale = {}, draws = {} } = written;
  return {
    path,
    title: written.title,
    subject: written.subject ?? null,
    population: written.population ?? null,
    cycles: cyclesOf(written),
    cycleColumn: persons.cycle ?? null,
    persons: {
      ...filesOf(persons, ["persons"]),
      person: list(persons.person),
      booklet: persons.booklet ?? null,
      weight: persons.weight ?? null,
      frequency: persons.frequency ?? null,
      school: combined(persons.school),
      size: persons.population ?? null,
      missing: (persons.missing ?? []).map(({ columns, codes }) => ({ patterns: list(columns), codes: texts(codes) })),
      joins: (persons.join ?? []).map((join, k) => joinOf(join, ["persons", "join", k], written)),
    },
    responses: responsesOf(written),
    items: itemsOf(written),
    booklets: booklets
      ? {
          ...filesOf(likePersons(booklets, written), ["booklets"]),
          item: booklets.item,
          booklet: booklets.booklet ?? null,
          columns: list(booklets.columns),
          cycle: booklets.cycle ?? null,
        }
      : null,
    design: designOf(written),
    groups: groupsOf(written.groups),
    background: list(written.background),
    conditioning: {
      components: written.conditioning?.components ?? studyDefaults.components,
      share: written.conditioning?.share ?? studyDefaults.componentShare,
    },
    dif: {
      groups: groupsOf(written.dif?.groups ?? written.groups),
      purify: written.dif?.purify ?? studyDefaults.purify,
    },
    plausibleValues: list(written.plausibleValues),
    calibration: {
      model: calibration.model ?? studyDefaults.model,
      isModelNamed: calibration.model !== undefined,
      groups: calibration.groups ?? null,
      identify: calibration.identify ?? studyDefaults.identify,
      nodes: calibration.nodes ?? null,
      priors: calibration.priors ?? null,
      errors: calibration.errors ?? null,
      crossCheck: calibration.crossCheck ?? studyDefaults.crossCheck,
    },
    link: written.link ?? studyDefaults.link,
    draws: { count: draws.count ?? studyDefaults.plausibleValues, seed: draws.seed ?? studyDefaults.seed },
    scale:
      scale.slope !== undefined
        ? { kind: "given", slope: scale.slope, intercept: scale.intercept ?? 0 }
        : { kind: "first-cycle", mean: scale.mean ?? studyDefaults.mean, sd: scale.sd ?? studyDefaults.sd },
    decimals: scale.decimals ?? 1,
    standards: written.standards ?? [],
    percentiles: written.percentiles ?? studyDefaults.percentiles,
    missingGroup: written.missingGroup ?? "leave-out",
    combinations: combinationsOf(written),
    defaults: defaultsOf(written),
    placeOf,
  };
}
