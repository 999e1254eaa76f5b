// One process of the task: makes a region, assigns its audits, pairs half days, plans again without one officer, and ends with a line of
// JSON.
import { assignAudits, routeAudits } from "../../src/accountability/safeguarding/assign.js";
import { charterNumberOf } from "../../src/accountability/safeguarding/officer.js";
import {
  type AssignmentInput,
  assignmentCost,
  auditDays,
  greedyAssignment,
} from "../../src/accountability/safeguarding/plan.js";
import { makeEngland } from "../../src/england/index.js";
import { seededRandom, silent } from "../../src/kernel/index.js";
import type { RegionCode } from "../../src/register/index.js";

const [region = "E12000008", officersText = "60"] = process.argv.slice(2);
const officers = Number(officersText);
const england = makeEngland({ seed: 1, regions: [region as RegionCode], cohorts: 1, phases: [] }, silent);
const random = seededRandom(1).fork("officers");
const schools = england.schools.map(({ urn, east, north, pupils, kind }) => ({
  ...{ urn, at: { east, north }, due: null },
  days: auditDays(pupils, kind === "mainstream" ? "mainstream" : "other"),
}));
const work = schools.reduce((sum, { days }) => sum + days, 0);
const input: AssignmentInput = {
  schools,
  officers: Array.from({ length: officers }, (_, i) => ({
    charter: charterNumberOf(String(i).padStart(6, "0")),
    base: schools[random.below(schools.length)]!.at,
    days: 1.3 * (work / officers),
  })),
  barred: new Set(),
  tolerance: 0.05,
  current: new Map(),
  changeKilometres: 60,
};

const [started, cpu] = [performance.now(), process.cpuUsage()];
const solved = await assignAudits(input, silent);
if (!solved.ok) throw new Error(solved.error.map(({ message }) => message).join("; "));
const { user, system } = process.cpuUsage(cpu);
const seconds = (performance.now() - started) / 1000;
const { assignment, cost, bound, split, pairs } = solved.value;
const kilometres = (await routeAudits(input, assignment)).flat().reduce((sum, outing) => sum + outing.kilometres, 0);
const greedy = greedyAssignment(input);
const current = new Map(schools.map(({ urn }, j) => [urn, input.officers[assignment[j]!]!.charter]));
const ill = input.officers[0]!.charter;
const again = await assignAudits({ ...input, officers: input.officers.slice(1), current }, silent);
const left = input.officers.slice(1);
const moved = again.ok
  ? schools.filter(({ urn }, j) => current.get(urn) !== left[again.value.assignment[j]!]!.charter).length
  : null;
process.stdout.write(
  `${JSON.stringify({
    ...{ seconds, cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 },
    ...{
      schools: schools.length,
      officers,
      days: work,
      kilometres,
      floor: cost,
      bound,
      gapPercent: (100 * (cost - bound)) / bound,
    },
    ...{ sharedInBound: split, pairsPriced: pairs.priced, pairsSearched: pairs.searched, pairs: pairs.all },
    ...{ greedy: assignmentCost(input, greedy), greedyLeftOver: greedy.filter((i) => i < 0).length },
    ...{ illOfficersSchools: [...current.values()].filter((one) => one === ill).length, movedWhenIll: moved },
    againGapPercent: again.ok ? (100 * (again.value.cost - again.value.bound)) / again.value.bound : null,
  })}\n`,
);
