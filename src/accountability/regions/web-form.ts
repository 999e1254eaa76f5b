import Type, { type Static } from "typebox";
import type { Problem } from "../../kernel/index.js";
import type { Link } from "../../platform/pages/index.js";
import { type DrawingSettings, usualSettings } from "./drawing/settings.js";

const field = (maxLength: number) => Type.String({ maxLength, default: "" });

/** The settings as a browser sends them. */
export const settingFields = Type.Object({
  title: field(120),
  regions: field(10),
  schoolsTolerancePercent: field(10),
  pupilsTolerancePercent: field(10),
  changeBy: field(10),
  borderWeight: field(10),
  together: field(4000),
  apart: field(4000),
  fixed: field(4000),
  seed: field(12),
  effort: field(10),
});

export type SettingFields = Static<typeof settingFields>;

/** The form before anything is typed. */
export const usualFields: SettingFields = {
  title: "",
  regions: String(usualSettings.regions),
  schoolsTolerancePercent: String(usualSettings.schoolsTolerancePercent),
  pupilsTolerancePercent: String(usualSettings.pupilsTolerancePercent),
  changeBy: usualSettings.changeBy,
  borderWeight: String(usualSettings.borderWeight),
  together: "",
  apart: "",
  fixed: "",
  seed: String(usualSettings.seed),
  effort: usualSettings.effort,
};

const lines = (text: string) =>
  text
    .split("\n")
    .map((line) => line.split(/[\s,;]+/).filter((word) => word !== ""))
    .filter((words) => words.length > 0);

/** Reads the form; what isn't a number becomes one that every range refuses. */
export function readSettings(fields: SettingFields): {
  readonly settings: DrawingSettings;
  readonly errors: readonly Link[];
} {
  const errors: Link[] = [];
  const number = (text: string) => (/^\d{1,10}(\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN);
  const pairs = (id: "apart" | "fixed", words: string) =>
    lines(fields[id]).flatMap((pair): [string, string][] => {
      if (pair.length === 2) return [[pair[0]!, pair[1]!]];
      errors.push({ text: `"${pair.join(" ")}" is not ${words}`, href: `#${id}` });
      return [];
    });
  const { changeBy, effort } = fields;
  if (changeBy !== "schools" && changeBy !== "pupils")
    errors.push({ text: "Choose what counts as change", href: "#changeBy" });
  if (effort !== "quick" && effort !== "thorough") errors.push({ text: "Choose the effort", href: "#effort" });
  const settings: DrawingSettings = {
    regions: number(fields.regions),
    schoolsTolerancePercent: number(fields.schoolsTolerancePercent),
    pupilsTolerancePercent: number(fields.pupilsTolerancePercent),
    changeBy: changeBy === "pupils" ? "pupils" : "schools",
    borderWeight: number(fields.borderWeight),
    together: lines(fields.together),
    apart: pairs("apart", "a pair of authorities"),
    fixed: pairs("fixed", "an authority and a region").map(([authority, region]) => ({ authority, region })),
    seed: number(fields.seed),
    effort: effort === "thorough" ? "thorough" : "quick",
  };
  return { settings, errors };
}

/** Fields by the place that a problem names. */
const fieldOf: Readonly<Record<string, string>> = {
  "number of regions": "regions",
  "tolerance in schools": "schoolsTolerancePercent",
  "tolerance in pupils": "pupilsTolerancePercent",
  "weight of the borders": "borderWeight",
  seed: "seed",
  title: "title",
  "kept together": "together",
  "kept apart": "apart",
  fixed: "fixed",
  "first day": "startsOn",
  reasons: "reasons",
};

/** Problems as links to fields; what belongs to none goes to the first. */
export function linksOf(problems: readonly Problem[], first: string): readonly Link[] {
  return problems.map(({ place, message, remedy }) => ({
    text: `${place}: ${message}. ${remedy}`,
    href: `#${fieldOf[place] ?? first}`,
  }));
}
