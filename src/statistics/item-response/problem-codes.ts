/** What can be wrong with scored responses and with a calibration asked of them; listed in `docs/problems.md`. */
export const problemCodes = {
  "responses-size": {
    meaning: "The columns of the scored responses are of different lengths, or there are none.",
    remedy:
      "Give one score for each person and item of the person's booklet, and one value a person of everything else.",
  },
  "item-maximum-invalid": {
    meaning: "An item's highest score is not a whole number from 1 to 253.",
    remedy: "Give the highest score that the item's marking allows.",
  },
  "item-named-twice": {
    meaning: "Two items have the same name.",
    remedy: "Name each item once; an item shown in two booklets is one item.",
  },
  "response-above-maximum": {
    meaning: "A score is higher than the item's highest score.",
    remedy: "Correct the score or the item's highest score; 255 means that the item was not given.",
  },
  "booklet-item-unknown": {
    meaning: "A booklet names a position at which there is no item, or the same item twice.",
    remedy: "Give each booklet's items by their positions in the list of items, each once.",
  },
  "booklet-unknown": {
    meaning:
      "A person has a booklet that is not in the list of booklets, or another number of scores than it has items.",
    remedy: "Correct the person's booklet, or the map of booklets.",
  },
  "person-weight-invalid": {
    meaning: "A person's weight is negative or not a number, or all weights are zero.",
    remedy: "Give weights that are zero or more; leave out who isn't in the sample.",
  },
  "person-group-unknown": {
    meaning: "A person belongs to a group that is not in the list of groups.",
    remedy: "Name the group, or correct the person's.",
  },
  "item-parameters-size": {
    meaning: "There are parameters of another number of items than the responses have.",
    remedy: "Give the parameters of all items, in the order of the responses.",
  },
  "response-category-impossible": {
    meaning:
      "Persons have a score to which the item's parameters give no chance, since nobody had it when the item was calibrated.",
    remedy: "Take the parameters from a calibration in which the score occurred, or join the score to its neighbour.",
  },
  "link-without-common-items": {
    meaning: "Two calibrations, or groups of calibrations, have no item in common.",
    remedy: "Link each to a cycle that shares items with it, or administer items of one in the other.",
  },
  "link-items-unusable": {
    meaning: "Two calibrations share items, but none that can tie their scales.",
    remedy: "Look at these items in both calibrations, and calibrate again without those that don't work.",
  },
  "link-needs-two-items": {
    meaning: "A single item ties two scales that differ in origin and unit.",
    remedy: "Link by more items, or hold the unit.",
  },
  "link-too-few-units": {
    meaning:
      "Fewer than three items, or units of items, tie two calibrations, so that the jackknife tells no linking error.",
    remedy: "Link by more units, or leave out items one by one.",
  },
  "regression-not-identified": {
    meaning: "The responses don't tell a parameter of a latent regression.",
    remedy: "Leave the column out, or join it to another.",
  },
  "background-size": {
    meaning: "The background of a latent regression has another number of values than persons times columns.",
    remedy: "Give one number for each person and column, the constant's among them.",
  },
  "background-not-a-number": {
    meaning: "A person's background has a value that is not a number.",
    remedy: "Leave the person out, or give missing values a category of their own.",
  },
  "background-dependent": {
    meaning: "A background column is explained wholly by the ones before it, so its coefficient can't be told.",
    remedy: "Leave it out, or condition on principal components.",
  },
  "model-items-differ": {
    meaning: "There is another number of models than of items.",
    remedy: "Name one model for all items, or one an item in the items' order.",
  },
  "model-needs-two-categories": {
    meaning: "A model for items scored 0 and 1 is asked for an item with more scores.",
    remedy: "Ask for partial-credit or generalised-partial-credit.",
  },
  "guessing-not-identified": {
    meaning: "A three-parameter item has neither known parameters nor a prior of its guessing.",
    remedy:
      "State its guessing or all of its parameters, or give a prior of the logit of guessing (`calibration.priors`).",
  },
  "fixed-item-unknown": {
    meaning: "Parameters are given for an item that isn't among the items.",
    remedy: "Correct the item's name, or leave it out.",
  },
  "fixed-item-invalid": {
    meaning: "The parameters given for an item can't be those of an item with its scores.",
    remedy:
      "Give a slope and one intercept a category, of which the first is 0; guessing only for items scored 0 and 1.",
  },
  "parameters-not-told": {
    meaning:
      "There are more parameters to estimate than the responses have different answers: one item, or two with slopes.",
    remedy: "Add items, ask for a simpler model, or fix parameters.",
  },
  "known-guessing-invalid": {
    meaning: "Guessing is given for an item that isn't among the items, is of another model, or can't guess so.",
    remedy: "Give guessing from 0 to below 1, for items of the three-parameter model.",
  },
  "fixed-group-invalid": {
    meaning:
      "A mean or standard deviation is given for a group that isn't there, or the standard deviation is not above zero.",
    remedy: "Name one of the groups, and give a standard deviation above zero.",
  },
  "group-without-persons": {
    meaning: "Nobody in a group has a response and a weight.",
    remedy: "Leave the group out, or correct the persons' groups.",
  },
  "item-without-responses": {
    meaning: "Nobody took an item.",
    remedy: "Leave it out, or correct the booklets.",
  },
  "item-without-variation": {
    meaning: "Everybody who took an item has the same score on it, so that its difficulty has no estimate.",
    remedy: "Leave it out of the calibration, or fix its parameters.",
  },
  "booklets-disconnected": {
    meaning: "Items fall into parts that no person took items of together, so that the parts share no scale.",
    remedy:
      "Add booklets that join the parts, calibrate each part alone, fix items of each, or say that persons were given booklets at random from one population.",
  },
  "errors-cluster-alone": {
    meaning: "A stratum has one cluster, whose spread can't be told.",
    remedy: "Join it with its neighbour in the frame.",
  },
  "errors-not-identified": {
    meaning: "A parameter of a calibration has no standard error: the likelihood has no maximum in it at its value.",
    remedy: "Look at the calibration's cautions and at whether it converged; fix the parameter or leave the item out.",
  },
  "levels-too-few": {
    meaning: "Fewer than two levels of persons tell something of how items compare.",
    remedy: "Compare levels that more persons are in, and that aren't all of the lowest or the highest score.",
  },
  "levels-without-items": {
    meaning:
      "Hardly any item has the same categories in every level of persons, so that their difficulties can't be compared.",
    remedy: "Compare fewer or larger levels.",
  },
  "conditional-not-converged": {
    meaning: "The maximum of the conditional likelihood was not found.",
    remedy: "Leave out items that nearly everybody or hardly anybody solved.",
  },
  "errors-replicates-differ": {
    meaning: "There are fewer than two replicates of a calibration, or another number of them than of their factors.",
    remedy: "Give two replicates or more, and one factor each.",
  },
} as const;
