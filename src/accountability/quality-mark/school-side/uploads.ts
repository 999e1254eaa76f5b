import type { UploadLimits } from "../../../platform/http/index.js";

/** What documents a school hands in, by page or by programs; the pages' form of `evidenceLimit`. */
export const evidenceUploads: UploadLimits = {
  types: ["pdf", "png", "jpg", "jpeg"],
  bytes: 5_000_000,
  files: 5,
  field: "documents",
  optional: true,
};
