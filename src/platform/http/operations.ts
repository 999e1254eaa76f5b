import type { Static, TObject, TSchema } from "typebox";
import type { CivilDate, Problem, Result } from "../../kernel/index.js";
import type { Actor } from "../identity/index.js";
import type { Access } from "./access.js";

/** The date of the interface for programs: a change that could break a program gets a new one. See `docs/decisions/0008`. */
export const apiVersion = "2026-11-01";

/** Where the interface for programs begins. */
export const apiBase = `/api/${apiVersion}`;

/** What a schema's values are; undefined where there is no schema. */
export type Of<S> = S extends TSchema ? Static<S> : undefined;

/** A value that may be frozen: what handlers answer. */
export type Answer<T> = T extends readonly (infer U)[]
  ? readonly Answer<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Answer<T[K]> }
    : T;

/** The names of an address's parameters: `urn` of `/schools/:urn/case`. */
export type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** A route that is going away. */
export interface Deprecation {
  readonly since: CivilDate;
  /** From when it does not answer any more, where that is known. */
  readonly until?: CivilDate;
  /** The address of what to use now. */
  readonly instead?: string;
}

/** What is published of an operation, and what its requests and answers are held to. */
export interface Operation<
  R extends TSchema = TSchema,
  Q extends TObject | undefined = TObject | undefined,
  B extends TObject | undefined = TObject | undefined,
> {
  readonly access: Access;
  /** Unique, in camelCase, beginning with a verb: `decideCase`. */
  readonly operationId: string;
  /** A sentence in the reader's language. */
  readonly summary: string;
  readonly description?: string;
  /** Of the address: each a text, with its pattern and description; any text of up to 120 characters unless given. */
  readonly params?: TObject;
  readonly query?: Q;
  readonly body?: B;
  /** The largest body that is read, in bytes; a mebibyte unless given. */
  readonly bodyBytes?: number;
  readonly response: R;
  /** Of an answer as asked for; 200 unless given. */
  readonly status?: 200 | 201 | 202;
  /** Codes with which its rules refuse, with their status where that isn't the table's or 422. */
  readonly refusals?: Readonly<Record<string, number>>;
  /** The version of the record that an answer shows: it goes into the ETag, which a change then names in If-Match. */
  version?(answer: Answer<Static<R>>): number;
  /** A change of a record: the request must name the version it means in If-Match. */
  readonly ifMatch?: boolean;
  /** The same answer as a table: by `Accept: text/csv`, and under the address with `.csv`. */
  csv?(answer: Answer<Static<R>>): string;
  readonly deprecated?: Deprecation;
}

/** What an operation's handler knows of the request. */
export interface ApiContext<P = unknown, Q = unknown, B = unknown> {
  readonly actor: Actor;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly now: Date;
  /** The day in England. */
  readonly today: CivilDate;
  /** The version that If-Match names; 0 where the operation doesn't ask for one. */
  readonly version: number;
  /** The value of what a service answered; its refusal becomes the answer, with the status that the operation says. */
  orRefuse<T>(result: Result<T, readonly Problem[]>): T;
  /** Tells the program where to read on, as a `Link` header of `rel="next"`. */
  next(cursor: string | null): void;
}

/** An operation with its place among all of them. */
export interface PublishedOperation extends Operation {
  readonly method: "get" | "post" | "put" | "delete";
  /** As Fastify writes it, with the base: `/api/2026-11-01/schools/:urn`. */
  readonly path: string;
  readonly tag: string;
}

declare module "fastify" {
  interface FastifyContextConfig {
    operation?: PublishedOperation;
  }
  interface FastifyInstance {
    /** Every operation of the interface for programs, in the order in which they were added. */
    operations: PublishedOperation[];
  }
}
