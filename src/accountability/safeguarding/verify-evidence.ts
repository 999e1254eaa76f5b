import type { Verifier } from "../../platform/log/index.js";
import { problem } from "./problems.js";
import { evidenceFaults } from "./store-evidence.js";

const words = {
  changed: "its bytes are not those of its hash",
  "not-in-log": "the log has no file of this id and hash",
  missing: "the log says that it was added, and it is neither there nor taken out",
  "erased-unsaid": "its bytes are gone, and the log says nothing of an erasure",
  "not-erased": "the log says that it was erased, and its bytes are there",
} as const;

/** What `greenpaper verify` checks of the audits' files of evidence: each is there, or was erased as the log says, and is the one that was added. */
export const evidenceVerifier: Verifier = {
  title: "files of evidence of the safeguarding audits",
  async verify({ queries }) {
    const faults = await evidenceFaults(queries);
    return faults.map(({ audit, id, what }) =>
      problem("evidence-file-differs", `audit ${audit}, file ${id}`, words[what]),
    );
  },
};
