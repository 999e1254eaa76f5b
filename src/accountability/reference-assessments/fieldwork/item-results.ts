/** What one publication says of an item, as it was stored. */
export interface PublishedItem {
  readonly assessment: string;
  readonly number: number;
  readonly phase: string;
  /** Cycles of the assessment, oldest first. */
  readonly cycles: readonly string[];
  readonly taken: readonly { readonly cycle: string; readonly n: number }[];
  readonly drift: readonly {
    readonly from: string;
    readonly to: string;
    readonly change: number;
    readonly error?: number | null;
    readonly flagged: boolean;
    readonly linked?: boolean;
  }[];
}

/** What published results say of an item in one cycle. */
export interface ItemResult {
  readonly assessment: string;
  readonly publication: number;
  readonly cycle: string;
  /** Pupils with a score. */
  readonly pupils: number;
  /** Its change of difficulty beside the other common items since an earlier cycle, in logits; null where it was not in one. */
  readonly drift: {
    readonly since: string;
    readonly change: number;
    /** Standard error; null where the publication has none. */
    readonly error: number | null;
    readonly flagged: boolean;
    /** Whether it was kept as a link between the two; null where the publication doesn't say. */
    readonly linked: boolean | null;
  } | null;
}

/** An item's history by cycle: in which it was used, and how it moved since the nearest cycle before. */
export function resultsOfItem(published: readonly PublishedItem[]): readonly ItemResult[] {
  return published.flatMap(({ assessment, number, cycles, taken, drift }) =>
    [...taken]
      .sort((a, b) => cycles.indexOf(a.cycle) - cycles.indexOf(b.cycle))
      .map(({ cycle, n }): ItemResult => {
        const [nearest] = drift
          .filter(({ to }) => to === cycle)
          .sort((a, b) => cycles.indexOf(b.from) - cycles.indexOf(a.from));
        return {
          ...{ assessment, publication: number, cycle, pupils: n },
          drift: nearest
            ? {
                ...{ since: nearest.from, change: nearest.change, error: nearest.error ?? null },
                ...{ flagged: nearest.flagged, linked: nearest.linked ?? null },
              }
            : null,
        };
      }),
  );
}
