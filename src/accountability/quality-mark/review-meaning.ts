import type { SettingPath } from "../../ingest/settings-file.js";
import type { CivilDate } from "../../kernel/index.js";
import type { AlternativesWanted, FurtherGroup, Membership, PriorAttainment } from "../value-added/index.js";
import type { AccountsOpinion, SafeguardingOutcome, SchoolKind } from "./decision.js";
import type {
  DecisionSettings,
  DraftSpecification,
  EvidenceFiles,
  MembershipFiles,
  ReviewFile,
  ReviewFiles,
  SchoolFiles,
  WordMeanings,
  WrittenAs,
} from "./review-file.js";
import type { WrittenReview } from "./review-file-schema.js";
import { formulaOf } from "./review-formula-check.js";
import { formulaRoles, outcomesOfFormula } from "./review-formula-meaning.js";
import { reviewDefaults } from "./review-schema-parts.js";

type Word = string | number | boolean;
type Written = {
  readonly files: string | string[];
  readonly separator?: WrittenAs["separator"] & string;
  readonly encoding?: WrittenAs["encoding"] & string;
  readonly decimal?: WrittenAs["decimal"] & string;
  readonly missingMarks?: Word[];
};

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

function filesOf(written: Written, path: SettingPath): ReviewFiles {
  const { separator = null, encoding = null, decimal = null, missingMarks } = written;
  return {
    patterns: listOf(written.files),
    format: { separator, encoding, decimal, missingMarks: missingMarks?.map(String) ?? null },
    path,
  };
}

/** Every word in lower case, to what it stands for: the review's own words where it lists some, else the default ones. */
function meaningsOf<Key extends string, Meaning>(
  own: Readonly<Partial<Record<Key, Word[]>>> | undefined,
  defaults: Readonly<Record<Key, readonly string[]>>,
  meanings: Readonly<Record<Key, Meaning>>,
): WordMeanings<Meaning> {
  const keys = Object.keys(defaults) as Key[];
  return new Map(
    keys.flatMap((key) =>
      (own?.[key] ?? defaults[key]).map((word) => [String(word).toLowerCase(), meanings[key]] as const),
    ),
  );
}

/** The name of the column that tells pupils apart: the columns' names together. */
export const pupilColumn = (columns: readonly string[]) => (columns.length === 0 ? "row" : columns.join(" + "));

function membershipOf({ membership }: WrittenReview): Membership {
  if (membership?.table) {
    const { school, share, remainder = reviewDefaults.remainder } = membership.table;
    return { kind: "table", pupil: pupilColumn(listOf(membership.table.pupil)), school, share, remainder };
  }
  if (membership?.spells) {
    const { school, entered, left, status = null, unit = reviewDefaults.unit, windows } = membership.spells;
    return {
      kind: "spells",
      pupil: pupilColumn(listOf(membership.spells.pupil)),
      ...{ school, entered, left, status, unit },
      windows: windows.map(({ year, from, to }) => ({ year: year === undefined ? null : String(year), from, to })),
    };
  }
  return { kind: "one-school" };
}

function membershipFiles({ membership }: WrittenReview): MembershipFiles | null {
  const kind = membership?.table ? "table" : "spells";
  const written = membership?.[kind];
  if (!written) return null;
  const own = kind === "spells" ? membership?.spells?.words : undefined;
  const status = meaningsOf(own, reviewDefaults.words.status, {
    main: "main",
    subsidiary: "subsidiary",
    alternativeProvision: "alternative provision",
    guest: "guest",
  } as const);
  return { ...filesOf(written, ["membership", kind]), pupil: listOf(written.pupil), status };
}

function groupOf(group: NonNullable<WrittenReview["groups"]>[number]): FurtherGroup {
  if (typeof group === "string") return { name: group, column: group, withinSchool: false };
  return {
    name: group.name ?? group.column,
    column: group.column,
    withinSchool: group.withinSchool ?? false,
    ...(group.missing === "average" ? { missing: "average" } : {}),
    ...(group.drift ? { drift: group.drift } : {}),
  };
}

type WrittenOutcome = Exclude<NonNullable<WrittenReview["outcomes"]>[number], string>;

/** The one outcome or the several, written out. */
function outcomesOf(written: WrittenReview): readonly WrittenOutcome[] {
  const { outcome, outcomes = [] } = written;
  const stated = [...listOf(outcome), ...outcomes].map((one) => (typeof one === "string" ? { column: one } : one));
  const model = formulaOf(written);
  if (!model) return stated;
  return outcomesOfFormula(model).map((one) => ({ ...stated.find(({ column }) => column === one.column), ...one }));
}

function priorOf(one: NonNullable<WrittenReview["prior"]>[number]): PriorAttainment {
  const subject = typeof one === "string" ? { column: one } : one;
  const shape =
    subject.spline === undefined
      ? ({ kind: "polynomial", degree: subject.degree ?? reviewDefaults.degree } as const)
      : ({ kind: "spline", degreesOfFreedom: subject.spline } as const);
  return { column: subject.column, shape, missing: subject.missing ?? reviewDefaults.missing };
}

function specificationOf(written: WrittenReview): DraftSpecification {
  const { pupils, prior = [], context = [], intake = [], groups = [] } = written;
  const { missing, weight, statistic, method, confidence } = reviewDefaults;
  return {
    title: written.title,
    outcomes: outcomesOf(written).map((one) => ({ column: one.column, weight: one.weight ?? weight })),
    ...(written.parts ? { parts: true } : {}),
    pupil: pupilColumn(listOf(pupils.pupil)),
    school: pupils.school ?? null,
    year: pupils.year ?? null,
    prior: prior.map(priorOf),
    cohorts: (written.cohorts ?? []).map(({ year, baseline }) => ({
      year: String(year),
      rule: baseline ? { kind: "other-baseline", prior: baseline.map(priorOf) } : { kind: "leave-out" },
    })),
    context: context.map((one) => {
      const { column, kind, reference, ...rest } = typeof one === "string" ? { column: one } : one;
      return {
        column,
        kind: kind ?? (reference === undefined ? null : "category"),
        reference: reference === undefined ? null : String(reference),
        missing: rest.missing ?? missing,
      };
    }),
    interactions: (written.interactions ?? []).map(([a, b]) => [a!, b!] as const),
    intake: intake.map(({ of, statistic: computed }) => ({ of, statistic: computed ?? statistic })),
    membership: membershipOf(written),
    slopes: written.slopes ?? [],
    groups: groups.map(groupOf),
    subgroups: (written.subgroups ?? []).map(({ name, column, level, below, above, fewestPupils }) => ({
      name,
      column,
      members:
        level !== undefined
          ? { kind: "level", level: String(level) }
          : below !== undefined
            ? { kind: "below", quantile: below }
            : { kind: "above", quantile: above! },
      fewestPupils: fewestPupils ?? reviewDefaults.fewestPupilsOfSubgroup,
    })),
    ...(written.residual
      ? {
          residual: {
            varies: written.residual.varies,
            shape: written.residual.shape ?? reviewDefaults.residualShape,
          },
        }
      : {}),
    yearWeights: written.decision?.yearWeights ?? null,
    method: written.estimation?.method ?? method,
    confidence: written.decision?.confidence ?? confidence,
  };
}

function schoolFiles({ schools }: WrittenReview): SchoolFiles | null {
  if (!schools) return null;
  const { school, name = null, kind = null, phase = null, region = null, authority = null } = schools;
  const kinds = meaningsOf<keyof typeof reviewDefaults.words.kinds, SchoolKind>(
    schools.words,
    reviewDefaults.words.kinds,
    {
      mainstream: "mainstream",
      special: "special",
      pupilReferralUnit: "pupil-referral-unit",
      alternativeProvision: "alternative-provision",
    },
  );
  return { ...filesOf(schools, ["schools"]), school, name, kind, phase, region, authority, kinds };
}

function safeguardingFiles({ evidence }: WrittenReview): EvidenceFiles<SafeguardingOutcome> | null {
  const written = evidence?.safeguarding;
  if (!written) return null;
  const words = meaningsOf<"secure" | "notSecure", SafeguardingOutcome>(
    written.words,
    reviewDefaults.words.safeguarding,
    { secure: "secure", notSecure: "not-secure" },
  );
  const { school, outcome, date = null } = written;
  return { ...filesOf(written, ["evidence", "safeguarding"]), school, outcome, date, words };
}

function accountsFiles({ evidence }: WrittenReview): EvidenceFiles<AccountsOpinion> | null {
  const written = evidence?.accounts;
  if (!written) return null;
  const words = meaningsOf<AccountsOpinion, AccountsOpinion>(written.words, reviewDefaults.words.accounts, {
    unqualified: "unqualified",
    qualified: "qualified",
    adverse: "adverse",
    disclaimer: "disclaimer",
  });
  const { school, opinion, date = null } = written;
  return { ...filesOf(written, ["evidence", "accounts"]), school, outcome: opinion, date, words };
}

function decisionOf({ decision }: WrittenReview): DecisionSettings {
  const { line, refusalProbability = null, fewestPupilEquivalents = null } = decision ?? {};
  const unit = typeof line === "number" ? "outcome" : "standard-deviations";
  const value = typeof line === "number" ? line : line?.standardDeviations;
  return { line: value === undefined ? null : { value, unit }, refusalProbability, fewestPupilEquivalents };
}

/**
 * What a review file means: every default filled in, every short form written out.
 * @param written fits the schema and `review-check.ts` found nothing wrong with it
 */
export function meaningOf(written: WrittenReview, path: string, placeOf: ReviewFile["placeOf"]): ReviewFile {
  return {
    path,
    title: written.title,
    date: (written.date as CivilDate | undefined) ?? null,
    specification: { ...specificationOf(written), ...formulaRoles(written, membershipOf(written), placeOf) },
    declaredOutcomes: outcomesOf(written).map(({ column, keyStage = null, aspect = null }) => ({
      column,
      keyStage,
      aspect,
    })),
    pupils: { ...filesOf(written.pupils, ["pupils"]), pupil: listOf(written.pupils.pupil) },
    membership: membershipFiles(written),
    schools: schoolFiles(written),
    safeguarding: safeguardingFiles(written),
    accounts: accountsFiles(written),
    decision: decisionOf(written),
    alternatives: (written.alternatives as AlternativesWanted | undefined) ?? "by-size",
    placeOf,
  };
}
