/** Codes of what can be wrong with a study of reference assessments; listed in `docs/problems.md`. */
export const problemCodes = {
  "study-columns-missing": {
    meaning: "The study file asks for columns by a pattern that no column fits, or names no column of responses.",
    remedy: "Name the columns, or correct the pattern; * stands for any part of a name.",
  },
  "study-setting-needed": {
    meaning: "A setting of the study file needs another one.",
    remedy: "Add the setting that the message names.",
  },
  "response-not-score": {
    meaning: "A response is no whole score and none of the codes for missing responses.",
    remedy: "Correct the value, add it to `responses.codes`, or name the column of right answers as `items.key`.",
  },
  "response-outside-booklet": {
    meaning: "A pupil has a response to an item that isn't in the pupil's booklet.",
    remedy: "Correct the pupil's booklet, the map of booklets, or the response.",
  },
  "booklet-not-in-map": {
    meaning: "A pupil has a booklet that the map of booklets doesn't have, or none.",
    remedy: "Add the booklet to the map, or correct the pupil's.",
  },
  "booklet-map-item": {
    meaning: "The map of booklets names an item of which there are no responses.",
    remedy: "Correct the item's name in the map, or take the line out.",
  },
  "booklet-map-disagrees": {
    meaning: "The map says that an item stands in a booklet, and none of the booklet's pupils has a response to it.",
    remedy: "Take the item out of that booklet in the map, or say with `responses.blank` what an empty field means.",
  },
  "item-untaken": {
    meaning: "Nobody has a response to an item.",
    remedy: "Correct its name, or leave it out with `responses.exclude`.",
  },
  "item-answered-alike": {
    meaning: "Every pupil who took an item has the same score: everybody got it right, or nobody did.",
    remedy: "Leave it out with `responses.exclude`: it tells nothing of anybody's ability, and has no difficulty.",
  },
  "item-score-above-maximum": {
    meaning: "A score is higher than the items table says that the item's highest is.",
    remedy: "Correct the score or the maximum.",
  },
  "item-model-unknown": {
    meaning: "The items table names a model that isn't known, or one that can't hold several points.",
    remedy: "Write 1PL, 2PL, 3PL, PCM or GPCM.",
  },
  "item-scores-apart": {
    meaning: "An item's highest scores look like codes of missing answers: 9 or 99 where nobody has a score near it.",
    remedy:
      "Name codes of missing answers in `responses.codes`; if they are scores, state the item's `maximum` in the items table.",
  },
  "item-parameter-incomplete": {
    meaning: "An item has some of its fixed parameters and not the others.",
    remedy: "Give slope and difficulty (and steps, where it has several points), or leave all of them empty.",
  },
  "study-weight-invalid": {
    meaning: "A pupil's weight is missing, negative or not a number.",
    remedy: "Give every pupil of the sample a weight above 0; leave out who isn't in it.",
  },
  "weights-do-not-sum": {
    meaning: "The weights of a cycle don't add up to the population that the study file states.",
    remedy: "Correct the weights (were they divided?), or `persons.population`.",
  },
  "replicate-counts-differ": {
    meaning: "The cycles, or the study file and the pupils' files, have different numbers of replicate weights.",
    remedy: "Name the columns that each file has; replicates of different cycles may differ only in separate studies.",
  },
  "cycles-without-common-items": {
    meaning: "A cycle shares no items with the others, so that nothing holds it on their scale.",
    remedy: "Bring the items that link the cycles under the same names, or study the cycle alone.",
  },
  "cycle-unknown": {
    meaning: "A pupil's cycle isn't in the study file's list of cycles.",
    remedy: "Add the cycle to `cycles`, or correct the value.",
  },
  "response-pupil-unknown": {
    meaning: "The table of responses names a pupil who isn't in the pupils' files.",
    remedy: "Add the pupil, or take the lines out; ids are text, so 0123 and 123 differ.",
  },
  "response-twice": {
    meaning: "A pupil has two responses to the same item.",
    remedy: "Keep the one that counts.",
  },
  "calibration-not-converged": {
    meaning: "The calibration did not converge. Nothing was published.",
    remedy: "Read which parameter still moves in the message; leave out the item, use a simpler model, or more pupils.",
  },
  "conditional-needs-equal-slopes": {
    meaning:
      "Conditional likelihood is asked for items that have slopes or guessing: there is no total score to condition on.",
    remedy:
      "Name a model of equal slopes (`calibration: { model: rasch }`, PCM in the items table), or leave conditional likelihood out.",
  },
  "regression-not-converged": {
    meaning: "The latent regression did not converge. Nothing was published.",
    remedy: "Leave out background columns that say the same, or that hardly anybody has.",
  },
  "group-unusable": {
    meaning: "A group has one level only, or more levels than pupils could be told apart by.",
    remedy: "Leave the group out of the study file, or make fewer levels of it.",
  },
  "figures-of-schools": {
    meaning: "A grouping would publish figures of single schools or pupils. The engine never does.",
    remedy: "Group by something that cuts across schools: sex, free meals, region.",
  },
  "study-file-exists": {
    meaning: "A draft of a study file, or an example, would be written over a file that exists.",
    remedy: "Give another name, or move the file away.",
  },
  "frame-unit-twice": {
    meaning: "A unit (a school) stands in a sampling frame twice.",
    remedy: "List each unit once.",
  },
  "frame-value-invalid": {
    meaning: "A value of a sampling frame is outside its range: a size, a certainty flag or a permanent number.",
    remedy: "Sizes are 0 or more; flags are 1 or 0; permanent numbers are above 0 and below 1.",
  },
  "frame-stratum-alone": {
    meaning: "A stratum has one unit only, so that nothing can be said about the variation in it.",
    remedy:
      "Join the stratum with another, mark the unit as certain (--certain), or leave the stratum out (--stratum NAME=0).",
  },
  "item-twice-in-blocks": {
    meaning: "An item stands twice in the file that says which block it belongs to.",
    remedy: "Give each item one block.",
  },
  "design-option-invalid": {
    meaning: "An option of a plan, a draw or of booklets is outside its range or doesn't go with another.",
    remedy: "Follow the range in the message.",
  },
  "assessment-name": {
    meaning: "The name under which an assessment is to be published is no such name.",
    remedy: "Use small letters, digits and hyphens, 3 to 80 of them, as year-4-mathematics.",
  },
  "publication-role": {
    meaning: "Who asks for a publication isn't a statistician.",
    remedy: "Ask the national statistician.",
  },
  "assessment-unknown": {
    meaning: "No assessment of this name was published.",
    remedy: "Look at the list of reference assessments.",
  },
  "publication-withdrawn": {
    meaning: "The newest publication of an assessment was withdrawn: its figures are shown no more.",
    remedy: "Read why in the list of its publications; a corrected one may follow under the same name.",
  },
  "withdrawal-reason": {
    meaning: "A publication is to be withdrawn, and nothing says why.",
    remedy: "Say in a sentence what is wrong with it; it stands in the place of the figures.",
  },
  "publication-reason": {
    meaning: "An assessment is published already, and nothing says why another publication follows.",
    remedy: "Say in a sentence what was wrong or is new; it stands beside the figures. The earlier publication stays.",
  },
  "assessment-heading": {
    meaning: "An assessment is to be published without its phase or subject.",
    remedy: "Say which pupils it is of, as Year 4, and the subject.",
  },
  "assessment-made-up": {
    meaning: "Figures of made-up pupils would follow those of real ones, or the other way round.",
    remedy: "Publish them under another name.",
  },
  "assessment-not-identified": {
    meaning: "A study has a figure, an error or a question's parameter that its data don't tell.",
    remedy: "Read the calibration's cautions; leave out the question or the group, and run the study again.",
  },
  "assessment-without-figures": {
    meaning: "A study has no figures: it was calibrated only, or disclosure control held everything back.",
    remedy: "Run it whole; held-back.csv says what was held back and why.",
  },
  "study-results-missing": {
    meaning: "The folder has no results.json or no record.json, so that no technical report can be made of it.",
    remedy: "Name the folder that `reference-assessments run STUDY --out FOLDER` wrote.",
  },
  "study-results-unreadable": {
    meaning: "A file of a study's results isn't whole: it was cut off, or is no JSON.",
    remedy: "Copy the folder again, or run the study again.",
  },
  "study-results-other-version": {
    meaning: "A study's results are not as this version of Greenpaper writes them.",
    remedy: "Run the study again with this version, or make the report with the version that wrote the results.",
  },
  "study-results-changed": {
    meaning: "results.json is not the file that record.json was written with: it was changed, or is of another run.",
    remedy: "Run the study again. Figures that were changed by hand can't be reported as its own.",
  },
  "study-results-not-disclosed": {
    meaning: "A study's results hold a figure that disclosure control keeps back.",
    remedy: "Run the study again with this version.",
  },
} as const;

/** A code of {@link problemCodes}. */
export type StudyProblemCode = keyof typeof problemCodes;
