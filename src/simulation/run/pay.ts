import { grades, regions } from "../classes.js";
import type { Country } from "../country/country.js";
import type { Reader } from "./reader.js";

/** Years of service by which pay on the main scale still rises. */
export const mainSteps = 6;
/** Grade × step of the main scale × region: the size of a table of pay. */
export const payTableSize = grades.length * mainSteps * regions.length;

/** The step of every number of years of service, 0 to 255. */
const stepOf = Uint8Array.from({ length: 256 }, (_, service) => Math.min(service, mainSteps - 1));

/** Where the pay of a grade, service and region stands in a table. */
export function payPosition(grade: number, service: number, region: number): number {
  return (grade * mainSteps + stepOf[service]!) * regions.length + region;
}

/** Pay relative to the mean, before it is brought to the published mean. */
function relativePay(reader: Reader, year: number): Float64Array {
  const table = new Float64Array(payTableSize);
  const value = (name: string) => reader.value(`pay.${name}`, year);
  const byGrade = [value("main-start"), value("upper"), value("leader"), value("head")];
  for (let grade = 0; grade < grades.length; grade++)
    for (let step = 0; step < mainSteps; step++)
      for (const [region, name] of regions.entries())
        table[payPosition(grade, step, region)] =
          (byGrade[grade]! + (grade === 0 ? step * value("main-step") : 0)) * value(`area.${name}`);
  return table;
}

/** Mean relative pay of a full-time equivalent among a country's teachers: what brings the scale to the published mean. */
function meanRelativePay({ teachers, schools }: Country, table: Float64Array): number {
  let [sum, fte] = [0, 0];
  for (let i = 0; i < teachers.length; i++) {
    const region = Math.floor(schools.place[teachers.school[i]!]! / 5);
    sum += table[payPosition(teachers.grade[i]!, teachers.service[i]!, region)]! * teachers.fte[i]!;
    fte += teachers.fte[i]!;
  }
  return sum / fte;
}

/** What the mean is by relative pay, kept by country and scale, since it needs a pass over everybody. */
const means = new WeakMap<Country, Map<string, number>>();

function meanOf(country: Country, table: Float64Array): number {
  const known = means.get(country) ?? new Map<string, number>();
  means.set(country, known);
  const key = table.join();
  const mean = known.get(key) ?? meanRelativePay(country, table);
  known.set(key, mean);
  return mean;
}

/**
 * Full-time pay of a year, pence: grade × step × region, whole numbers. The scale of the first year has the published mean of November 2020
 * times `pay.since-2020`; it rises by `pay.growth` after that, and `pay.uplift` stands on top.
 */
export function payTable(country: Country, reader: Reader, year: number): Float64Array {
  const relative = relativePay(reader, year);
  const mean = meanOf(country, relativePay(reader, 0));
  let level = (country.meanPay * reader.value("pay.since-2020", 0)) / mean;
  for (let t = 1; t <= year; t++) level *= 1 + reader.value("pay.growth", t);
  level *= 1 + reader.value("pay.uplift", year);
  return relative.map((share) => Math.round(share * level * 100));
}
