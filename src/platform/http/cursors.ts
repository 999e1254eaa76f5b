import Type, { type Static, type TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { HttpError } from "./errors.js";

/** What a list that is read page by page is asked: how many, and after what. */
export const pageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: "How many at most." }),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 500,
      description: "Where to read on, from the Link header of the page before.",
    }),
  ),
};

/** Where a list goes on, as a program is given it: its content is nobody's business but ours. */
export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place), "utf8").toString("base64url");
}

/**
 * The place that {@link writeCursor} wrote, or null where there is no cursor.
 * @throws {HttpError} 400 when it is not one of ours.
 */
export function readCursor<S extends TSchema>(cursor: string | undefined, schema: S): Static<S> | null {
  if (cursor === undefined) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Compile(schema).Check(place)) return place as Static<S>;
  } catch {
    // falls through: no JSON, so none of ours
  }
  throw new HttpError(400, "cursor-unreadable", "This cursor is not one of this list. Begin again without it.");
}

/**
 * One page of a list of which one more was read than asked for.
 * @param rows at most `limit + 1`
 * @param placeOf what the store needs to read on after a row
 */
export function cursorPage<Row>(rows: readonly Row[], limit: number, placeOf: (last: Row) => unknown) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? writeCursor(placeOf(last)) : null };
}
