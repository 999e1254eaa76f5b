import type { Problem } from "../../kernel/index.js";

/**
 * Whose pupils they are: for each pupil the schools and the share of the pupil's time at each, in compressed rows.
 * Pupil `i` has the entries `start[i]` to `start[i + 1] - 1`, in ascending order of school, each share above 0.
 * A pupil's shares and `unaccounted` add up to 1.
 */
export interface MembershipShares {
  /** Length pupils + 1. */
  readonly start: Int32Array;
  readonly school: Int32Array;
  /** 0–1. */
  readonly share: Float64Array;
  /** The part of each pupil's time at no known school, 0–1. */
  readonly unaccounted: Float64Array;
  /** What a reader of the file should look at, row by row; none of it stopped the computation. */
  readonly findings: RowFindings;
  /** How often each rule was used: of rows or of pupils, as {@link membershipWords} says. */
  readonly counts: Readonly<Record<MembershipCode, number>>;
}

/** Findings as two columns: the row of the table and what was found there, in ascending order of row. */
export interface RowFindings {
  readonly rows: Int32Array;
  readonly codes: readonly MembershipCode[];
}

export type MembershipCode = keyof typeof membershipWords;

/** What each finding says. `error` stops the review; `row` and `pupil` say what is counted. */
export const membershipWords = {
  "spell-ends-before-it-begins": {
    kind: "error",
    of: "row",
    text: "the leaving date is before the entry date",
    remedy: "Correct one of the two dates. A spell of one day has the same date twice.",
  },
  "spell-without-entry": {
    kind: "error",
    of: "row",
    text: "the entry date is missing",
    remedy: "Give the pupil's first day on roll. Only the leaving date may be empty: it then means still on roll.",
  },
  "spell-repeated": {
    kind: "note",
    of: "row",
    text: "repeats an earlier row of the same pupil, school, dates and status; it was counted once",
    remedy: "Delete the row that repeats another.",
  },
  "spells-overlap": {
    kind: "note",
    of: "pupil",
    text: "overlaps another registration of the same rank at another school; the common time was divided equally",
    remedy: "Check which school held the main registration, or mark the other as subsidiary in the status column.",
  },
  "spells-gap": {
    kind: "note",
    of: "pupil",
    text: "begins after a stretch on no roll; that time is unaccounted",
    remedy: "Add the missing spell if the pupil was on a roll, or leave it: the time then counts for no school.",
  },
  "spells-dual": {
    kind: "note",
    of: "pupil",
    text: "was registered at two schools in different ranks; the time counted for the higher (main) registration",
    remedy: "Nothing to do: this is the rule for dual registration and for alternative provision arranged by a school.",
  },
  "spell-guest": {
    kind: "note",
    of: "row",
    text: "is a guest's; guests are registered elsewhere and count there",
    remedy: "Nothing to do, or correct the status if the pupil was on this school's roll.",
  },
  "spell-outside-window": {
    kind: "note",
    of: "row",
    text: "has no time within the pupil's window",
    remedy: "Nothing to do: other key stages' time doesn't count. If there are many, check the window's dates.",
  },
  "pupil-arrived-late": {
    kind: "note",
    of: "pupil",
    text: "came on a roll after the window began; the time before is unaccounted",
    remedy: "Nothing to do.",
  },
  "pupil-left-early": {
    kind: "note",
    of: "pupil",
    text: "left the last known roll before the window ended; the time after is unaccounted",
    remedy: "Nothing to do, or add the spell at the next school.",
  },
  "pupil-outside": {
    kind: "note",
    of: "pupil",
    text: "spent time at a school or provider that is not known by a URN; that time is unaccounted",
    remedy: "Nothing to do, or give the provider's URN if it has one.",
  },
  "pupil-without-time": {
    kind: "note",
    of: "pupil",
    text: "has no time or share at any known school and counts for none",
    remedy: "Check that the pupil's number is written the same way in both files.",
  },
  "share-not-a-number": {
    kind: "error",
    of: "row",
    text: "the share is missing or is not a number",
    remedy: "Give a share from 0 to 1, or delete the row.",
  },
  "share-negative": {
    kind: "error",
    of: "row",
    text: "the share is below 0",
    remedy: "Give a share from 0 to 1, or delete the row.",
  },
  "shares-above-one": {
    kind: "error",
    of: "row",
    text: "the shares of this pupil add up to more than 1",
    remedy: "Correct the shares. Nobody spends more than all of their time at school.",
  },
  "shares-below-one": {
    kind: "error",
    of: "row",
    text: "the shares of this pupil add up to less than 1, and the review file asks to stop there",
    remedy: 'Correct the shares, or set "remainder" to "unaccounted" or "rescale".',
  },
  "share-repeated": {
    kind: "note",
    of: "row",
    text: "names the same pupil and school as an earlier row; the shares were added up",
    remedy: "Nothing to do if the pupil was at the school twice; otherwise delete one of the rows.",
  },
  "pupil-partly-unaccounted": {
    kind: "note",
    of: "pupil",
    text: "has shares that add up to less than 1; the remainder is unaccounted",
    remedy: "Nothing to do.",
  },
  "shares-rounded": {
    kind: "note",
    of: "pupil",
    text: "has shares that add up to 1 only within the rounding of two decimals; they were used as they are written",
    remedy: "Nothing to do, or write the shares with more decimals.",
  },
  "pupil-rescaled": {
    kind: "note",
    of: "pupil",
    text: "had shares that add up to less than 1; they were divided by their sum",
    remedy: "Nothing to do.",
  },
} as const satisfies Record<string, { kind: "error" | "note"; of: "row" | "pupil"; text: string; remedy: string }>;

/** Counts of every code, all 0. */
export function noCounts(): Record<MembershipCode, number> {
  const codes = Object.keys(membershipWords) as MembershipCode[];
  return Object.fromEntries(codes.map((code) => [code, 0])) as Record<MembershipCode, number>;
}

/** The findings of two growing lists as columns, in ascending order of row. */
export function rowFindings(rows: readonly number[], codes: readonly MembershipCode[]): RowFindings {
  const order = rows.map((_, i) => i).sort((a, b) => rows[a]! - rows[b]! || a - b);
  return { rows: Int32Array.from(order, (i) => rows[i]!), codes: order.map((i) => codes[i]!) };
}

/**
 * The findings as problems that a person can act on.
 * @param placeOf where a row stands, as `spells.csv, line 17`
 */
export function membershipProblems(findings: RowFindings, placeOf: (row: number) => string): Problem[] {
  return findings.codes.map((code, i) => ({
    code,
    place: placeOf(findings.rows[i]!),
    message: membershipWords[code].text,
    remedy: membershipWords[code].remedy,
  }));
}

/** Sentences on what the rules did, with counts, for the measure's notes; none where nothing was done. */
export function describeMembership(shares: MembershipShares): string[] {
  const codes = Object.keys(shares.counts) as MembershipCode[];
  const sentences = codes
    .filter((code) => shares.counts[code] > 0)
    .map((code) => {
      const { of, text } = membershipWords[code];
      const count = shares.counts[code];
      return `${count} ${count === 1 ? of : `${of}s`}: ${text} (${code}).`;
    });
  const pupils = shares.unaccounted.length;
  const unaccounted = shares.unaccounted.reduce((sum, part) => sum + part, 0);
  if (unaccounted > 0) {
    const percent = ((100 * unaccounted) / pupils).toFixed(1);
    sentences.push(`${percent}% of all pupils' time is unaccounted: it counts for no school.`);
  }
  return sentences;
}
