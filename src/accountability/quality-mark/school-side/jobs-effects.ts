import type { Json, Problem } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import { defineJob, type JobKind } from "../../../platform/jobs/index.js";
import { asJson } from "../cases/store-case.js";
import { loadYearReview, measuredOf } from "../cases/store-open.js";
import type { SetEffect } from "./effects.js";
import { problemCodes } from "./problem-codes.js";
import type { PupilSide } from "./pupil-side.js";
import { type PendingSet, pendingSets, saveEffects } from "./store.js";

/** Of which year's corrections the effects are computed. */
export type EffectsInput = { readonly academicYear: string };

const setsAtOnce = 100;

/** A set whose effect can't be computed, with the reasons. */
const without = ({ key, urn }: Pick<PendingSet, "key" | "urn">, problems: SetEffect["problems"]): SetEffect => ({
  ...{ key, urn, notCounted: [], before: null, after: null, steps: [], others: [] },
  ...{ largestElsewhere: 0, held: true, problems },
});

const heading = {
  kind: "quality-mark/correction-effects",
  title: ({ academicYear }: EffectsInput) => `Compute what corrections of ${academicYear} would change`,
  key: ({ academicYear }: EffectsInput) => academicYear,
};

/** The job as it is asked for by those who can't do it: where the pupil files are, {@link effectsJob} does. */
export const askedEffects: JobKind<EffectsInput> = defineJob<EffectsInput>({
  ...heading,
  step: () => Promise.reject(new TypeError("effects are computed by effectsJob")),
});

/** Computes the effects that were asked for, where the pupil files are: outside any transaction, all that wait at once. */
export const effectsJob = (side: PupilSide): JobKind<EffectsInput> =>
  defineJob<EffectsInput>({
    ...heading,
    async compute({ cursor, signal }) {
      const sets = (cursor as { sets?: readonly PendingSet[] } | null)?.sets ?? [];
      if (sets.length === 0) return [];
      const computed = await side.effects(sets, signal);
      return asJson(computed.ok ? computed.value : sets.map((set) => without(set, computed.error)));
    },
    async step({ queries, input: { academicYear }, cursor, computed, now }) {
      const effects = readEffects(computed);
      await saveEffects(queries, academicYear, await checked(queries, academicYear, effects), now.toISOString());
      const done = ((cursor as { done?: number } | null)?.done ?? 0) + effects.length;
      const sets = await pendingSets(queries, academicYear, setsAtOnce);
      const finished = sets.length === 0;
      return { cursor: asJson({ sets, done }) as Json, done, of: done + sets.length, finished };
    },
  });

/** What `compute` answered, as it was written there. */
function readEffects(computed: Json | null): readonly SetEffect[] {
  return JSON.parse(JSON.stringify(computed ?? [])) as readonly SetEffect[];
}

const filesDiffer: Problem = {
  code: "correction-files-differ",
  place: "the pupil files",
  message: "they give another figure before any correction than the one that was published",
  remedy: problemCodes["correction-files-differ"].remedy,
};

/** How far, in prediction errors, a figure may lie from the published one and still be the same, made once more. */
const sameFigure = 1e-6;

/** Effects begin with the figure that was published, or they are left out: the files are then not those of the review. */
async function checked(queries: Queries, academicYear: string, effects: readonly SetEffect[]): Promise<SetEffect[]> {
  const year = effects.length === 0 ? null : await loadYearReview(queries, academicYear);
  const rows = year ? await measuredOf(queries, year.reviewId, [...new Set(effects.map(({ urn }) => urn))]) : [];
  const published = new Map(rows.map(({ urn, valueAdded }) => [urn, valueAdded]));
  return effects.map((effect) => {
    const [before, figure] = [effect.before, published.get(effect.urn) ?? null];
    if (before === null) return effect;
    const same = figure !== null && Math.abs(before.valueAdded - figure) <= sameFigure * before.predictionError;
    return same ? effect : without(effect, [filesDiffer]);
  });
}
