import { createHash, randomBytes } from "node:crypto";

/** 256 bits that nobody can guess, as text for a cookie or a header. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * What is kept of a secret. Plain SHA-256 is enough, and quick: the secrets are random and 256 bits long, so that trying them
 * is hopeless, unlike with passwords.
 */
export function secretHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
