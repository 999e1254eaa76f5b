import { randomUUID } from "node:crypto";
import Type from "typebox";
import type { Database } from "../../../platform/database/index.js";
import type { Api } from "../../../platform/http/index.js";
import { refusals } from "./api-shared.js";
import { itemKinds } from "./item.js";
import { beginSession, finishSession, readCode, saveAnswers, viewSession } from "./service-sessions.js";

/** Pupils' sessions. */
export function addSessionOperations(api: Api, database: Database): void {
  const path = "/assessment-fieldwork/sessions/:code";
  const text = Type.String();
  api.get(
    path,
    {
      ...{ access: "anyone", operationId: "readSession", refusals },
      summary: "A session with its questions and the answers given so far; the code of the ticket is the key",
      response: Type.Object({
        ...{ title: text, state: text, device: Type.Union([text, Type.Null()]) },
        blocks: Type.Array(
          Type.Array(
            Type.Object({
              ...{ id: text, kind: Type.Enum([...itemKinds]), prompt: text, maximum: Type.Integer() },
              ...{ stimulus: text, stimulusText: text, answer: Type.Union([text, Type.Null()]) },
              options: Type.Array(Type.Object({ id: text, text })),
            }),
          ),
        ),
      }),
    },
    async ({ params, today, orRefuse }) => {
      const { study, pupil, blocks, answers } = orRefuse(await viewSession(database, readCode(params.code), today));
      return {
        ...{ title: study.title, state: pupil.state, device: pupil.device },
        blocks: blocks.map((items) => items.map((item) => ({ ...item, answer: answers.get(item.id)?.answer ?? null }))),
      };
    },
  );
  api.post(
    `${path}/begin`,
    {
      ...{ access: "anyone", operationId: "beginSession", refusals },
      summary: "Begins a session on a tablet, or goes on with it there",
      body: Type.Object({
        device: Type.Optional(Type.String({ minLength: 1, maxLength: 40, description: "A random name, unless given" })),
      }),
      response: Type.Object({ state: text, device: text }),
    },
    async ({ params, body, today, orRefuse }) => {
      const device = body.device ?? randomUUID();
      return { state: orRefuse(await beginSession(database, readCode(params.code), device, today)).state, device };
    },
  );
  api.put(
    `${path}/answers/:item`,
    {
      ...{
        access: "anyone",
        operationId: "saveSessionAnswer",
        summary: "Takes an answer of a session; the code of the ticket is the key",
        refusals,
      },
      description: "The same tablet and number again, or a smaller number, changes nothing.",
      body: Type.Object({
        answer: Type.String({ maxLength: 500 }),
        device: Type.String({ minLength: 1, maxLength: 40 }),
        sequence: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }),
      }),
      response: Type.Object({ receipt: Type.Enum(["kept", "ignored"]) }),
    },
    async ({ params, body, today, now, orRefuse }) => {
      const [receipt] = orRefuse(
        await saveAnswers(database, readCode(params.code), [{ ...body, item: params.item }], today, now),
      );
      return { receipt: receipt! };
    },
  );
  api.post(
    `${path}/finish`,
    {
      access: "anyone",
      operationId: "finishSession",
      summary: "Ends a session; doing it twice is the same",
      refusals,
      body: Type.Object({}),
      response: Type.Object({ state: Type.String() }),
    },
    async ({ params, today, now, orRefuse }) => ({
      state: orRefuse(await finishSession(database, readCode(params.code), today, now)).state,
    }),
  );
}
