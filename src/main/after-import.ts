import type { AfterImport } from "../register/orders/job.js";

/** Ends cases and marks of schools that an import closed. */
export const endWithSchools: AfterImport = async (queries, now) => {
  // Read here, so that commands without a register start without the cases.
  const { closeWithSchools, closuresInWords } = await import("../accountability/quality-mark/index.js");
  return closuresInWords(await closeWithSchools(queries, now));
};
