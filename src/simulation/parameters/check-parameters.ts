import type { Range, SimulationParameter, ValueSource } from "./simulation-parameter.js";

const pathShape = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$/;
const daysShape = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

function faultsOfSource(source: ValueSource): readonly string[] {
  if (source.status === "assumption")
    return [
      ...(source.why.trim() === "" ? ["an assumption without a reason"] : []),
      ...(source.owner.trim() === "" ? ["an assumption without an owner"] : []),
    ];
  if (source.status === "proposal")
    return [
      ...(source.why.trim() === "" ? ["a proposal's value without a reason"] : []),
      ...(/^[ARSFP]\d$/.test(source.proposal) ? [] : [`"${source.proposal}" is no proposal's id`]),
    ];
  return [
    ...(source.title.trim() === "" ? ["a source without a title"] : []),
    ...(/^https:\/\/[^ ]+$/.test(source.href) ? [] : [`"${source.href}" is no address`]),
    ...(daysShape.test(source.published) ? [] : [`"${source.published}" doesn't say when it was published`]),
  ];
}

function faultsOfRange({ low, mode, high, as, why }: Range): readonly string[] {
  return [
    ...(low <= mode && mode <= high && low < high ? [] : [`its range ${low}, ${mode}, ${high} is not in order`]),
    ...(as === "factor" && (mode !== 1 || low < 0) ? ["a range of factors is about 1 and not below 0"] : []),
    ...(why.trim() === "" ? ["a range without a reason"] : []),
  ];
}

function faultsOfForms({ forms, values }: SimulationParameter): readonly string[] {
  if (forms === null) return [];
  const known = forms.map(({ value }) => value);
  return [
    ...(forms.length >= 2 && new Set(known).size === known.length ? [] : ["a switch needs two different forms"]),
    ...values.filter(({ value }) => !known.includes(value)).map(({ value }) => `${value} is none of its forms`),
  ];
}

/** Everything wrong with one parameter as it is declared; none where it is whole. */
function faultsOf(parameter: SimulationParameter): readonly string[] {
  const { path, label, unit, values, bounds, range } = parameter;
  const faults: string[] = [];
  if (!pathShape.test(path)) faults.push("its path is not dotted words in small letters");
  if (label.trim() === "") faults.push("it has no label");
  if (unit.trim() === "") faults.push("it has no unit");
  if (values.length === 0) faults.push("it has no value");
  if (!(bounds.low <= bounds.high)) faults.push("its bounds are not in order");
  values.forEach(({ from, value, source }, i) => {
    if (i > 0 && from <= values[i - 1]!.from) faults.push(`its value of ${from} doesn't follow the one before`);
    if (!(value >= bounds.low && value <= bounds.high)) faults.push(`${value} is outside of its bounds`);
    faults.push(...faultsOfSource(source));
  });
  if (range) {
    faults.push(...faultsOfRange(range));
    if (range.as === "value" && (range.low < bounds.low || range.high > bounds.high))
      faults.push("its range is wider than its bounds");
  }
  return [...faults, ...faultsOfForms(parameter)];
}

/**
 * Everything wrong with the declarations, as sentences that name the parameter; none where each value has its source, each range its
 * reason, and no path is declared twice.
 */
export function faultsOfParameters(parameters: readonly SimulationParameter[]): readonly string[] {
  const paths = parameters.map(({ path }) => path);
  const twice = paths.filter((path, i) => paths.indexOf(path) !== i);
  return [
    ...parameters.flatMap((parameter) => faultsOf(parameter).map((fault) => `${parameter.path}: ${fault}`)),
    ...twice.map((path) => `${path}: it is declared twice`),
  ];
}
