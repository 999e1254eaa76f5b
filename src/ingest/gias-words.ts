/** Where an establishment or a group stands in its life. */
export type RegisterStatus = "open" | "open-proposed-to-close" | "proposed-to-open" | "closed";

/** Status in the words of the register of schools and of the performance tables. */
export const statusWords: ReadonlyMap<string, RegisterStatus> = new Map([
  ["Open", "open"],
  ["Open, but proposed to close", "open-proposed-to-close"],
  ["Proposed to open", "proposed-to-open"],
  ["Closed", "closed"],
]);

/** Phase of education, as the register of schools has it. */
export type SchoolPhase =
  | "not-applicable"
  | "nursery"
  | "primary"
  | "middle-deemed-primary"
  | "secondary"
  | "middle-deemed-secondary"
  | "16-plus"
  | "all-through";

/** Phases in the words of the register of schools; older extracts write "16 plus" and newer ones "16 Plus". */
export const phaseWords: ReadonlyMap<string, SchoolPhase> = new Map([
  ["Not applicable", "not-applicable"],
  ["Nursery", "nursery"],
  ["Primary", "primary"],
  ["Middle deemed primary", "middle-deemed-primary"],
  ["Secondary", "secondary"],
  ["Middle deemed secondary", "middle-deemed-secondary"],
  ["16 plus", "16-plus"],
  ["16 Plus", "16-plus"],
  ["All-through", "all-through"],
  ["All-Through", "all-through"],
  ["All through", "all-through"],
]);
