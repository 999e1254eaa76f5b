import { type ResponseRates, responseRates } from "../../../statistics/survey/index.js";
import { type SampledSchool, type SchoolState, unitOutcome } from "./field.js";
import type { Arrangement, Attendance, SessionState } from "./pupil.js";

/** Pupils of a school who stand at the same. */
export interface PupilCount {
  readonly urn: string;
  readonly attendance: Attendance;
  readonly state: SessionState;
  readonly pupils: number;
}

type CountedSchool = Pick<
  SampledSchool,
  "urn" | "unit" | "choice" | "probability" | "size" | "state" | "sessionOn" | "erased"
>;

/** Drawn pupils who were erased on request: of the population, and not among those who took part. */
const erasedIn = (schools: readonly Pick<SampledSchool, "state" | "erased">[]) =>
  schools.reduce((n, { state, erased }) => n + (state === "accepted" ? erased : 0), 0);

/** Shares that take part, of the whole sample: never of a school. */
export function ratesOf(schools: readonly CountedSchool[], pupils: readonly PupilCount[]): ResponseRates {
  const byUnit = new Map<number, CountedSchool[]>();
  for (const school of schools) byUnit.set(school.unit, [...(byUnit.get(school.unit) ?? []), school]);
  const byUrn = new Map<string, PupilCount[]>();
  for (const row of pupils) byUrn.set(row.urn, [...(byUrn.get(row.urn) ?? []), row]);
  return responseRates(
    [...byUnit.values()].map((unit) => {
      const rows = unit.flatMap(({ state, urn }) => (state === "accepted" ? (byUrn.get(urn) ?? []) : []));
      const sum = (wanted: (row: PupilCount) => boolean) =>
        rows.reduce((n, row) => n + (wanted(row) ? row.pupils : 0), 0);
      const weight = 1 / unit[0]!.probability;
      return {
        ...{ outcome: unitOutcome(unit), weight, size: unit[0]!.size, personWeight: weight },
        personsDrawn: sum(({ attendance }) => attendance !== "left" && attendance !== "unable") + erasedIn(unit),
        personsResponding: sum(({ attendance }) => attendance === "present"),
      };
    }),
    true,
  );
}

/** How an assessment goes: numbers of the whole sample. */
export interface FieldProgress {
  /** Schools by what they answered; those invited that are late are counted among `invited` too. */
  readonly schools: Readonly<Record<SchoolState, number>> & { readonly late: number };
  /** Weighted shares, 0–1: schools before and after replacement, pupils of schools that take part; null where there is nothing to tell. */
  readonly rates: {
    readonly schoolsBefore: number | null;
    readonly schoolsAfter: number | null;
    readonly pupils: number | null;
  };
  readonly sessions: Readonly<Record<SessionState, number>>;
  readonly attendance: Readonly<Partial<Record<Attendance, number>>>;
  /** Pupils with each arrangement; a pupil may have several. */
  readonly arrangements: Readonly<Partial<Record<Arrangement, number>>>;
  /** Pupils who were erased at the request of a parent or of themselves. */
  readonly erasedOnRequest: number;
  /** Schools that take part, by the day of their session. */
  readonly days: readonly { readonly day: string; readonly schools: number }[];
}

function counted<K extends string>(rows: readonly (readonly [K, number])[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const [key, n] of rows) counts[key] = (counts[key] ?? 0) + n;
  return counts;
}

/** @param late whether the day by which schools answer is over */
export function progressOf(
  schools: readonly CountedSchool[],
  pupils: readonly PupilCount[],
  arrangements: readonly (readonly [Arrangement, number])[],
  late: boolean,
): FieldProgress {
  const none = { reserve: 0, invited: 0, accepted: 0, refused: 0 };
  const states = { ...none, ...counted(schools.map(({ state }) => [state, 1] as const)) };
  const rates = schools.length > 0 ? ratesOf(schools, pupils) : null;
  const days = counted(
    schools.flatMap(({ state, sessionOn }) =>
      state === "accepted" && sessionOn !== null ? [[sessionOn, 1] as const] : [],
    ),
  );
  return {
    schools: { ...states, late: late ? states.invited : 0 },
    rates: {
      ...{ schoolsBefore: rates?.unitsBefore ?? null, schoolsAfter: rates?.unitsAfter ?? null },
      pupils: rates?.persons ?? null,
    },
    sessions: {
      ...{ "not-started": 0, started: 0, finished: 0 },
      ...counted(pupils.map(({ state, pupils: n }) => [state, n] as const)),
    },
    attendance: counted(pupils.map(({ attendance, pupils: n }) => [attendance, n] as const)),
    arrangements: counted(arrangements),
    erasedOnRequest: erasedIn(schools),
    days: Object.keys(days)
      .sort()
      .map((day) => ({ day, schools: days[day]! })),
  };
}
