import { createHash } from "node:crypto";
import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { type Actor, actingAs } from "../../../platform/identity/index.js";
import { checkDraw, type DrawCheck, type DrawFile } from "./draw-check.js";
import { type DrawnFrame, frameText, phaseFrame, readFrame } from "./frame.js";
import { problem } from "./problem.js";
import { notAllowed, type Outcome, runsAssessments, unknownStudy } from "./service.js";
import { findStudy, loadSchools } from "./store.js";
import { findFrame, frameSchools } from "./store-frame.js";
import type { FieldStudy } from "./study.js";

/** The fingerprint of a frame's text, in hexadecimal. */
export const fingerprintOf = (content: string): string => createHash("sha256").update(content).digest("hex");

/** A study whose schools have been drawn. */
type DrawnStudy = FieldStudy & {
  readonly design: NonNullable<FieldStudy["design"]>;
  readonly record: NonNullable<FieldStudy["record"]>;
};

async function drawnStudy(queries: Queries, id: string): Promise<Result<DrawnStudy, readonly Problem[]>> {
  const study = await findStudy(queries, id);
  if (!study) return unknownStudy(id);
  const { design, record } = study;
  if (!design || !record)
    return err([problem("fieldwork-not-yet", id, "its schools have not been drawn", "Draw them first.")]);
  return ok({ ...study, design, record });
}

/** The record of a draw with every school and replacement in order of selection, for whoever runs the assessments. */
export async function readDraw(database: Database, actor: Actor, id: string): Outcome<DrawFile> {
  if (!runsAssessments(actor)) return notAllowed(id);
  return actingAs(database, actor, async (queries) => {
    const found = await drawnStudy(queries, id);
    if (!found.ok) return found;
    const { phase, design, record } = found.value;
    const schools = await loadSchools(queries, id);
    return ok({
      ...{ study: { id, phase }, order: design, record },
      schools: schools.map(({ urn, unit, choice, stratum, probability, size }) => ({
        ...{ urn, unit, choice, stratum, probability, size },
      })),
    });
  });
}

/** The frame that was drawn from; of a draw from before frames were kept, that of the register as it is now. */
export async function readDrawFrame(database: Database, actor: Actor, id: string): Outcome<readonly DrawnFrame[]> {
  if (!runsAssessments(actor)) return notAllowed(id);
  return actingAs(database, actor, async (queries) => {
    const found = await drawnStudy(queries, id);
    if (!found.ok) return found;
    const kept = await findFrame(queries, id);
    return ok(kept === null ? phaseFrame(await frameSchools(queries), found.value.phase).schools : readFrame(kept));
  });
}

/** Draws again from a record and a frame. */
export const checkFile = (draw: DrawFile, frame: readonly DrawnFrame[]): DrawCheck =>
  checkDraw(draw, frame, fingerprintOf(frameText(frame)));

/** Draws again and says whether the same schools come out. */
export async function checkStudyDraw(database: Database, actor: Actor, id: string): Outcome<DrawCheck> {
  const draw = await readDraw(database, actor, id);
  if (!draw.ok) return draw;
  const frame = await readDrawFrame(database, actor, id);
  return frame.ok ? ok(checkFile(draw.value, frame.value)) : frame;
}
