import { parseCsv } from "../../ingest/index.js";
import { type CivilDate, err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { Database, Queries } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/http/index.js";
import { type Actor, actingAs, actorName } from "../../platform/identity/index.js";
import { appendEvents, StaleStream } from "../../platform/log/index.js";
import {
  checkStart,
  drawingFrom,
  newResponsibilities,
  slug,
  type WantedDrawing,
  type WantedRegion,
} from "./adoption.js";
import { slotName } from "./drawing/measure.js";
import { duties } from "./duties.js";
import { problemOf } from "./problems.js";
import { checkRegister } from "./responsibility.js";
import type { Scenario } from "./scenario.js";
import { markAdopted, mayDraw, measured } from "./service.js";
import {
  type Adoption,
  listDrawings,
  listOffices,
  loadDrawing,
  loadHeld,
  lockDrawings,
  saveAdoption,
} from "./store-drawings.js";
import { findScenario } from "./store-scenarios.js";

/** How a drawing is to be adopted. */
export interface AdoptionWish {
  readonly title: string;
  /** Its first day, as typed. */
  readonly startsOn: string;
  readonly reasons: string;
  /** The person's name of each new region, by its slot; "New region 1" where none is given. */
  readonly names?: Readonly<Record<number, string>>;
}

/** Adopts a drawing from a day on. @returns the number of the adopted drawing */
export async function adoptScenario(
  database: Database,
  actor: Actor,
  asked: { readonly id: number; readonly version: number; readonly wish: AdoptionWish },
  now: Date,
): Promise<Result<number, readonly Problem[]>> {
  return adopt(database, actor, asked.wish, now, async (queries) => {
    const scenario = await findScenario(queries, asked.id);
    if (!scenario) return err([problemOf("scenario-unknown", `drawing ${asked.id}`, "there is none with this number")]);
    if (scenario.version !== asked.version)
      throw new StaleStream(`regions/scenario/${scenario.id}`, asked.version, scenario.version);
    const { task, measure } = measured(scenario);
    if (scenario.state !== "drawn" || !measure || measure.broken.length > 0)
      return err([problemOf("scenario-not-drawn", scenario.title, measure?.broken[0] ?? `it is ${scenario.state}`)]);
    const today = await loadDrawing(queries, (await listDrawings(queries)).at(-1)!.version);
    const offices = new Map(today.regions.map((region) => [region.code, region]));
    const regions = measure.regions.map(({ slot }): WantedRegion => {
      const kept = offices.get(scenario.country.offices[slot]?.code ?? "");
      if (kept) return { ...kept, officeName: null };
      const name = asked.wish.names?.[slot]?.trim() || slotName(task, slot);
      const code = `N${today.regions.length}${slot}${scenario.id}`;
      return { code, name, office: `${slug(name)}-${scenario.id}`, officeName: `${name} regional office` };
    });
    const codeOf = new Map(measure.regions.map(({ slot }, i) => [slot, regions[i]!.code]));
    const regionOf = new Map(
      scenario.country.units.map(({ code }, i) => [code, codeOf.get(scenario.result!.slotOf[i]!)!]),
    );
    return ok({ wanted: { regions, regionOf }, scenario });
  });
}

/** Adopts regions that somebody gives as a CSV file, from a day on. */
export async function adoptGiven(
  database: Database,
  actor: Actor,
  asked: { readonly bytes: Uint8Array; readonly shown: string; readonly wish: AdoptionWish },
  now: Date,
): Promise<Result<number, readonly Problem[]>> {
  const rows = parseCsv(asked.bytes, asked.shown, ["authority", "region_code", "region_name", "office"]);
  if (!rows.ok) return rows;
  return adopt(database, actor, asked.wish, now, async (queries) => {
    const open = (await listOffices(queries)).filter(({ closedOn, kind }) => closedOn === null && kind === "regional");
    const wanted = drawingFrom(rows.value, new Set(open.map(({ code }) => code)), asked.shown);
    return wanted.ok ? ok({ wanted: wanted.value, scenario: null }) : wanted;
  });
}

interface Prepared {
  readonly wanted: WantedDrawing;
  readonly scenario: Scenario | null;
}

async function adopt(
  database: Database,
  actor: Actor,
  wish: AdoptionWish,
  now: Date,
  prepare: (queries: Queries) => Promise<Result<Prepared, readonly Problem[]>>,
): Promise<Result<number, readonly Problem[]>> {
  if (!mayDraw(actor))
    return err([
      problemOf("drawing-not-yours", "the account", "it holds no regional director's role for the whole country"),
    ]);
  const startsOn = parseCivilDate(wish.startsOn);
  if (!startsOn.ok) return err([problemOf("period-unreadable", "first day", startsOn.error)]);
  for (const field of ["title", "reasons"] as const)
    if (wish[field].trim() === "") return err([problemOf("region-words-missing", field, `the ${field} is empty`)]);
  return actingAs(database, actor, async (queries) => {
    await lockDrawings(queries);
    const drawings = await listDrawings(queries);
    const problems = checkStart(startsOn.value, dayInEngland(now), drawings.at(-1)!.startsOn);
    if (problems.length > 0) return err(problems);
    const prepared = await prepare(queries);
    if (!prepared.ok) return prepared;
    const { wanted, scenario } = prepared.value;
    const version = drawings.at(-1)!.version + 1;
    const before = await loadDrawing(queries, version - 1);
    const adoption = adoptionOf(wanted, before.regions, startsOn.value, {
      ...{
        version,
        title: wish.title,
        startsOn: startsOn.value,
        reasons: wish.reasons,
        scenarioId: scenario?.id ?? null,
      },
      ...{ adoptedBy: actorName(actor), adoptedAt: now.toISOString() },
    });
    const known = new Set((await listOffices(queries)).map(({ code }) => code));
    const clash = adoption.newOffices.find(({ code }) => known.has(code));
    if (clash)
      return err([problemOf("region-line", clash.name, `an office with the code ${clash.code} was open before`)]);
    await saveAdoption(queries, adoption);
    const unanswered = await check(queries, adoption, startsOn.value);
    if (unanswered.length > 0) throw new RangeError(`the adoption would leave duties open: ${unanswered[0]!.message}`);
    if (scenario) await markAdopted(queries, actor, { scenario, version: scenario.version, drawing: version }, now);
    await appendEvents(queries, {
      ...{ stream: `regions/drawing/${version}`, expected: 0, actor, at: now },
      events: [
        {
          kind: "regions-adopted",
          body: {
            ...{ version, title: wish.title, startsOn: startsOn.value, reasons: wish.reasons },
            regions: Object.fromEntries(wanted.regionOf),
          },
        },
      ],
    });
    return ok(version);
  });
}

function adoptionOf(
  wanted: WantedDrawing,
  before: readonly { readonly code: string; readonly office: string }[],
  startsOn: CivilDate,
  drawing: Adoption["drawing"],
): Adoption {
  const officeBefore = new Map(before.map(({ code, office }) => [code, office]));
  const kept = new Set(wanted.regions.map(({ office }) => office));
  // A region that another office takes over ends like one that closes; the new office's duties begin the same day.
  const same = new Set(
    wanted.regions.filter(({ code, office }) => officeBefore.get(code) === office).map(({ code }) => code),
  );
  return {
    drawing,
    regions: wanted.regions.map(({ code, name, office }) => ({ code, name, office })),
    regionOf: wanted.regionOf,
    newOffices: wanted.regions.flatMap(({ office, officeName }) =>
      officeName === null
        ? []
        : [
            {
              code: office,
              name: officeName,
              kind: "regional" as const,
              contact: "No address has been recorded for this office.",
              openedOn: startsOn,
            },
          ],
    ),
    closedOffices: before.map(({ office }) => office).filter((office) => !kept.has(office)),
    closedRegions: before.map(({ code }) => code).filter((code) => !same.has(code)),
    newResponsibilities: newResponsibilities(wanted.regions, officeBefore, startsOn),
  };
}

async function check(queries: Queries, adoption: Adoption, since: CivilDate): Promise<readonly Problem[]> {
  const { held, delegations } = await loadHeld(queries, since);
  const regions = adoption.regions.map((region) => ({ ...region, from: since, to: null }));
  return checkRegister(duties, regions, held, delegations, since);
}
