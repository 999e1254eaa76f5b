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
} as const;
