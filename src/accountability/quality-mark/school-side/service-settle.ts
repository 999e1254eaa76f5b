import { err, type Problem, type Result } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import type { CaseCommand } from "../cases/case.js";
import { type CaseEvidence, proposeDecision } from "../cases/proposal.js";
import { type CaseStep, changeCase, type StoredCase } from "../cases/store-case.js";
import { inputsHashOf, rulesOf } from "../cases/store-open.js";
import { keyWithAccepted } from "./effect-sets.js";
import type { ShownFigure } from "./effects.js";
import { orUndo, problemOf, wantEffects } from "./service.js";
import { type KeptCorrection, loadCorrections, loadEffects, moveCorrection } from "./store.js";

/** The evidence of a case with another figure, and the corrections that it rests on. */
export function evidenceWith(
  evidence: CaseEvidence,
  figure: ShownFigure,
  corrections: readonly number[],
): CaseEvidence {
  if (evidence.measure?.kind !== "measured") return evidence;
  const { valueAdded, lower, upper, predictionError, pupilEquivalents } = figure;
  // The chance of another decision was computed for the figure as it was, and is left out rather than shown beside another one.
  const measure = {
    ...evidence.measure,
    valueAdded,
    lower,
    upper,
    predictionError,
    pupilEquivalents,
    probabilityOtherwise: null,
    corrections,
  };
  return { ...evidence, measure };
}

/** The figure after a correction and those accepted before; a problem where it has not been computed, or can't be. */
async function figureAfter(
  queries: Queries,
  found: StoredCase,
  corrections: readonly KeptCorrection[],
  id: string,
): Promise<Result<ShownFigure | null, Problem>> {
  const effect = (await loadEffects(queries, found)).get(keyWithAccepted(corrections, id));
  if (!effect?.result)
    return err(problemOf("correction-effect-unknown", "accepted", "the effect is still being computed"));
  const { after, before, problems, notCounted } = effect.result;
  if (problems.length > 0)
    return err(
      problemOf(
        "correction-effect-unknown",
        "accepted",
        `it could not be computed: ${problems.map(({ message }) => message).join("; ")}`,
      ),
    );
  const nothing = after === null || before === null || notCounted.length === id.split("+").length;
  return { ok: true, value: nothing ? null : after };
}

/**
 * Accepts or refuses a correction, inside the caller's transaction. One that is accepted changes the evidence too: the figure with it and with
 * those that were accepted before, by the measure's own engine, and what the rule then proposes.
 * @param found the case, which whoever settles may act on
 * @throws {StaleStream} when somebody else has changed the case since the version that was seen
 */
export async function settleCorrection(
  queries: Queries,
  found: StoredCase,
  step: CaseStep & { readonly command: Extract<CaseCommand, { kind: "settle-correction" }> },
): Promise<Result<StoredCase, readonly Problem[]>> {
  const { number, accepted } = step.command;
  const corrections = await loadCorrections(queries, found);
  const own = corrections.find((one) => one.number === number && one.state === "raised");
  // One that was raised in another way than by the school's pages has no effect that could be computed.
  if (!own) return changeCase(queries, step);
  const after = accepted ? await figureAfter(queries, found, corrections, own.id) : null;
  if (after && !after.ok) return err([after.error]);
  const settled = await changeCase(queries, step);
  if (!settled.ok) return settled;
  await moveCorrection(queries, own.id, accepted ? "accepted" : "refused");
  const changed =
    after?.ok && after.value ? orUndo(await changeEvidence(queries, settled.value, after.value, step)) : settled;
  await wantEffects(queries, found, step.actor, step.at);
  return changed;
}

/** Puts the corrected figure into the case's evidence, with what the rule proposes on it. */
async function changeEvidence(
  queries: Queries,
  found: StoredCase,
  figure: ShownFigure,
  step: CaseStep,
): Promise<Result<StoredCase, readonly Problem[]>> {
  const rules = await rulesOf(queries, found.evidence.review);
  const accepted = found.corrections.filter(({ outcome }) => outcome?.accepted).map(({ number }) => number);
  const evidence = evidenceWith(found.evidence, figure, accepted);
  const proposal = proposeDecision(found.urn, evidence, rules(evidence.phase));
  const inputsHash = inputsHashOf({ evidence }, rules);
  const command = { kind: "update-evidence", evidence, proposal, missing: found.missing, inputsHash } as const;
  const made = await changeCase(queries, { ...step, expected: found.version, command });
  return made.ok || made.error.every(({ code }) => code !== "evidence-unchanged") ? made : { ok: true, value: found };
}
