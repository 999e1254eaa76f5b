import Type from "typebox";
import type { Database } from "../../../platform/database/index.js";
import type { Api } from "../../../platform/http/index.js";
import { DrawCheckSchema, DrawSchema, FrameSchoolSchema } from "./api-schemas.js";
import { refusals, statisticians } from "./api-shared.js";
import { frameCsv } from "./draw-file.js";
import { phaseFrame } from "./frame.js";
import { planSample } from "./planner.js";
import { checkStudyDraw, readDraw, readDrawFrame } from "./service-draw.js";
import { frameSchools } from "./store-frame.js";
import { phases } from "./study.js";

/** The record of a draw, its frame, and drawing anew. */
export function addDrawOperations(api: Api, database: Database): void {
  const path = "/assessment-fieldwork/studies/:study/draw";
  api.get(
    path,
    {
      ...{ access: statisticians, operationId: "readDrawRecord", refusals, response: DrawSchema },
      summary:
        "The record of a draw: seed, order, random starts, the frame's fingerprint, every school and replacement",
    },
    async ({ actor, params, orRefuse }) => orRefuse(await readDraw(database, actor, params.study)),
  );
  api.get(
    `${path}/frame`,
    {
      ...{ access: statisticians, operationId: "readDrawFrame", refusals, response: Type.Array(FrameSchoolSchema) },
      summary: "The frame that was drawn from, as it was: with the record the draw can be repeated anywhere",
      csv: (schools) => frameCsv(schools),
    },
    async ({ actor, params, orRefuse }) => orRefuse(await readDrawFrame(database, actor, params.study)),
  );
  api.get(
    `${path}/check`,
    {
      ...{ access: statisticians, operationId: "checkDraw", refusals, response: DrawCheckSchema },
      summary: "Draws again from seed and frame, and compares every school, replacement and probability",
    },
    async ({ actor, params, orRefuse }) => orRefuse(await checkStudyDraw(database, actor, params.study)),
  );
}

const number = Type.Union([Type.Number(), Type.Null()]);
const Planned = Type.Object({ standardError: number, halfWidth: number, smallestDetectable: number });
const orNull = Type.Union([Planned, Type.Null()]);
type Figure = {
  readonly standardError: number;
  readonly halfWidth: number;
  readonly smallestDetectable: number | null;
};
const shown = (figure: Figure | null) =>
  figure && {
    ...{ standardError: figure.standardError, halfWidth: figure.halfWidth },
    smallestDetectable: figure.smallestDetectable,
  };

/** What a sample would tell, before money is spent. */
export function addPlanOperation(api: Api, database: Database): void {
  api.get(
    "/assessment-fieldwork/plan",
    {
      ...{ access: statisticians, operationId: "planFieldSample", refusals },
      summary:
        "The precision and cost of a sample of the register's schools, and the cheapest that finds a stated change",
      query: Type.Object({
        phase: Type.Enum([...phases], { default: "year-4" }),
        ...{ schools: Type.Integer({ default: 350 }), pupilsPerSchool: Type.Integer({ default: 20 }) },
        ...{ tilt: Type.Number({ default: 0.5 }), gapChange: Type.Number({ default: 8 }) },
        ...{ overlap: Type.Number({ default: 0.5 }), linkError: Type.Number({ default: 1.5 }) },
      }),
      response: Type.Object({
        schoolsInFrame: Type.Integer(),
        ...{ mean: Planned, gap: orNull, share: Planned },
        ...{ pupils: Type.Number(), cost: Type.Number({ description: "Pounds" }) },
        cheapest: Type.Union([
          Type.Object({
            ...{ schools: Type.Integer(), pupilsPerSchool: Type.Integer(), tilt: Type.Number(), cost: Type.Number() },
          }),
          Type.Null(),
        ]),
      }),
    },
    async ({ query: { phase, ...question }, today, orRefuse }) => {
      const frame = phaseFrame(await frameSchools(database.queries), phase);
      const { asked, cheapest } = orRefuse(planSample(frame.schools, question, today));
      const best = cheapest.ok ? cheapest.value.best : null;
      return {
        schoolsInFrame: frame.schools.length,
        ...{ mean: shown(asked.precision.all)!, gap: shown(asked.precision.gap), share: shown(asked.share.all)! },
        ...{ pupils: asked.precision.persons, cost: asked.cost },
        cheapest: best && {
          schools: best.unitsDrawn.reduce((sum, one) => sum + one, 0),
          ...{ pupilsPerSchool: best.personsPerUnit, tilt: best.tilt, cost: best.cost },
        },
      };
    },
  );
}
