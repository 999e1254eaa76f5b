/** A spell of a worked example, with dates as a school office writes them. */
export interface ExampleSpell {
  readonly school: string;
  /** First day on roll. */
  readonly entered: string;
  /** Last day on roll, or null for still on roll. */
  readonly left: string | null;
  readonly status: "main" | "subsidiary" | "alternativeProvision" | "guest";
}

/** A pupil's time and whose it is, worked out by hand: run as a test and shown on the method page. */
export interface MembershipExample {
  readonly title: string;
  readonly story: string;
  readonly unit: "days" | "terms";
  /** `from` is in the window, `to` is not. */
  readonly window: { readonly from: string; readonly to: string };
  readonly spells: readonly ExampleSpell[];
  /** How many days or terms the window holds. */
  readonly total: number;
  /** Days or terms for each school, in order of name; schools without any are not named. */
  readonly counted: Readonly<Record<string, number>>;
  /** Days or terms for no school. */
  readonly unaccounted: number;
  readonly because: string;
}

/** The school that has no URN in the examples: elective home education, a school abroad, an unregistered provider. */
export const noSchool = "(no school)";

const keyStage4 = { from: "2021-09-01", to: "2026-06-01" };
const keyStage2 = { from: "2022-09-01", to: "2026-06-01" };
const tenDays = { from: "2025-09-01", to: "2025-09-11" };

const main = (school: string, entered: string, left: string | null): ExampleSpell => ({
  school,
  entered,
  left,
  status: "main",
});

export const membershipExamples: readonly MembershipExample[] = [
  {
    title: "One school throughout",
    story: "Rowan joins Ashby School in Year 7 and sits GCSEs there.",
    unit: "terms",
    window: keyStage4,
    spells: [main("Ashby", "2021-09-01", null)],
    total: 15,
    counted: { Ashby: 15 },
    unaccounted: 0,
    because: "Years 7 to 11 hold fifteen census days, and Rowan is on Ashby's roll on each.",
  },
  {
    title: "A move in the middle of Year 9",
    story: "Sorrel leaves Ashby on 13 February of Year 9 and joins Birch School on 24 February.",
    unit: "terms",
    window: keyStage4,
    spells: [main("Ashby", "2021-09-01", "2024-02-13"), main("Birch", "2024-02-24", null)],
    total: 15,
    counted: { Ashby: 8, Birch: 7 },
    unaccounted: 0,
    because:
      "The census days of October, January and May of Years 7 and 8 and of October and January of Year 9 are Ashby's: eight. " +
      "The half term between the two holds no census day, so nothing is lost.",
  },
  {
    title: "Leaving before the exams",
    story: "Bramble is on Ashby's roll until December of Year 11 and then on nobody's.",
    unit: "terms",
    window: keyStage4,
    spells: [main("Ashby", "2021-09-01", "2025-12-19")],
    total: 15,
    counted: { Ashby: 13 },
    unaccounted: 2,
    because:
      "Ashby keeps thirteen fifteenths of Bramble's result: taking a pupil off the roll doesn't take the pupil off the measure.",
  },
  {
    title: "Arriving late",
    story: "Fern comes from abroad and joins Ashby in September of Year 10.",
    unit: "terms",
    window: keyStage4,
    spells: [main("Ashby", "2024-09-02", null)],
    total: 15,
    counted: { Ashby: 6 },
    unaccounted: 9,
    because:
      "Ashby answers for the two years it had, not for five: the nine terms before are nobody's, and are not added to Ashby's.",
  },
  {
    title: "Alternative provision arranged by the school",
    story:
      "Heath stays on Ashby's roll and spends Year 10 at the Cedar Centre, which has a URN, as a subsidiary registration.",
    unit: "terms",
    window: keyStage4,
    spells: [
      main("Ashby", "2021-09-01", null),
      { school: "Cedar Centre", entered: "2024-09-02", left: "2025-07-18", status: "subsidiary" },
    ],
    total: 15,
    counted: { Ashby: 15 },
    unaccounted: 0,
    because: "The main registration counts: the school that sends a pupil elsewhere answers for the sending.",
  },
  {
    title: "Permanently excluded, then in a pupil referral unit, then a new school",
    story: "Hazel is on Ashby's roll until March of Year 8, on the Cedar Centre's until July of Year 9, then at Birch.",
    unit: "terms",
    window: keyStage4,
    spells: [
      main("Ashby", "2021-09-01", "2023-03-10"),
      { school: "Cedar Centre", entered: "2023-03-20", left: "2024-07-19", status: "alternativeProvision" },
      main("Birch", "2024-09-02", null),
    ],
    total: 15,
    counted: { Ashby: 5, Birch: 6, "Cedar Centre": 4 },
    unaccounted: 0,
    because: "With no main registration anywhere else, the time belongs to the provider that has a URN of its own.",
  },
  {
    title: "A provider without a URN",
    story: "Clover leaves Ashby after Year 9 and is placed with an unregistered provider.",
    unit: "terms",
    window: keyStage4,
    spells: [main("Ashby", "2021-09-01", "2024-07-19"), main(noSchool, "2024-09-02", null)],
    total: 15,
    counted: { Ashby: 9 },
    unaccounted: 6,
    because: "There is no school to answer for the six terms; they are shown as unaccounted, not given to Ashby.",
  },
  {
    title: "A primary pupil in two schools",
    story: "Tansy is at Elm Primary in Years 3 and 4 and at Fir Primary in Years 5 and 6.",
    unit: "terms",
    window: keyStage2,
    spells: [main("Elm", "2019-09-02", "2024-08-31"), main("Fir", "2024-09-01", null)],
    total: 12,
    counted: { Elm: 6, Fir: 6 },
    unaccounted: 0,
    because: "Years 3 to 6 hold twelve census days. Reception to Year 2 at Elm lie before the window and don't count.",
  },
  {
    title: "Ten days, counted in days",
    story: "Alder is at Ashby on the 1st to the 4th, on no roll on the 5th and 6th, and at Birch from the 7th.",
    unit: "days",
    window: tenDays,
    spells: [main("Ashby", "2025-09-01", "2025-09-04"), main("Birch", "2025-09-07", null)],
    total: 10,
    counted: { Ashby: 4, Birch: 4 },
    unaccounted: 2,
    because: "The leaving date is the last day on roll, so the 4th is still Ashby's. The window ends with the 10th.",
  },
  {
    title: "Two main registrations at once",
    story: "Both offices say main: Ashby until the 6th, Birch from the 3rd.",
    unit: "days",
    window: tenDays,
    spells: [main("Ashby", "2025-09-01", "2025-09-06"), main("Birch", "2025-09-03", null)],
    total: 10,
    counted: { Ashby: 4, Birch: 6 },
    unaccounted: 0,
    because:
      "The four common days (3rd to 6th) are divided equally: Ashby has 2 + 2, Birch has 2 + 4. The row is reported.",
  },
  {
    title: "A guest",
    story: "Linden tries Birch as a guest from the 3rd to the 8th and stays on Ashby's roll until the 5th only.",
    unit: "days",
    window: tenDays,
    spells: [
      main("Ashby", "2025-09-01", "2025-09-05"),
      { school: "Birch", entered: "2025-09-03", left: "2025-09-08", status: "guest" },
    ],
    total: 10,
    counted: { Ashby: 5 },
    unaccounted: 5,
    because:
      "A guest is registered elsewhere and counts there. From the 6th no roll has Linden, so those days are nobody's.",
  },
  {
    title: "Back at the first school",
    story: "Juniper leaves Ashby on the 2nd, is at Birch from the 3rd to the 5th, and is back at Ashby on the 6th.",
    unit: "days",
    window: tenDays,
    spells: [
      main("Ashby", "2024-09-01", "2025-09-02"),
      main("Birch", "2025-09-03", "2025-09-05"),
      main("Ashby", "2025-09-06", null),
    ],
    total: 10,
    counted: { Ashby: 7, Birch: 3 },
    unaccounted: 0,
    because: "Both of Juniper's times at Ashby are added up.",
  },
];
