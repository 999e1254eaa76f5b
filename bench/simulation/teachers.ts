import { drawShare, drawWord, mixWord, personKey, pickClass } from "../../src/simulation/draws.js";
import { happens } from "../../src/simulation/logistic-chance.js";
import type { TeacherParameters } from "./parameters.js";

/** What the task counts, over all years; teachers at the end of the last. */
export interface TeacherTotals {
  readonly head: number;
  readonly left: number;
  readonly writeOff: number;
  readonly sabbaticals: number;
  readonly promoted: number;
  readonly teacherYears: number;
}

const longestService = 30;
const oldest = 68;

/** Purposes of draws that are made once in a life; those of a year are 4t and 4t + 1. */
const purposes = { subject: 1000, age: 1001, service: 1002, grade: 1003, region: 1004, loan: 1005 } as const;

/**
 * The task of `teach10.c`: teachers as columns, ten yearly steps of pay, loans, leaving, promotion and entry.
 * @param every 1 for all teachers, 10 for each tenth id: the draws of those kept are the same
 */
export class Teachers {
  readonly #of: TeacherParameters;
  readonly #mixedSeed: number;
  readonly #every: number;
  readonly #cumulatedStock: Float64Array;
  readonly #cumulatedEntrants: Float64Array;
  readonly #bySubject: Float64Array;
  readonly #byAge: Float64Array;
  readonly #byService: Float64Array;
  readonly #pay: Float64Array;
  readonly #promoted: Float64Array;
  readonly #id: Uint32Array;
  readonly #age: Uint8Array;
  readonly #service: Uint8Array;
  readonly #subject: Uint8Array;
  readonly #region: Uint8Array;
  readonly #grade: Uint8Array;
  readonly #balance: Float32Array;
  readonly #loan: Float32Array;
  #n = 0;
  #nextId: number;
  #left = 0;
  #writeOff = 0;
  #sabbaticals = 0;
  #promotions = 0;
  #teacherYears = 0;

  constructor(parameters: TeacherParameters, seed: number, every = 1) {
    this.#of = parameters;
    this.#mixedSeed = mixWord(seed);
    this.#every = every;
    this.#cumulatedStock = Float64Array.from(parameters.cumStock);
    this.#cumulatedEntrants = Float64Array.from(parameters.cumEnt);
    this.#bySubject = Float64Array.from(parameters.bSubj);
    this.#byAge = Float64Array.from(parameters.bAge);
    this.#byService = Float64Array.from(parameters.bExp);
    this.#pay = Float64Array.from(parameters.sal.flat());
    this.#promoted = Float64Array.from(parameters.prom.flat());
    const room = Math.ceil((parameters.N0 + parameters.T * parameters.E) / every) + parameters.T + 1;
    this.#id = new Uint32Array(room);
    this.#age = new Uint8Array(room);
    this.#service = new Uint8Array(room);
    this.#subject = new Uint8Array(room);
    this.#region = new Uint8Array(room);
    this.#grade = new Uint8Array(room);
    this.#balance = new Float32Array(room);
    this.#loan = new Float32Array(room);
    for (let id = 0; id < parameters.N0; id += every) this.#begin(id);
    this.#nextId = parameters.N0;
  }

  /** A teacher of the first stock. */
  #begin(id: number): void {
    const key = personKey(this.#mixedSeed, id);
    const n = this.#n++;
    const age = 22 + Math.floor(45 * drawShare(key, purposes.age));
    const grade = drawShare(key, purposes.grade);
    const loan = age < 38 ? 20_000 + 40_000 * drawShare(key, purposes.loan) : 0;
    this.#id[n] = id;
    this.#subject[n] = pickClass(this.#cumulatedStock, drawShare(key, purposes.subject));
    this.#age[n] = age;
    this.#service[n] = (age - 22) * drawShare(key, purposes.service);
    this.#grade[n] = grade < 0.62 ? 0 : grade < 0.87 ? 1 : grade < 0.95 ? 2 : 3;
    this.#region[n] = 9 * drawShare(key, purposes.region);
    this.#balance[n] = loan;
    this.#loan[n] = loan;
  }

  /** One year for everybody who is there, then the year's entrants. */
  step(t: number): void {
    const { interest, threshold, repay, nsbYears, nsbEffect, growth } = this.#of;
    const [ids, ages, services, subjects, regions] = [this.#id, this.#age, this.#service, this.#subject, this.#region];
    const [grades, balances, loans] = [this.#grade, this.#balance, this.#loan];
    const [bySubject, byAge, byService, pay, shares] = [
      this.#bySubject,
      this.#byAge,
      this.#byService,
      this.#pay,
      this.#promoted,
    ];
    const [mixedSeed, raise] = [this.#mixedSeed, growth[t]!];
    let [kept, left, writeOff, sabbaticals, promotions] = [0, 0, 0, 0, 0];
    const n = this.#n;
    for (let i = 0; i < n; i++) {
      const age = ages[i]! + 1;
      const service = services[i]! + 1;
      const served = service < longestService ? service : longestService - 1;
      let grade = grades[i]!;
      const salary = pay[grade * longestService + served]! * raise;
      let balance = balances[i]!;
      let benefit = 0;
      if (balance > 0) {
        balance = balance * interest - (salary > threshold ? repay * (salary - threshold) : 0);
        if (balance < 0) balance = 0;
        benefit = loans[i]! / nsbYears;
        if (benefit > balance) benefit = balance;
        balance -= benefit;
        writeOff += benefit;
      }
      if (service % 10 === 0) sabbaticals++;
      const subject = subjects[i]!;
      const logit =
        bySubject[subject]! + byAge[age < 70 ? age : 69]! + byService[served]! - (nsbEffect * benefit) / salary;
      const key = personKey(mixedSeed, ids[i]!);
      if (age >= oldest || happens(drawWord(key, t * 4), logit)) {
        left++;
        continue;
      }
      if (drawShare(key, t * 4 + 1) < shares[grade * longestService + served]!) {
        grade++;
        promotions++;
      }
      ids[kept] = ids[i]!;
      ages[kept] = age;
      services[kept] = service;
      subjects[kept] = subject;
      regions[kept] = regions[i]!;
      grades[kept] = grade;
      balances[kept] = balance;
      loans[kept] = loans[i]!;
      kept++;
    }
    this.#n = kept;
    this.#left += left;
    this.#writeOff += writeOff;
    this.#sabbaticals += sabbaticals;
    this.#promotions += promotions;
    this.#enter();
    this.#teacherYears += this.#n;
  }

  #enter(): void {
    const first = this.#nextId;
    this.#nextId += this.#of.E;
    const every = this.#every;
    for (let id = Math.ceil(first / every) * every; id < this.#nextId; id += every) {
      const key = personKey(this.#mixedSeed, id);
      const n = this.#n++;
      const share = drawShare(key, purposes.age);
      const loan = 30_000 + 30_000 * drawShare(key, purposes.loan);
      this.#id[n] = id;
      this.#age[n] = 22 + Math.floor(20 * share * share);
      this.#service[n] = 0;
      this.#subject[n] = pickClass(this.#cumulatedEntrants, drawShare(key, purposes.subject));
      this.#region[n] = 9 * drawShare(key, purposes.region);
      this.#grade[n] = 0;
      this.#balance[n] = loan;
      this.#loan[n] = loan;
    }
  }

  /** What was counted so far. */
  totals(): TeacherTotals {
    return {
      head: this.#n,
      left: this.#left,
      writeOff: this.#writeOff,
      sabbaticals: this.#sabbaticals,
      promoted: this.#promotions,
      teacherYears: this.#teacherYears,
    };
  }
}
