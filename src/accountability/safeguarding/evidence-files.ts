import type { UploadLimits } from "../../platform/http/index.js";

/** What files of evidence an audit takes at once, by page or by programs; each must be what its name says. */
export const evidenceUploads: UploadLimits = {
  types: ["pdf", "png", "jpg", "jpeg"],
  bytes: 5_000_000,
  files: 5,
  field: "files",
};
