/** What can be wrong with the design of a survey, for `docs/problems.md`. */
export const problemCodes = {
  "survey-lengths-differ": {
    meaning: "Two columns of a survey's design have different numbers of persons.",
    remedy: "Bring every column for the same persons in the same order.",
  },
  "survey-weight-invalid": {
    meaning: "A sampling weight is missing, negative or not finite, or all are zero.",
    remedy: "Give every person a weight of 0 or more.",
  },
  "survey-replicate-invalid": {
    meaning: "A replicate weight is missing or not finite; or a whole replicate column is empty or zero.",
    remedy: "Leave out replicate columns that the survey doesn't use; correct the others.",
  },
  "survey-replicates-differ": {
    meaning: "The number of replicate weights is not the number that was stated.",
    remedy: "State the number of replicates that the file has, or bring the missing columns.",
  },
  "survey-scale-needed": {
    meaning: "The method of given replicate weights doesn't tell how their deviations are to be scaled.",
    remedy: "Give one factor a replicate (JKn), or Fay's factor (Fay), from the survey's documentation.",
  },
  "survey-label-missing": {
    meaning: "A person of a sample has no stratum, zone, cluster or side.",
    remedy: "Give every person one.",
  },
  "survey-lonely-unit": {
    meaning: "A stratum or zone has one unit only, so that nothing can be said about the variation in it.",
    remedy: "Join it with its neighbour, or count it as taken with certainty.",
  },
  "survey-pairs-needed": {
    meaning: "The method of replication needs two units in each stratum or zone (JK2: two or three).",
    remedy: "Pair the units in the order of selection, or use JKn or the bootstrap.",
  },
  "survey-too-few-units": {
    meaning: "There are too few units for the method of replication.",
    remedy: "A jackknife needs at least two units.",
  },
  "survey-calibration-failed": {
    meaning: "Weights can't be brought to the totals of the population.",
    remedy: "Join rare categories, widen the bounds, or check the totals.",
  },
  "survey-frame-invalid": {
    meaning: "The list of units to draw from has no units, a unit twice, or a size that is missing or negative.",
    remedy: "List each unit once with a size of 0 or more.",
  },
  "survey-allocation-impossible": {
    meaning: "More units are to be drawn than a stratum has, or a stratum isn't named, or a minimum is out of reach.",
    remedy: "Correct the number of units a stratum.",
  },
  "survey-cell-empty": {
    meaning: "An adjustment for non-response has nobody to carry the weight of those who didn't respond.",
    remedy: "Join cells, or use fewer predictors.",
  },
  "survey-booklets-impossible": {
    meaning: "No booklets were found that keep every bound of time and content and every pair that must be apart.",
    remedy: "Loosen a bound, change the blocks, or let the search take more steps.",
  },
  "survey-option-invalid": {
    meaning: "An option of a survey's design is outside its range or doesn't go with the method.",
    remedy: "Follow the range in the message.",
  },
} as const;
