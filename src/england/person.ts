import type { Random } from "../kernel/index.js";
import { assumptions } from "./assumptions.js";
import type { Phase } from "./england.js";
import type { PhaseParameters } from "./parameters.js";
import { placeKind, type Roll } from "./roll.js";
import { noneAtSeven } from "./scales.js";
import { groupProgress, type PhaseOfRegion, primaryRegions, secondaryRegions } from "./targets/index.js";

/** One pupil on the way through the loop; used again for each, so that none is an object of its own. */
export interface Person {
  girl: number;
  /** 1 for September to 12 for August. */
  month: number;
  otherLanguage: number;
  ethnic: number;
  fsm: number;
  lookedAfter: number;
  /** 0 none, 1 support, 2 plan. */
  sen: number;
  idaci: number;
  /** Raw prior attainment. */
  latent: number;
  hasPrior: boolean;
  /** Came on the first roll during the window. */
  arrivesLate: boolean;
}

/** A person with nothing in it yet. */
export function emptyPerson(): Person {
  return {
    girl: 0,
    month: 1,
    otherLanguage: 0,
    ethnic: 0,
    fsm: 0,
    lookedAfter: 0,
    sen: 0,
    idaci: 0,
    latent: 0,
    hasPrior: true,
    arrivesLate: false,
  };
}

/** Draws who a pupil is, given the school. */
export type DrawPerson = (person: Person, roll: Roll, s: number, random: Random) => void;

/** Share of pupils with another first language, over the country's schools of the phase. */
function shareOfOtherLanguage(phase: Phase): number {
  const regions: PhaseOfRegion[] = Object.values(phase === "primary" ? primaryRegions : secondaryRegions);
  const pupils = regions.reduce((sum, region) => sum + region.pupils, 0);
  const middle = (region: PhaseOfRegion) =>
    region.eal.slice(1, -1).reduce((a, b) => a + b, 0) / (region.eal.length - 2);
  return regions.reduce((sum, region) => sum + (region.pupils / pupils) * middle(region), 0) / 100;
}

/** Running shares of the ethnic groups among pupils with English and with another first language. */
function ethnicTables(phase: Phase) {
  const language = shareOfOtherLanguage(phase);
  const other = assumptions.ethnicSharesOtherLanguage.value;
  const english = assumptions.ethnicShares.value.map((share, k) =>
    Math.max(0, (share - language * other[k]!) / (1 - language)),
  );
  return { english, other, language };
}

/** Makes the function that draws a pupil of the phase. */
export function personDrawer(phase: Phase, parameters: PhaseParameters): DrawPerson {
  const { english, other } = ethnicTables(phase);
  const prior = parameters.prior;
  const within = Math.sqrt(Math.max(0.2, 1 - parameters.intakeDeviation ** 2));
  const byMonth = phase === "primary" ? assumptions.priorByMonth.value : assumptions.priorByMonthAt11.value;
  const [missingOther, missingEnglish] = missingPrior(phase);
  const [lateOther, lateEnglish] = assumptions.arrivedInWindow.value;
  const careRate = groupProgress.lookedAfter.rate / 10_000;
  const boys = assumptions.needByBoys.value;
  const ofFsm = assumptions.needByFsm.value;
  const spread = assumptions.idaciSpread.value;

  return (person, roll, s, random) => {
    const isMainstream = roll.kind[s] === placeKind.mainstream;
    const girls = isMainstream ? assumptions.girls.value : assumptions.girlsSpecial.value;
    const [fsmRate, ealRate, supportRate, planRate] = [roll.fsm[s]!, roll.eal[s]!, roll.support[s]!, roll.plan[s]!];
    person.girl = random.uniform() < girls ? 1 : 0;
    person.month = 1 + random.below(12);
    person.otherLanguage = random.uniform() < ealRate ? 1 : 0;
    person.ethnic = drawEthnic(
      person.otherLanguage === 1 ? other : english,
      person.otherLanguage === 1 ? 1 : 0.4 + 4.4 * ealRate,
      random.uniform(),
    );
    person.fsm = random.uniform() < fsmRate ? 1 : 0;
    person.lookedAfter = random.uniform() < careRate ? 1 : 0;
    const u = random.uniform();
    if (person.lookedAfter === 1 && isMainstream) {
      const { plan, support } = groupProgress.lookedAfter;
      person.sen = u < plan / 100 ? 2 : u < (plan + support) / 100 ? 1 : 0;
    } else if (isMainstream) {
      const poor = (person.fsm === 1 ? ofFsm : 1) / (1 + (ofFsm - 1) * fsmRate);
      const planned = planRate * poor * (person.girl === 0 ? boys.plan : (1 - (1 - girls) * boys.plan) / girls);
      const supported =
        supportRate * poor * (person.girl === 0 ? boys.support : (1 - (1 - girls) * boys.support) / girls);
      person.sen = u < planned ? 2 : u < planned + supported ? 1 : 0;
    } else person.sen = u < planRate ? 2 : u < planRate + supportRate ? 1 : 0;
    const poorer = person.fsm === 1 ? assumptions.idaciOfFsm.value : 1;
    const idaci = roll.idaci[s]! * poorer * Math.exp(spread * random.normal() - (spread * spread) / 2);
    person.idaci = Math.round(1000 * Math.min(0.95, idaci)) / 1000;
    const need = person.sen - (isMainstream ? supportRate + 2 * planRate : person.sen);
    person.latent =
      roll.prior[s]! +
      prior.fsm * (person.fsm - fsmRate) +
      prior.need * need +
      prior.otherLanguage * (person.otherLanguage - ealRate) +
      prior.girls * (person.girl - girls) +
      byMonth * (person.month - 6.5) +
      within * random.normal();
    person.hasPrior = random.uniform() >= (person.otherLanguage === 1 ? missingOther : missingEnglish);
    person.arrivesLate = !person.hasPrior && random.uniform() < (person.otherLanguage === 1 ? lateOther : lateEnglish);
  };
}

/** The groups after the first are scaled by `tilt`: where more speak another language, more of the others are of a minority too. */
function drawEthnic(shares: readonly number[], tilt: number, u: number): number {
  let rest = u;
  for (let k = 1; k < shares.length; k++) {
    rest -= shares[k]! * tilt;
    if (rest < 0) return k;
  }
  return 0;
}

/** Probabilities of no prior attainment: the published ones at eleven; at seven in the same ratio, with the published total. */
function missingPrior(phase: Phase): readonly [number, number] {
  const [other, english] = assumptions.missingPrior.value;
  if (phase === "secondary") return [other, english];
  const language = shareOfOtherLanguage(phase);
  const scale = noneAtSeven / (language * other + (1 - language) * english);
  return [other * scale, english * scale];
}
