import type { EngineInput } from "../../inputs/index.js";
import type { FormChoice, Range, SimulationParameter, SourcedValue, ValueSource } from "../simulation-parameter.js";
import { assumed, proposed, since } from "../sources.js";

/** What the engine's list of inputs doesn't say of one: words for readers, the document behind its values, how sure they are. */
export interface Detail {
  /** In the reader's words; `{}` stands for the last part of the path in words. */
  readonly label: string;
  /** The document or law behind the values; where it is left out they are an assumption, or a proposal's, for the reason that the engine gives. */
  readonly source?: ValueSource | ((year: number) => ValueSource);
  /** The proposal that sets it, where one does. */
  readonly proposal?: string;
  readonly range?: Range;
  readonly forms?: readonly FormChoice[];
}

/** The details by path, or by family as `leaving.under-55.*`. */
export type Details = Readonly<Record<string, Detail>>;

/** The years for which values are declared: from the first year of a hindcast to the end of the longest run. */
const declaredYears = { from: 2010, to: 2046 } as const;

const familyOf = (path: string) => path.replace(/[^.]+$/, "*");
const words = (path: string) => path.slice(path.lastIndexOf(".") + 1).replaceAll("-", " ");

/** The values of an input by date: one wherever the value changes, the first in 2010. */
function valuesOf(input: EngineInput, source: (year: number) => ValueSource): readonly SourcedValue[] {
  const values: SourcedValue[] = [];
  for (let year = declaredYears.from; year <= declaredYears.to; year++) {
    const value = input.value(year);
    if (values.at(-1)?.value !== value) values.push(since(`${year}-09-01`, value, source(year)));
  }
  return values;
}

function sourceOf({ from }: EngineInput, { source, proposal }: Detail): (year: number) => ValueSource {
  if (typeof source === "function") return source;
  const one = source ?? (proposal === undefined ? assumed(from) : proposed(proposal, from));
  return () => one;
}

/**
 * The parameters of the engine's inputs, in their order.
 * @throws {RangeError} when an input has no detail: every number has its words and its source; or when a detail is of no input
 */
export function declare(inputs: readonly EngineInput[], details: Details): readonly SimulationParameter[] {
  const known = new Set(inputs.flatMap(({ name }) => [name, familyOf(name)]));
  const idle = Object.keys(details).find((path) => !known.has(path));
  if (idle !== undefined) throw new RangeError(`the engine reads no "${idle}"`);
  return inputs.map((input) => {
    const detail = details[input.name] ?? details[familyOf(input.name)];
    if (!detail) throw new RangeError(`"${input.name}" has no label and no source`);
    return {
      path: input.name,
      label: detail.label.replace("{}", words(input.name)),
      unit: input.unit,
      values: valuesOf(input, sourceOf(input, detail)),
      bounds: { low: input.low, high: input.high },
      range: detail.range ?? null,
      forms: detail.forms ?? null,
      structural: detail.forms !== undefined && detail.proposal === undefined,
    };
  });
}
