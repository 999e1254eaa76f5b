import type { Grant } from "./actor.js";

/** Somebody invented whom the local provider lets anyone be. */
export interface LocalPerson {
  /** As `regional-officer-E12000001`; stable, so that the same person comes back. */
  readonly subject: string;
  /** Looks made up. */
  readonly name: string;
  /** What they are and where, as "Regional officer, North East". */
  readonly about: string;
  readonly grants: readonly Grant[];
}

/** Where the local provider's people come from: what the register holds. */
export interface LocalPeople {
  /** Those to choose among, with the heading they stand under. */
  list(): Promise<readonly { readonly heading: string; readonly people: readonly LocalPerson[] }[]>;
  /** Somebody by subject; also those of schools that the list leaves out. */
  find(subject: string): Promise<LocalPerson | null>;
}
