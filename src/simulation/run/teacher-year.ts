import { fifths, loanPlans, regions, subjects } from "../classes.js";
import type { Country } from "../country/country.js";
import { portableExp, portableLog } from "../exponential.js";
import { payTable } from "./pay.js";
import type { Reader } from "./reader.js";

/** Age classes of leaving; the first three are under 55. */
export const ageClasses = ["under-30", "30-to-34", "35-to-54", "55-to-59", "60-to-64", "65-and-over"] as const;

/** The class of every age, 0 to 127. */
export const ageClassOf: Uint8Array = Uint8Array.from({ length: 128 }, (_, age) =>
  age < 30 ? 0 : age < 35 ? 1 : age < 55 ? 2 : age < 60 ? 3 : age < 65 ? 4 : 5,
);

/** Nobody teaches past this age. */
export const oldest = 75;

/** Years of service with an effect of their own on leaving; position 0 stands for all beyond. */
export const serviceEffects = 6;

/** How leaving answers to a raise of pay by a share. */
export interface RaiseResponse {
  /** 0 none, 1 constant elasticity, 2 logit. */
  readonly form: number;
  readonly response: number;
}

/** All that teachers need to live through a year: numbers alone, so that it can be sent to a worker. */
export interface TeacherYear {
  readonly year: number;
  /** Calendar year in which the academic year begins. */
  readonly calendar: number;
  /** Subject × age class: log-odds of leaving, intercept and general responses included. */
  readonly logits: Float64Array;
  /** By year of service, 0 for the sixth and later. */
  readonly service: Float64Array;
  readonly partTime: number;
  /** By place. */
  readonly place: Float64Array;
  /** The factor on the hazard that a general raise of pay means. */
  readonly payFactor: number;
  readonly pay: Float64Array;
  readonly onCosts: number;
  /** By loan plan. */
  readonly thresholds: Float64Array;
  readonly interest: Float64Array;
  readonly repayment: number;
  readonly shortage: Uint8Array;
  readonly benefit: {
    readonly form: number;
    readonly term: number;
    readonly first: number;
    readonly last: number;
    readonly acceleration: number;
    readonly shortageOnly: boolean;
    /** What a pound of it is worth, in pounds of pay. */
    readonly value: number;
    readonly answer: RaiseResponse;
  };
  readonly sabbatical: {
    /** By year of service: share of teachers whose sabbatical is funded, times take-up; length 64. */
    readonly taken: Float64Array;
    /** By year of service: log-odds of the prospect. */
    readonly prospect: Float64Array;
    readonly length: number;
    readonly pay: number;
    readonly cover: number;
    readonly duty: number;
    readonly owed: number;
  };
  readonly fund: {
    readonly payment: number;
    readonly years: number;
    readonly fifths: number;
    readonly answer: RaiseResponse;
  };
  readonly development: { readonly share: number; readonly cost: number; readonly answer: number };
  readonly promotion: Float64Array;
  /** By phase: the share of full-timers and of longer part-timers who drop a fifth of full time. */
  readonly hours: Float64Array;
  readonly moving: number;
}

const clampedForm = (value: number) => Math.round(value);

function benefitOf(reader: Reader, year: number): TeacherYear["benefit"] {
  const value = (name: string) => reader.value(`service-benefit.${name}`, year);
  const form = clampedForm(value("form"));
  return {
    form,
    term: value("term"),
    first: value("first-year"),
    last: value("last-year"),
    acceleration: value("acceleration"),
    shortageOnly: value("shortage-only") >= 0.5,
    value: form === 1 ? value("value") : 1,
    answer: { form: clampedForm(value("response-form")), response: value("response") },
  };
}

/** Prospect of a sabbatical in the three years before it; nothing by the form "none". */
function sabbaticalOf(reader: Reader, year: number): TeacherYear["sabbatical"] {
  const value = (name: string) => reader.value(`sabbatical.${name}`, year);
  const [taken, prospect] = [new Float64Array(64), new Float64Array(64)];
  const answers = clampedForm(value("response-form")) !== 0;
  for (const at of [10, 20, 30]) {
    const funded = value(`year-${at}`);
    taken[at] = funded * value("take-up");
    for (let k = at - 3; k < at; k++) prospect[k] = answers ? funded * value("prospect") : 0;
  }
  return {
    taken,
    prospect,
    length: value("length"),
    pay: value("pay"),
    cover: value("cover"),
    duty: Math.round(value("duty")),
    owed: answers ? value("duty-response") : 0,
  };
}

/** Log-odds added for everybody of a subject and age class by the year's target against the first year's. */
function shiftOf(reader: Reader, year: number, name: string): number {
  const odds = (rate: number) => portableLog(rate / (1 - rate));
  return odds(reader.value(name, year)) - odds(reader.value(name, 0));
}

/** Log-odds of leaving by subject and age class. */
function logitsOf(reader: Reader, year: number, intercepts: Float64Array): Float64Array {
  const logits = new Float64Array(subjects.length * ageClasses.length);
  const [form, uplift] = [clampedForm(reader.value("pay.response-form", year)), reader.value("pay.uplift", year)];
  const general = form === 2 ? reader.value("pay.response", year) * uplift : 0;
  for (const [subject, name] of subjects.entries())
    for (const [k, age] of ageClasses.entries()) {
      const [over, effect] = [k > 2 ? 1 : 0, k === 2 ? 0 : reader.value(`leaving.age-${age}`, year)];
      const shift = shiftOf(reader, year, `leaving.${over ? "over" : "under"}-55.${name}`);
      logits[subject * ageClasses.length + k] = intercepts[subject * 2 + over]! + effect + shift + general;
    }
  return logits;
}

/** Log-odds by place: region, and fifth in proportion. */
export function placeEffects(reader: Reader, year: number): Float64Array {
  const steps = fifths.length - 1;
  return Float64Array.from(
    regions.flatMap((region) =>
      fifths.map(
        (_, fifth) =>
          reader.value(`leaving.region.${region}`, year) + (reader.value("leaving.deprivation", year) * fifth) / steps,
      ),
    ),
  );
}

/** Log-odds by year of service; 0 stands for the sixth and later. */
export function serviceEffectsOf(reader: Reader, year: number): Float64Array {
  return Float64Array.from({ length: serviceEffects }, (_, k) =>
    k === 0 ? 0 : reader.value(`leaving.service-${k}`, year),
  );
}

/** What a raise of pay by a share makes of the hazard under the form of constant elasticity. */
export function hazardFactor({ form, response }: RaiseResponse, raise: number): number {
  return form === 1 && raise !== 0 ? portableExp(response * portableLog(1 + raise)) : 1;
}

/** Everything that teachers need in a year, from parameters and the intercepts that the calibration found (subject × under, over 55). */
export function teacherYear(country: Country, reader: Reader, year: number, intercepts: Float64Array): TeacherYear {
  const value = (name: string) => reader.value(name, year);
  const byPlan = (of: string) =>
    Float64Array.from(loanPlans, (plan) => (plan === "none" ? 0 : value(`loans.${of}.${plan}`)));
  const pay = { form: clampedForm(value("pay.response-form")), response: value("pay.response") };
  const fundOn = value("recruitment-fund.budget") > 0;
  // Expected loss of a full-time equivalent: share who drop × a fifth of full time over the mean time worked.
  const drop = (phase: string) => (value(`hours.loss.${phase}`) * 0.92) / 0.2;
  return {
    year,
    calendar: country.firstYear + year,
    logits: logitsOf(reader, year, intercepts),
    service: serviceEffectsOf(reader, year),
    partTime: value("leaving.part-time"),
    place: placeEffects(reader, year),
    payFactor: hazardFactor(pay, value("pay.uplift")),
    pay: payTable(country, reader, year),
    onCosts: value("pay.on-costs"),
    thresholds: byPlan("threshold").map((pounds) => Math.round(pounds * 100)),
    interest: byPlan("interest"),
    repayment: value("loans.rate"),
    shortage: Uint8Array.from(reader.bySubject("shortage", year), (on) => (on >= 0.5 ? 1 : 0)),
    benefit: benefitOf(reader, year),
    sabbatical: sabbaticalOf(reader, year),
    fund: {
      payment: fundOn ? Math.round(value("recruitment-fund.payment") * 100) : 0,
      years: fundOn ? Math.round(value("recruitment-fund.years")) : 0,
      fifths: Math.round(value("recruitment-fund.fifths")),
      answer: {
        form: clampedForm(value("recruitment-fund.response-form")),
        response: value("recruitment-fund.response"),
      },
    },
    development: {
      share: value("development.entitlement"),
      cost: Math.round(value("development.cost") * 100),
      answer: clampedForm(value("development.response-form")) === 0 ? 0 : value("development.response"),
    },
    promotion: Float64Array.of(value("promotion.upper"), value("promotion.leader"), value("promotion.head"), 0),
    hours: Float64Array.of(drop("primary"), drop("secondary")),
    moving: value("moving.rate"),
  };
}
