import { type ExplainedKey, explainSettings, settingKeys } from "../../ingest/settings-explain.js";
import { reviewSchema } from "./review-file-schema.js";

/** Every key of the review file, in the order in which one would write it. */
export const reviewKeys = (): readonly ExplainedKey[] => settingKeys(reviewSchema);

/** The text of `./greenpaper review --explain`: each key with its kind, default, meaning and an example. */
export function explainReviewFile(): string {
  return explainSettings(reviewSchema, [
    "A review file is YAML: keys with values. [] stands for each entry of a list. Paths begin at the folder of the file.",
    "The files in reviews/ are examples on real pupils; schemas/review.schema.json lets editors complete the keys.",
  ]);
}
