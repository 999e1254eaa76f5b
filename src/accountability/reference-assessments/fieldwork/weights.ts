import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { nonResponseCells, pairedZones } from "../../../statistics/survey/index.js";
import type { SampledSchool } from "./field.js";
import { grouped } from "./grouped.js";
import { problem } from "./problem.js";
import type { FieldPupil } from "./pupil.js";

/** What weights are made of. */
export interface WeightMaterial {
  readonly schools: readonly SampledSchool[];
  readonly pupils: readonly FieldPupil[];
  /** Of pupils, by id. */
  readonly responses: readonly { readonly pupil: string }[];
}

/** A school that takes part, with the weight of each of its pupils and the factors that make it. */
export interface WeightedSchool {
  readonly urn: string;
  readonly unit: number;
  readonly stratum: string;
  /** Pair of units for the jackknife, from 1 on; the half of it, or the third unit of the last. */
  readonly zone: number;
  readonly half: 0 | 1 | 2;
  /** 1 ÷ probability of the school × pupils on its list over pupils drawn of it. */
  readonly base: number;
  /** For drawn units of which no school takes part, and for the schools of a joined unit that don't. */
  readonly schoolFactor: number;
  /** For drawn pupils of the population who did not take part, or were erased. */
  readonly pupilFactor: number;
  /** The product of the three. */
  readonly weight: number;
  /** Those who took part. */
  readonly pupils: readonly FieldPupil[];
}

/** How the weights of a cycle came about: numbers of the whole sample and of strata, never of a school. */
export interface WeightRecord {
  readonly schools: {
    readonly unitsDrawn: number;
    readonly unitsTakingPart: number;
    readonly cells: readonly {
      readonly strata: readonly string[];
      readonly drawn: number;
      readonly takingPart: number;
      readonly factor: number;
    }[];
  };
  readonly pupils: {
    readonly drawn: number;
    /** Left the school before the session, or unable to take part with any arrangement. */
    readonly notOfPopulation: number;
    /** Erased at the request of parents or pupils: they count as pupils of the population who did not take part. */
    readonly erasedOnRequest: number;
    readonly tookPart: number;
    readonly greatestFactor: number;
  };
  readonly zones: number;
  /** Pupils that all weights stand for. */
  readonly weighted: number;
}

/** Weights with their record, and what a reader has to know of them. */
export interface Weights {
  readonly schools: readonly WeightedSchool[];
  readonly record: WeightRecord;
  readonly cautions: readonly string[];
}

const ofPopulation = ({ attendance }: FieldPupil) => attendance !== "left" && attendance !== "unable";

interface DrawnUnit {
  readonly unit: number;
  readonly stratum: string;
  readonly taking: readonly SampledSchool[];
  /** Pupils expected in all schools of the choice that takes part, over those of its schools that do. */
  readonly within: number;
}

/** Units in order of selection. A school of which nobody took part counts as one that does not. */
function drawnUnits(schools: readonly SampledSchool[], takesPart: (urn: string) => boolean): readonly DrawnUnit[] {
  return [...grouped(schools, ({ unit }) => unit)]
    .sort(([a], [b]) => a - b)
    .map(([unit, members]) => {
      const taking = members.filter(({ state, urn }) => state === "accepted" && takesPart(urn));
      const choices = new Set(taking.map(({ choice }) => choice));
      const asked = members.filter(({ choice }) => choices.has(choice));
      const size = (some: readonly SampledSchool[]) => some.reduce((sum, school) => sum + school.size, 0);
      const within = size(taking) > 0 ? size(asked) / size(taking) : 1;
      return { unit, stratum: members[0]!.stratum, taking, within };
    });
}

/**
 * Weights by design (TIMSS and PIRLS): 1 ÷ probability of the school × its list over pupils drawn; × units drawn over units that take part, in cells of strata
 * that are joined where there are few; × pupils of the population over those who took part, within schools. Zones are pairs of units that take part, in the
 * order of selection.
 */
export function weighSchools({ schools, pupils, responses }: WeightMaterial): Result<Weights, readonly Problem[]> {
  const answered = new Set(responses.map(({ pupil }) => pupil));
  const byUrn = grouped(pupils, ({ urn }) => urn);
  const partOf = (urn: string) => (byUrn.get(urn) ?? []).filter((one) => answered.has(one.id) && ofPopulation(one));
  const units = drawnUnits(schools, (urn) => partOf(urn).length > 0);
  const responded = units.map(({ taking }) => (taking.length > 0 ? 1 : 0));
  if (!responded.includes(1))
    return err([
      problem("fieldwork-not-yet", "responses", "no pupil has answered", "Wait for sessions, or import paper."),
    ]);
  const ones = new Float64Array(units.length).fill(1);
  const cells = units.map(({ stratum }) => stratum);
  const adjustment = nonResponseCells({ weights: ones, responded, cells });
  const factors = adjustment.adjust(ones);
  if (!factors.ok)
    return err(factors.error.map(({ place, message, remedy }) => problem("fieldwork-not-yet", place, message, remedy)));
  const taking = units.flatMap((unit, u) => (responded[u] === 1 ? [{ ...unit, factor: factors.value[u]! }] : []));
  const zones = pairedZones(taking.map(({ stratum }) => stratum));
  const inZone = new Map<number, number>();
  const weighted = taking.flatMap((unit, u) => {
    const half = inZone.get(zones[u]!) ?? 0;
    inZone.set(zones[u]!, half + 1);
    return unit.taking.map((school): WeightedSchool => {
      const rows = byUrn.get(school.urn)!;
      const part = partOf(school.urn);
      const base = school.roll! / (rows.length + school.erased) / school.probability;
      const schoolFactor = unit.factor * unit.within;
      const pupilFactor = (rows.filter(ofPopulation).length + school.erased) / part.length;
      return {
        ...{ urn: school.urn, unit: unit.unit, stratum: unit.stratum, zone: zones[u]! + 1, half: half as 0 | 1 | 2 },
        ...{ base, schoolFactor, pupilFactor, weight: base * schoolFactor * pupilFactor, pupils: part },
      };
    });
  });
  const settled = adjustment.cells.map(({ cells: strata, drawn, responding, factor }) => ({
    ...{ strata, drawn, takingPart: responding, factor },
  }));
  const record = recordOf(weighted, byUrn, schools, { unitsDrawn: units.length, cells: settled, zones: inZone.size });
  return ok({ schools: weighted, record, cautions: adjustment.cautions });
}

function recordOf(
  weighted: readonly WeightedSchool[],
  byUrn: ReadonlyMap<string, readonly FieldPupil[]>,
  schools: readonly SampledSchool[],
  { unitsDrawn, cells, zones }: { unitsDrawn: number; cells: WeightRecord["schools"]["cells"]; zones: number },
): WeightRecord {
  const sum = (of: (school: WeightedSchool) => number) => weighted.reduce((total, school) => total + of(school), 0);
  const erased = new Map(schools.map((school) => [school.urn, school.erased]));
  const rows = ({ urn }: WeightedSchool) => byUrn.get(urn)!;
  return {
    schools: { unitsDrawn, unitsTakingPart: new Set(weighted.map(({ unit }) => unit)).size, cells },
    pupils: {
      drawn: sum((school) => rows(school).length + erased.get(school.urn)!),
      notOfPopulation: sum((school) => rows(school).filter((pupil) => !ofPopulation(pupil)).length),
      erasedOnRequest: sum(({ urn }) => erased.get(urn)!),
      tookPart: sum(({ pupils }) => pupils.length),
      greatestFactor: Math.max(...weighted.map(({ pupilFactor }) => pupilFactor)),
    },
    zones,
    weighted: sum(({ weight, pupils }) => weight * pupils.length),
  };
}
