import { accountsDue, accountsOpinions } from "../../../structures/accounts/index.js";
import { auditOutcomes } from "../../safeguarding/index.js";
import type { EvidenceSources } from "./sources.js";

/** The evidence as the product's own registers hold it: signed audits (A5) and filed opinions (S5). */
export const sourcesOfRecord: EvidenceSources = {
  audits: auditOutcomes,
  accounts: accountsOpinions,
  accountsDue,
};
