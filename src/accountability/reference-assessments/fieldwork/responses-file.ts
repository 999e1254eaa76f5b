import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { nonResponseCells, pairedZones } from "../../../statistics/survey/index.js";
import { itemsOfBooklet } from "./assembly.js";
import type { SampledSchool } from "./field.js";
import type { Item } from "./item.js";
import { problem } from "./problem.js";
import type { FieldPupil } from "./pupil.js";
import { type ScaledResponse, scaledResponses } from "./session.js";
import { type FieldStudy, phaseFacts } from "./study.js";

/** Cells of a table. */
export type FileRows = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

/** What an export is made of. */
export interface FieldMaterial {
  readonly study: FieldStudy;
  readonly schools: readonly SampledSchool[];
  readonly pupils: readonly FieldPupil[];
  readonly responses: readonly { readonly pupil: string; readonly item: string; readonly score: number | null }[];
  readonly items: ReadonlyMap<string, Item>;
}

/** The tables of a study file; the study file itself is {@link studyText}. */
export interface StudyTables {
  readonly pupils: FileRows;
  readonly items: FileRows;
  readonly booklets: FileRows;
  readonly cautions: readonly string[];
}

interface WeightedSchool {
  readonly unit: number;
  readonly stratum: string;
  readonly zone: number;
  readonly half: 0 | 1 | 2;
  /** Pupils of the school: school weight × adjustments × pupils over those drawn. */
  readonly weight: number;
  readonly pupils: readonly FieldPupil[];
}

function grouped<T, K>(values: readonly T[], key: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const home = groups.get(key(value));
    if (home) home.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}

const ofPopulation = ({ attendance }: FieldPupil) => attendance !== "left" && attendance !== "unable";

/**
 * Weights by design: 1 ÷ probability of the school, × drawn units over units that take part in cells of strata (joined where there are few), ×
 * pupils on the list over pupils drawn, × pupils of the population over those who took part. A school in which nobody took part counts as one that
 * does not. Zones are pairs of units that take part, in the order of selection.
 */
function weightedSchools({
  schools,
  pupils,
  responses,
}: FieldMaterial): Result<{ schools: readonly WeightedSchool[]; cautions: readonly string[] }, readonly Problem[]> {
  const answered = new Set(responses.map(({ pupil }) => pupil));
  const byUrn = grouped(pupils, ({ urn }) => urn);
  const tookPart = (urn: string) =>
    (byUrn.get(urn) ?? []).filter((pupil) => answered.has(pupil.id) && ofPopulation(pupil));
  const units = [...grouped(schools, ({ unit }) => unit)]
    .sort(([a], [b]) => a - b)
    .map(([unit, members]) => ({
      ...{
        unit,
        stratum: members[0]!.stratum,
        taking: members.filter(({ state, urn }) => state === "accepted" && tookPart(urn).length > 0),
      },
    }));
  const responded = units.map(({ taking }) => (taking.length > 0 ? 1 : 0));
  if (!responded.includes(1))
    return err([
      problem(
        "fieldwork-not-yet",
        "responses",
        "no pupil has answered anything",
        "Wait for sessions, or import paper.",
      ),
    ]);
  const adjustment = nonResponseCells({
    weights: new Float64Array(units.length).fill(1),
    responded,
    cells: units.map(({ stratum }) => stratum),
  });
  const factors = adjustment.adjust(new Float64Array(units.length).fill(1));
  if (!factors.ok)
    return err(factors.error.map(({ place, message, remedy }) => problem("fieldwork-not-yet", place, message, remedy)));
  const taking = units.flatMap((unit, u) => (responded[u] === 1 ? [{ ...unit, factor: factors.value[u]! }] : []));
  const zones = pairedZones(taking.map(({ stratum }) => stratum));
  const inZone = new Map<number, number>();
  const weighted = taking.flatMap((unit, u) => {
    const half = inZone.get(zones[u]!) ?? 0;
    inZone.set(zones[u]!, half + 1);
    return unit.taking.map((school): WeightedSchool => {
      const drawn = byUrn.get(school.urn)!;
      const eligible = drawn.filter(ofPopulation).length;
      const part = tookPart(school.urn);
      const within = (school.roll! / drawn.length) * (eligible / part.length);
      return {
        ...{ unit: unit.unit, stratum: unit.stratum, zone: zones[u]! + 1, half: half as 0 | 1 | 2 },
        ...{ weight: (unit.factor / school.probability) * within, pupils: part },
      };
    });
  });
  return ok({ schools: weighted, cautions: adjustment.cautions });
}

const written = (response: ScaledResponse | undefined) =>
  response === undefined ? "" : response === "omitted" ? "O" : response === "not-reached" ? "R" : response;

/** Age in whole months in the middle of the window; null without a month of birth. */
function ageInMonths({ born }: FieldPupil, { opens }: FieldStudy): number | null {
  if (born === null) return null;
  const months = (text: string) => 12 * Number(text.slice(0, 4)) + Number(text.slice(5, 7));
  return months(opens) - months(born);
}

/** Makes the tables that the commands of reference assessments read. Schools are numbers of the sample, pupils random ids. */
export function studyTables(material: FieldMaterial): Result<StudyTables, readonly Problem[]> {
  const { study, responses, items } = material;
  if (!study.booklets)
    return err([
      problem("fieldwork-not-yet", study.id, "its booklets have not been assembled", "Assemble them first."),
    ]);
  const weighted = weightedSchools(material);
  if (!weighted.ok) return weighted;
  const { booklets } = study;
  const order = booklets.booklets.map((_, b) => itemsOfBooklet(booklets, b + 1).flat());
  const names = [...new Set(order.flat())].sort();
  const curricula = [...new Set(names.flatMap((name) => Object.keys(items.get(name)?.curricula ?? {})))].sort();
  const scores = grouped(responses, ({ pupil }) => pupil);
  const rows = weighted.value.schools.flatMap(({ unit, stratum, zone, half, weight, pupils }) =>
    pupils.map((pupil) => {
      const given = new Map(scores.get(pupil.id)!.map(({ item, score }) => [item, score]));
      const scaled = scaledResponses(
        order[pupil.booklet - 1]!.map((id) => ({ id })),
        given,
      );
      return [
        ...[pupil.id, String(study.cycle), `b${pupil.booklet}`, `u${unit}`, stratum, zone, half, weight],
        ...[
          pupil.sex === "not-said" ? null : pupil.sex,
          pupil.disadvantaged === "not-known" ? null : pupil.disadvantaged,
        ],
        ageInMonths(pupil, study),
        ...names.map((name) => written(scaled.get(name))),
      ];
    }),
  );
  const columns = [
    "pupil",
    "cycle",
    "booklet",
    "school",
    "stratum",
    "zone",
    "half",
    "weight",
    "sex",
    "disadvantaged",
    "age_months",
  ];
  return ok({
    pupils: { header: [...columns, ...names], rows },
    items: {
      header: ["item", "maximum", "construct", "stimulus", ...curricula],
      rows: names.map((name) => {
        const item = items.get(name)!;
        return [
          name,
          item.maximum,
          item.construct,
          item.stimulus,
          ...curricula.map((one) => (item.curricula[one] ? "yes" : "no")),
        ];
      }),
    },
    booklets: {
      header: ["booklet", "item"],
      rows: order.flatMap((some, b) => some.map((item) => [`b${b + 1}`, item])),
    },
    cautions: weighted.value.cautions,
  });
}

/** The study file that says what stands where, for `./greenpaper reference-assessments run`. */
export function studyText(study: FieldStudy, { items }: StudyTables): string {
  const curricula = items.header.slice(4);
  const quoted = (text: string) => JSON.stringify(text);
  return [
    `title: ${quoted(study.title)}`,
    `subject: ${quoted(study.subject)}`,
    `population: ${quoted(`pupils in ${phaseFacts[study.phase].words} in England`)}`,
    "persons:",
    "  files: pupils.csv",
    "  person: pupil",
    "  cycle: cycle",
    "  booklet: booklet",
    "  weight: weight",
    "  school: school",
    "responses:",
    "  codes: { omitted: [O], notReached: [R] }",
    `items: { files: items.csv, item: item, maximum: maximum, construct: construct, stimulus: stimulus${curricula.length > 0 ? `, curricula: [${curricula.map(quoted).join(", ")}]` : ""} }`,
    "booklets: { files: booklets.csv, item: item, booklet: booklet }",
    "design: { zone: zone, replicate: half, method: JK2 }",
    "groups:",
    "  - { column: sex, name: sex }",
    '  - { column: disadvantaged, name: disadvantage, lower: "yes", higher: "no" }',
    "",
  ].join("\n");
}
