/** What a school's intake is described by: shares from 0 to 1, and the number of pupils; null where not known. */
export interface Intake {
  readonly urn: string;
  readonly phase: string;
  readonly pupils: number | null;
  /** Eligible for free school meals in the last six years. */
  readonly meals: number | null;
  readonly otherLanguage: number | null;
  readonly support: number | null;
  readonly plans: number | null;
}

const shares = ["meals", "otherLanguage", "support", "plans"] as const;

/** A school's intake as places on scales that can be added: each feature less its mean, in standard deviations of its phase. */
interface Placed {
  readonly urn: string;
  readonly at: readonly number[];
}

/** Shares near nought differ as much as their square roots; a school twice as large is as far as one half as large. */
function features(intake: Intake): readonly number[] | null {
  const { pupils } = intake;
  const own = shares.map((name) => intake[name]);
  if (pupils === null || pupils <= 0 || own.some((share) => share === null)) return null;
  return [...own.map((share) => Math.asin(Math.sqrt(Math.min(1, Math.max(0, share!))))), Math.log(pupils)];
}

function standardised(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const width = rows[0]?.length ?? 0;
  const scales = Array.from({ length: width }, (_, k) => {
    const mean = rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length;
    const variance = rows.reduce((sum, row) => sum + (row[k]! - mean) ** 2, 0) / rows.length;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  return rows.map((row) => row.map((value, k) => (value - scales[k]!.mean) / scales[k]!.deviation));
}

/** Schools of one phase by their intakes. */
export interface AlikeSchools {
  /** The nearest, the most alike first; empty where the school's own intake isn't known. */
  nearest(urn: string, most: number): readonly { readonly urn: string; readonly distance: number }[];
}

/** Places schools of the same phase by their intakes; those with a gap are left out. */
export function alikeSchools(intakes: readonly Intake[]): AlikeSchools {
  const byPhase = new Map<string, { urn: string; row: readonly number[] }[]>();
  for (const intake of intakes) {
    const row = features(intake);
    if (row === null) continue;
    const list = byPhase.get(intake.phase) ?? [];
    list.push({ urn: intake.urn, row });
    byPhase.set(intake.phase, list);
  }
  const placed = new Map<string, { readonly own: Placed; readonly all: readonly Placed[] }>();
  for (const list of byPhase.values()) {
    const rows = standardised(list.map(({ row }) => row));
    const all = list.map(({ urn }, i): Placed => ({ urn, at: rows[i]! }));
    for (const own of all) placed.set(own.urn, { own, all });
  }
  return {
    nearest(urn, most) {
      const found = placed.get(urn);
      if (!found) return [];
      const { own, all } = found;
      return all
        .filter((other) => other.urn !== urn)
        .map((other) => ({ urn: other.urn, distance: Math.hypot(...other.at.map((value, k) => value - own.at[k]!)) }))
        .sort((a, b) => a.distance - b.distance || (a.urn < b.urn ? -1 : 1))
        .slice(0, most);
    },
  };
}
