import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import {
  type AllocationRule,
  allocate,
  type DrawRecord,
  drawUnits,
  joinSmallUnits,
  type SamplingFrame,
} from "../../../statistics/survey/index.js";
import { studyProblem } from "../study/problem.js";

/** A frame as its file has it, checked. */
export interface FileFrame extends SamplingFrame {
  readonly strata: readonly string[];
  /** Positions of units that are taken in any case. */
  readonly certain: ReadonlySet<number>;
  /** Permanent numbers of the file; null where it has none. */
  readonly numbers: Float64Array | null;
}

/** How a sample is drawn from a file's frame. */
export interface SampleOrder {
  readonly seed: number;
  /** Units in all; null where every stratum has its own number. */
  readonly units: number | null;
  /** Units by stratum; where `units` is given, only strata to be left out (0). */
  readonly byStratum: ReadonlyMap<string, number>;
  readonly rule: AllocationRule;
  readonly method: "systematic" | "pareto" | "sequential-poisson";
  readonly probabilities: "size" | "equal";
  readonly replacements: number;
  /** Persons in each unit; null where units are taken whole. */
  readonly persons: number | null;
  /** Units below this size are joined with their neighbours; null joins none. */
  readonly joinBelow: number | null;
  readonly coordination: { readonly seed: number; readonly start: number; readonly rotation: number } | null;
}

/** A line of the sample. */
export interface SampleLine {
  readonly unit: string;
  readonly stratum: string;
  readonly size: number;
  /** Of its own unit; of replacements too, as if they had been drawn (TIMSS and PIRLS). */
  readonly probability: number;
  /** 1 ÷ probability. */
  readonly weight: number;
  readonly role: string;
  /** Drawn unit that it stands for; itself for an original. */
  readonly replaces: string;
  /** Of selection, from 1. */
  readonly order: number;
  readonly certain: boolean;
  /** Persons to be drawn in it, and the weight of each: unit's weight × persons there ÷ persons drawn. */
  readonly persons: number;
  readonly personWeight: number;
}

/** A sample with what it can be repeated and checked from. */
export interface DrawnSample {
  readonly lines: readonly SampleLine[];
  readonly draw: DrawRecord;
  readonly joined: number;
  /** Σ weight × size of the drawn units: the frame's size again, exactly so when drawn by size. */
  readonly estimatedSize: number;
  readonly cautions: readonly string[];
}

function invalid(place: string, message: string, remedy?: string): Result<never, readonly Problem[]> {
  return err([studyProblem("design-option-invalid", place, message, remedy)]);
}

interface Stratum {
  readonly name: string;
  readonly units: number;
  readonly size: number;
  readonly certain: number;
}

function strataOf({ strata, sizes, certain }: FileFrame): Stratum[] {
  const found = new Map<string, Stratum>();
  strata.forEach((name, u) => {
    const { units, size, certain: sure } = found.get(name) ?? { units: 0, size: 0, certain: 0 };
    const more = sizes[u]! > 0 ? 1 : 0;
    found.set(name, {
      name,
      units: units + more,
      size: size + sizes[u]!,
      certain: sure + (certain.has(u) ? 1 : 0),
    });
  });
  return [...found.values()];
}

function allocationOf(
  strata: readonly Stratum[],
  { units, byStratum, rule }: SampleOrder,
): Result<Map<string, number>, readonly Problem[]> {
  const names = new Set(strata.map(({ name }) => name));
  const unknown = [...byStratum.keys()].filter((name) => !names.has(name));
  if (unknown.length > 0)
    return invalid(
      "--stratum",
      `the frame has no stratum ${unknown.join(", ")}`,
      `Its strata are ${[...names].slice(0, 20).join(", ")}${names.size > 20 ? " …" : ""}; several columns are joined as "a / b".`,
    );
  if (units === null) return ok(new Map(byStratum));
  const other = [...byStratum].find(([, n]) => n !== 0);
  if (other)
    return invalid("--stratum", `${other[0]}=${other[1]} beside a total (--units)`, "State a total or each stratum.");
  const covered = strata.filter(({ name }) => !byStratum.has(name));
  const shared = allocate(covered, { total: units, rule });
  if (!shared.ok) return shared;
  const allocation = new Map<string, number>(byStratum);
  covered.forEach(({ name, certain }, h) => {
    allocation.set(name, Math.max(shared.value.units[h]!, certain));
  });
  return ok(allocation);
}

function joinedFrame(frame: FileFrame, { joinBelow, seed }: SampleOrder): { frame: FileFrame; joined: number } {
  if (joinBelow === null) return { frame, joined: 0 };
  const pseudo = joinSmallUnits(frame, joinBelow, seed);
  const certain = new Set<number>();
  pseudo.members.forEach((group, at) => {
    if (group.some((u) => frame.certain.has(u))) certain.add(at);
  });
  const { numbers } = frame;
  return {
    joined: pseudo.members.filter(({ length }) => length > 1).length,
    frame: {
      ...pseudo.frame,
      strata: (pseudo.frame.strata ?? []).map(String),
      certain,
      numbers: numbers && Float64Array.from(pseudo.members, (group) => numbers[group[0]!]!),
    },
  };
}

/** Strata of one unit that would be sampled, as problems. */
function aloneIn(strata: readonly Stratum[], { byStratum }: SampleOrder): Problem[] {
  return strata
    .filter(({ name, units, certain }) => units === 1 && certain === 0 && byStratum.get(name) !== 0)
    .map(({ name }) => studyProblem("frame-stratum-alone", `stratum ${name}`, "it has one unit with a size"));
}

function linesOf(
  { names, strata, sizes }: FileFrame,
  draw: { unit: number; certain: boolean; replacements: readonly number[] }[],
  probabilities: Float64Array,
  persons: number | null,
): SampleLine[] {
  return draw.flatMap(({ unit, certain, replacements }, at) =>
    [unit, ...replacements].map((u, choice) => {
      const taken = persons === null ? sizes[u]! : Math.min(persons, sizes[u]!);
      return {
        ...{ unit: names[u]!, stratum: strata[u]!, size: sizes[u]!, probability: probabilities[u]! },
        ...{ weight: 1 / probabilities[u]!, role: choice === 0 ? "original" : `replacement-${choice}` },
        ...{ replaces: names[unit]!, order: at + 1, certain: choice === 0 && certain, persons: taken },
        personWeight: sizes[u]! / taken / probabilities[u]!,
      };
    }),
  );
}

/** Draws a sample of units from a file's frame. @returns the lines of the sample, or what is wrong with frame and order */
export function drawSample(whole: FileFrame, order: SampleOrder): Result<DrawnSample, readonly Problem[]> {
  if (whole.numbers && order.method === "systematic")
    return invalid("--number", "a systematic draw uses no permanent numbers", "Add --method pareto, or leave it out.");
  const { frame, joined } = joinedFrame(whole, order);
  const strata = strataOf(frame);
  const alone = aloneIn(strata, order);
  if (alone.length > 0) return err(alone);
  const allocation = allocationOf(strata, order);
  if (!allocation.ok) return allocation;
  const { method, probabilities, replacements, coordination, seed, persons } = order;
  const draw = drawUnits(
    frame,
    {
      ...{ allocation: allocation.value, method, probabilities, replacements, certain: frame.certain },
      ...(frame.numbers && { numbers: frame.numbers }),
      ...(coordination && { coordination }),
    },
    seed,
  );
  if (!draw.ok) return draw;
  const { record, drawn } = draw.value;
  const lines = linesOf(frame, [...drawn], draw.value.probabilities, persons);
  const total = drawn.length;
  const cautions = [
    ...(order.units !== null && total > order.units
      ? [`${total} units instead of ${order.units}: some strata have more certain units than their share.`]
      : []),
    ...record.strata
      .filter(({ drawn: n, units }) => n === 1 && units > 1)
      .map(({ name }) => `Stratum ${name} has one drawn unit: join it with another before errors are computed.`),
    ...record.strata
      .filter(({ drawn: n }) => n === 0)
      .map(({ name, size }) => `Stratum ${name} (size ${size}) is not covered: the sample says nothing of it.`),
    ...record.strata
      .filter(({ withoutReplacement }) => withoutReplacement > 0)
      .map(({ name, withoutReplacement }) => `Stratum ${name}: ${withoutReplacement} drawn units lack a replacement.`),
  ];
  const originals = lines.filter(({ role }) => role === "original");
  const estimatedSize = originals.reduce((sum, { weight, size }) => sum + weight * size, 0);
  return ok({ lines, draw: record, joined, estimatedSize, cautions });
}
