import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpError, publicError } from "./errors.js";

/** A request that its sender may send twice. */
export interface RepeatableRequest {
  /** Whose key it is. */
  readonly actor: string;
  readonly key: string;
  /** SHA-256 of what was asked, in hexadecimal. */
  readonly request: string;
}

/** What became of an earlier request with the same key. */
export type Earlier =
  | { readonly state: "begun" | "under-way" | "other-request" }
  | { readonly state: "answered"; readonly answer: unknown };

/** Where answers are kept, for as long as a program may ask again. */
export interface AnswerStore {
  /** Takes the key for this request where nobody has it (`begun`). */
  begin(request: RepeatableRequest, now: Date): Promise<Earlier>;
  finish(request: RepeatableRequest, answer: unknown): Promise<void>;
  /** Gives the key back: nothing was done. */
  abandon(request: RepeatableRequest): Promise<void>;
}

function repeatable(request: FastifyRequest, key: string): RepeatableRequest {
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw new HttpError(
      400,
      "idempotency-key-unreadable",
      "Idempotency-Key must be 1 to 200 visible ASCII characters.",
    );
  const { actor, method, url, body } = request;
  const version = request.headers["if-match"] ?? "";
  const asked = JSON.stringify([method, url, version, body ?? null]);
  return {
    actor: actor.kind === "person" ? `person ${actor.id}` : actor.kind,
    key,
    request: createHash("sha256").update(asked).digest("hex"),
  };
}

/**
 * Makes the answer once for each `Idempotency-Key`: the same request again gets the first one's answer and changes nothing. A
 * request that was refused has changed nothing and may be sent again; of one whose end is not known nobody can say that.
 */
export async function answerOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  answers: AnswerStore | undefined,
  make: () => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return make();
  if (!answers || typeof key !== "string")
    throw new HttpError(400, "idempotency-key-not-kept", "Idempotency-Key is not kept here; leave it out.");
  const own = repeatable(request, key);
  const earlier = await answers.begin(own, new Date());
  switch (earlier.state) {
    case "answered":
      reply.header("idempotency-replayed", "true");
      return earlier.answer;
    case "other-request":
      throw new HttpError(422, "idempotency-key-reused", "This Idempotency-Key was sent with another request before.");
    case "under-way":
      throw new HttpError(
        409,
        "request-under-way",
        "The first request with this Idempotency-Key has not ended, or its end is not known: read what it was to change before you send another.",
        5,
      );
  }
  try {
    const answer = await make();
    await answers.finish(own, answer);
    return answer;
  } catch (error) {
    if (publicError(error).status < 500) await answers.abandon(own);
    throw error;
  }
}
