import { englandDerived } from "../published/england-derived.js";
import { type EngineInput, heldFrom, input } from "./input.js";

const { first, intakes, transfer, stayingOn } = englandDerived.intake;

/** What the engine reads about pupils. */
export const pupilInputs: readonly EngineInput[] = [
  input(
    "published",
    "pupils.reception-intake",
    "pupils a year",
    [100_000, 1_200_000],
    (year) => heldFrom(intakes, first, year),
    "Pupils who enter Reception in a year.",
    "solved from the workforce model's pupils of both phases, 2010 to 2027; held after that",
  ),
  input(
    "published",
    "pupils.transfer",
    "share of Year 6, 0–1",
    [0, 1],
    transfer,
    "Pupils of Year 6 who go on to a state secondary school.",
    "solved with the intakes",
  ),
  input(
    "assumption",
    "pupils.staying-on",
    "share of Year 11, 0–1",
    [0, 1],
    stayingOn[0]!,
    "Pupils who stay in a school's sixth form for Year 12.",
    "with the intakes, the published pupils of secondary schools follow",
  ),
  input(
    "assumption",
    "pupils.staying-on-second",
    "share of Year 12, 0–1",
    [0, 1],
    stayingOn[1]!,
    "Pupils of Year 12 who stay for Year 13.",
    "with the intakes, the published pupils of secondary schools follow",
  ),
  input(
    "assumption",
    "pupils.moving",
    "share a year",
    [0, 0.2],
    0.04,
    "Pupils who change school within their phase in a year, in their region.",
    "about one pupil in thirteen moves outside the usual times over a phase of two years; no table at hand",
  ),
  input(
    "assumption",
    "pupils.disadvantage-turnover",
    "share a year",
    [0, 0.3],
    0.06,
    "Disadvantaged pupils who cease to be; as many of their school become so.",
    "eligibility lasts six years after the last free meal",
  ),
  input(
    "assumption",
    "pupils.support-turnover",
    "share a year",
    [0, 0.3],
    0.1,
    "Pupils with support or a plan for special needs who cease to have it; as many of their school begin.",
    "keeps the published share at every school",
  ),
];
