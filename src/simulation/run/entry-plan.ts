import { fifths, placeCount, regions, subjects } from "../classes.js";
import { cumulate, cumulatedShares } from "../country/spread.js";
import { portableExp, portableLog } from "../exponential.js";
import { type EntryPlan, entrantKinds, fteOfKind } from "./enter.js";
import type { Reader } from "./reader.js";

/** Supply of a year by subject × kind, full-time equivalents, before posts limit it. */
export function supplyOf(reader: Reader, year: number, traineesBefore: Float64Array): Float64Array {
  const conversion = reader.bySubject("training.conversion", year);
  const returners = reader.bySubject("entry.returners", year);
  const elsewhere = reader.bySubject("entry.new-to-sector", year);
  const pay = payAnswer(reader, year);
  return Float64Array.from(
    subjects.flatMap((_, s) => [traineesBefore[s]! * conversion[s]!, returners[s]! * pay, elsewhere[s]! * pay]),
  );
}

/** What a general raise of pay makes of those who would begin training or come back. */
export function payAnswer(reader: Reader, year: number): number {
  const uplift = reader.value("pay.uplift", year);
  return uplift === 0 ? 1 : portableExp(reader.value("pay.entry-response", year) * portableLog(1 + uplift));
}

/** How a place's weight with entrants and movers differs: less in deprived fifths, more where the recruitment fund pays. */
export function attraction(reader: Reader, year: number): Float64Array {
  const deprivation = reader.value("moving.deprivation", year);
  const steps = fifths.length - 1;
  const pays =
    reader.value("recruitment-fund.budget", year) > 0 ? reader.value("recruitment-fund.attraction", year) : 0;
  const from = fifths.length - Math.round(reader.value("recruitment-fund.fifths", year));
  return Float64Array.from(
    subjects.flatMap((name) =>
      Array.from({ length: placeCount }, (_, place) => {
        const fifth = place % fifths.length;
        const funded = (name === "english" || name === "mathematics") && fifth >= from ? pays : 0;
        return portableExp((deprivation * fifth) / steps + funded);
      }),
    ),
  );
}

/** Where movers go within their region: subject × region × fifth, cumulated. */
export function moverShares(posts: Float64Array, weights: Float64Array): Float64Array {
  const shares = posts.map((count, k) => count * weights[k]!);
  for (let from = 0; from < shares.length; from += fifths.length) cumulate(shares, from, from + fifths.length);
  return shares;
}

/**
 * Shares an amount among openings in proportion to their weights, never more than an opening holds: what one cannot take goes to the others.
 * @returns one a place, summing to the amount or to all openings, whichever is less
 */
export function fillOpenings(openings: Float64Array, weights: Float64Array, amount: number): Float64Array {
  const filled = new Float64Array(openings.length);
  let rest = amount;
  for (let round = 0; round < 8 && rest > 1e-9; round++) {
    let sum = 0;
    for (let k = 0; k < openings.length; k++) if (filled[k]! < openings[k]!) sum += openings[k]! * weights[k]!;
    if (sum <= 0) break;
    const part = rest / sum;
    for (let k = 0; k < openings.length; k++) {
      if (filled[k]! >= openings[k]!) continue;
      const more = Math.min(openings[k]! - filled[k]!, openings[k]! * weights[k]! * part);
      filled[k]! += more;
      rest -= more;
    }
  }
  return filled;
}

/** What a year's entry is planned from. */
export interface EntrySituation {
  readonly firstId: number;
  /** Subject × place, hundredths. */
  readonly posts: Float64Array;
  readonly stock: Float64Array;
  /** Subject × kind, full-time equivalents. */
  readonly supply: Float64Array;
  /** Subject × place. */
  readonly weights: Float64Array;
  /** Subject × region: of the newly qualified, those who trained for the region. */
  readonly trained: Float64Array;
}

/** More entrants for each opening that the recruitment fund pays for, as a factor on a subject's supply. */
function fundedSupply(reader: Reader, year: number, subject: number, openings: Float64Array): number {
  const name = subjects[subject]!;
  if (reader.value("recruitment-fund.budget", year) <= 0 || (name !== "english" && name !== "mathematics")) return 0;
  const from = fifths.length - Math.round(reader.value("recruitment-fund.fifths", year));
  let funded = 0;
  for (let place = 0; place < openings.length; place++)
    if (place % fifths.length >= from) funded += openings[place]! / 100;
  const paid = reader.value("recruitment-fund.budget", year) / reader.value("recruitment-fund.payment", year);
  return Math.min(funded, paid / 2) * reader.value("recruitment-fund.additional", year);
}

/** Where a subject's entrants come to, hundredths: the newly qualified, and the others; each by place. */
interface Filled {
  readonly newlyQualified: Float64Array;
  readonly others: Float64Array;
}

/**
 * Shares a subject's hires among openings. Of the newly qualified, those who look where they trained take openings of their region first; the
 * rest, and all others, look everywhere. As many posts are filled in the whole as without it.
 * @param local by region: newly qualified who look there first, hundredths
 * @param hired of the newly qualified and of all, hundredths
 */
function placeEntrants(
  openings: Float64Array,
  weights: Float64Array,
  local: readonly number[],
  hired: { readonly newlyQualified: number; readonly all: number },
): Filled {
  const near = new Float64Array(openings.length);
  for (const [region, amount] of local.entries()) {
    const [from, to] = [region * fifths.length, (region + 1) * fifths.length];
    near.set(fillOpenings(openings.subarray(from, to), weights.subarray(from, to), amount), from);
  }
  const placed = near.reduce((a, b) => a + b, 0);
  const left = openings.map((count, k) => count - near[k]!);
  const rest = fillOpenings(left, weights, hired.all - placed);
  const share = hired.all > placed ? (hired.newlyQualified - placed) / (hired.all - placed) : 0;
  return { newlyQualified: near.map((count, k) => count + rest[k]! * share), others: rest };
}

/**
 * How many enter, and where: all who would, or as many as there are openings, each kind in proportion. Heads follow from the mean time each kind
 * works.
 */
export function planEntry(reader: Reader, year: number, of: EntrySituation): EntryPlan {
  const heads = new Int32Array(subjects.length * entrantKinds.length);
  const places = new Float64Array(subjects.length * entrantKinds.length * placeCount);
  const staying = reader.value("training.staying", year);
  for (let s = 0; s < subjects.length; s++) {
    const [from, to] = [s * placeCount, (s + 1) * placeCount];
    const openings = of.posts.slice(from, to).map((posts, k) => Math.max(0, posts - of.stock[from + k]!));
    const total = openings.reduce((a, b) => a + b, 0) / 100;
    const kinds = entrantKinds.map((_, kind) => of.supply[s * entrantKinds.length + kind]!);
    const supply = kinds.reduce((a, b) => a + b, 0);
    const hired = Math.min(total, supply + fundedSupply(reader, year, s, openings));
    const newlyQualified = supply > 0 ? (100 * hired * kinds[0]!) / supply : 0;
    const local = regions.map((_, r) => newlyQualified * staying * of.trained[s * regions.length + r]!);
    const weights = of.weights.subarray(from, to);
    const filled = placeEntrants(openings, weights, local, { newlyQualified, all: hired * 100 });
    for (const [kind, fte] of kinds.entries()) {
      const row = s * entrantKinds.length + kind;
      places.set(cumulatedShares(kind === 0 ? filled.newlyQualified : filled.others), row * placeCount);
      heads[row] = supply > 0 ? Math.round((hired * fte) / supply / fteOfKind[kind]!) : 0;
    }
  }
  return {
    ...{ firstId: of.firstId, heads, places },
    loan: Math.round(reader.value("loans.entrant-balance", year) * 100),
    holders: reader.value("loans.holders", year),
  };
}

/** Who would begin training in a year, by subject: recruits as they answer to fees, bursary, guarantee and pay, were there places. */
export function recruitsOf(reader: Reader, year: number): Float64Array {
  const [recruits, shortage] = ["training.recruits", "shortage"].map((prefix) => reader.bySubject(prefix, year));
  const value = (name: string) => reader.value(name, year);
  const guaranteed = guaranteedYears(reader, year);
  const pay = payAnswer(reader, year);
  return Float64Array.from(subjects, (_, s) => {
    const short = shortage![s]! >= 0.5;
    const support = short ? (value("fees.fee") * value("fees.remission") + value("fees.bursary")) / 1000 : 0;
    const factor =
      answerTo(value("fees.response-form"), value("fees.response"), support) *
      answerTo(value("training.guarantee-form"), value("training.guarantee-response"), guaranteed) *
      pay;
    return recruits![s]! * factor;
  });
}

/** Constant: e to the response times the dose less its rounding; logit: the same within a ceiling of twice. */
function answerTo(form: number, response: number, dose: number): number {
  if (Math.round(form) === 0 || dose === 0) return 1;
  const grown = portableExp(portableLog(1 + response) * dose);
  return Math.round(form) === 1 ? grown : (2 * grown) / (1 + grown);
}

/** How much of a guarantee of three years has been in force: a third for each of the last three years. */
function guaranteedYears(reader: Reader, year: number): number {
  let sum = 0;
  for (let t = Math.max(0, year - 2); t <= year; t++) sum += reader.value("training.guarantee", t) / 3;
  return sum;
}
