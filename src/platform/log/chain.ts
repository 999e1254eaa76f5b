import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "../../kernel/index.js";
import type { Actor } from "../identity/index.js";

/** An event as it stands in the log. */
export interface StoredEvent {
  /** From 1, without gaps, over all streams. */
  readonly number: number;
  /** What it happened to, as `quality-mark/case/2025-26/100123`. */
  readonly stream: string;
  /** From 1, without gaps, within the stream. */
  readonly version: number;
  /** As `case-opened`. */
  readonly kind: string;
  /** Who did it, with the grants held then. */
  readonly actor: Actor;
  /** As `2026-11-26T10:00:00.000Z`. */
  readonly at: string;
  /** Which school, region or trust it is about; null for none. */
  readonly urn: string | null;
  readonly region: string | null;
  readonly trust: string | null;
  readonly body: Json;
}

/** The hash before the first event. */
export const chainStart = "0".repeat(64);

/**
 * The hash that holds an event to the one before: SHA-256 of the UTF-8 of the canonical JSON (RFC 8785) of the event's ten
 * fields and `previous`, in lower-case hexadecimal digits. Any program with JSON and SHA-256 can recompute it.
 */
export function hashOf(previous: string, event: StoredEvent): string {
  const { number, stream, version, kind, actor, at, urn, region, trust, body } = event;
  const who = asJson(actor);
  const text = canonicalJson({ number, stream, version, kind, actor: who, at, urn, region, trust, body, previous });
  return createHash("sha256").update(text).digest("hex");
}

/** An actor holds nothing but texts, lists and objects; its interface is no {@link Json} to the compiler all the same. */
const asJson = (actor: Actor): Json => {
  if (actor.kind !== "person") return { ...actor };
  const grants = actor.grants.map(({ role, scope }): Json => ({ role, scope: { ...scope } }));
  return { kind: actor.kind, id: actor.id, name: actor.name, grants };
};
