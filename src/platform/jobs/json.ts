import type { Json } from "../../kernel/index.js";

/** A value as jobs keep it: what JSON can't hold is left out. */
export const toJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

/** What {@link toJson} made of a value of this type: the jobs give it back as they were given it. */
export const fromJson = <T>(value: Json | null): T => value as T;
