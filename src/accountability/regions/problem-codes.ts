/** Codes of what can be wrong with regions, duties and what is asked about them; listed in `docs/problems.md`. */
export const problemCodes = {
  "duty-without-office": {
    meaning: "A duty is held by no office on some day.",
    remedy: "Name the office and the post that hold it, from the day on which nobody does.",
  },
  "duty-with-two-offices": {
    meaning: "A duty is held by two offices on the same day.",
    remedy: "End one of the two the day on which the other begins.",
  },
  "post-unknown": {
    meaning: "A post is named that no office has.",
    remedy: "Name one of the posts on the page of the register of duties.",
  },
  "delegation-overlaps": {
    meaning: "A duty is delegated twice on the same day.",
    remedy: "End the first delegation before the second begins.",
  },
  "delegation-to-itself": {
    meaning: "A duty is delegated to the office that holds it.",
    remedy: "Name another office.",
  },
  "setting-out-of-range": {
    meaning: "A setting of a drawing of regions is outside its range.",
    remedy: "Choose a value within the range that the message gives.",
  },
  "drawing-authority-unknown": {
    meaning: "A drawing names an authority that doesn't exist or that isn't among those to be drawn.",
    remedy: "Name it by the three-digit code of an authority that exists today.",
  },
  "drawing-region-unknown": {
    meaning: "A drawing names a region that doesn't exist.",
    remedy: "Name it by the code of a region of today, as E12000001.",
  },
  "settings-exclude-each-other": {
    meaning: "Two wishes for a drawing of regions can't both hold, whatever the counts are.",
    remedy: "Give up one of the two.",
  },
  "authority-touches-none": {
    meaning: "An authority has no border with another, and no link over water is declared.",
    remedy: "Declare a link from it to an authority on the mainland.",
  },
  "boundaries-unreadable": {
    meaning: "A file of boundaries is no GeoJSON, or was cut off.",
    remedy: "Download or export it again, as GeoJSON.",
  },
  "boundaries-authority-unknown": {
    meaning: "A feature of a file of boundaries names no authority that exists today.",
    remedy: "Use boundaries of the counties and unitary authorities as they are today, each with its code.",
  },
  "boundaries-authority-twice": {
    meaning: "A file of boundaries has two features for one authority.",
    remedy: "Join them to one feature with several polygons.",
  },
  "boundaries-authority-missing": {
    meaning: "A file of boundaries lacks an authority.",
    remedy: "Use a file with all 153 education authorities of England.",
  },
  "boundaries-geometry": {
    meaning: "A feature of a file of boundaries is no polygon in longitude and latitude.",
    remedy: "Export polygons in WGS 84 (EPSG:4326), not in metres of the National Grid.",
  },
  "counts-missing": {
    meaning: "A file of counts lacks an authority.",
    remedy: "Add a line for it with its schools and pupils.",
  },
  "authority-not-drawn": {
    meaning: "A line names an authority that doesn't exist, was abolished, or stands in the file already.",
    remedy: "Use the three-digit codes of the authorities of today, each once.",
  },
  "count-expected": {
    meaning: "A number of schools or pupils is missing or is no whole number.",
    remedy: "Write a whole number of 0 or more, without commas.",
  },
  "scenario-unknown": {
    meaning: "There is no drawing of regions with this number.",
    remedy: "Choose one from the list of drawings.",
  },
  "scenario-not-drawn": {
    meaning: "A drawing isn't finished, or breaks what was asked of it, and can't be adopted.",
    remedy: "Wait until it is drawn, or adjust it until nothing is broken.",
  },
  "drawing-starts-too-early": {
    meaning:
      "A drawing is to hold from a day that has begun: what was decided under the old one would change hands unseen.",
    remedy: "Choose a day after today.",
  },
  "drawing-dates-overlap": {
    meaning: "A drawing is to begin on or before the first day of one that is adopted already.",
    remedy: "Choose a day after the newest drawing's first.",
  },
  "region-without-office": {
    meaning: "A region has no office that answers for it.",
    remedy: "Name the region's office in every line, or in none where an office of today keeps it.",
  },
  "region-line": {
    meaning: "A line of a file of regions contradicts another or can't be read.",
    remedy: "Give each authority once, and each region one name and one office.",
  },
  "office-unknown": {
    meaning: "There is no office with this code.",
    remedy: "Name an office of the register of duties.",
  },
  "period-unreadable": {
    meaning: "A date is no date, or a period ends before it begins.",
    remedy: "Write dates as YYYY-MM-DD, the last day after the first.",
  },
  "post-taken": {
    meaning: "Two people would be in one post on the same day.",
    remedy: "End the time of the one who is in post before the next begins.",
  },
  "region-words-missing": {
    meaning: "A name or a reason was left empty.",
    remedy: "Fill it in.",
  },
  "drawing-not-yours": {
    meaning:
      "Only a regional director of the whole country draws and adopts regions; a region's director fills its posts and delegates.",
    remedy: "Ask the regional director whose work it is.",
  },
} as const;

/** A code of {@link problemCodes}. */
export type RegionsProblemCode = keyof typeof problemCodes;
