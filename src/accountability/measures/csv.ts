import { formatSheet } from "../../ingest/index.js";

interface Row {
  readonly measure: string;
  readonly number: number;
  readonly outcome: string;
  readonly proposed: {
    readonly title: string;
    readonly basis: string;
    readonly consequence: string;
    readonly population: { readonly kinds: readonly string[] };
    readonly threshold: { readonly value: number; readonly unit: string } | null;
  };
  readonly from: string;
  readonly until: string | null;
  readonly reasons: readonly { readonly code: string }[];
  readonly withdrawnBecause: string | null;
}

/** The register as CSV, a line a declaration. */
export function csvOf(measures: readonly { readonly declarations: readonly Row[] }[]): string {
  const head = [
    ...["measure", "declaration", "title", "outcome", "basis", "consequence", "covers", "line", "from", "until"],
    ...["reasons", "withdrawn_because"],
  ];
  const lines = measures.flatMap(({ declarations }) =>
    declarations
      .toReversed()
      .map(({ measure, number, proposed, outcome, from, until, reasons, withdrawnBecause }) => [
        ...[measure, String(number), proposed.title, outcome, proposed.basis, proposed.consequence],
        ...[
          proposed.population.kinds.join(" "),
          proposed.threshold ? `${proposed.threshold.value} ${proposed.threshold.unit}` : "",
        ],
        ...[from, until ?? "", reasons.map(({ code }) => code).join(" "), withdrawnBecause ?? ""],
      ]),
  );
  return formatSheet(head, lines);
}
