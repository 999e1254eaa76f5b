import { readableNumber, seriesChart } from "../../platform/charts/index.js";
import { Figure, Table } from "../../platform/pages/index.js";
import type { ResidualSpread } from "../value-added/index.js";
import { interval, standardErrors95 } from "./web-words.js";

/** What the spread means for the intervals, in one sentence. */
function meaning({ errorRatio: { low, high } }: ResidualSpread): string {
  const words = (ratio: number) => {
    const percent = readableNumber(100 * Math.abs(ratio - 1), 0);
    return percent === "0" ? "as it is" : `${percent}% ${ratio > 1 ? "wider" : "narrower"}`;
  };
  return `The intervals take one spread for all: for nine schools in ten the part that comes from their pupils should be between ${words(low)} and ${words(high)}.`;
}

/** Whether the residuals are spread alike over prior attainment, with what it means for the schools' intervals. */
export function ResidualSpreadFigure({ id, about, spread }: { id: string; about: string; spread: ResidualSpread }) {
  const rows = spread.tenths.map((t) => ({
    ...t,
    lower: t.ratio - standardErrors95 * t.standardError,
    upper: t.ratio + standardErrors95 * t.standardError,
  }));
  const off = rows.filter(({ lower, upper }) => lower > 1 || upper < 1).length;
  const title = "How the spread of what is left over depends on prior attainment";
  const lead =
    `The variance differs from that of all pupils beyond chance in ${off === 0 ? "none" : readableNumber(off)} of ${rows.length} tenths; ` +
    `the largest is ${readableNumber(spread.largestToSmallest, 2)} times the smallest. ${meaning(spread)}`;
  return (
    <Figure
      title={title}
      lead={lead}
      chart={seriesChart({
        id: `${id}-spread`,
        title: `${title}: ${about}`,
        description: lead,
        points: rows.map((r) => ({ label: String(r.tenth), value: r.ratio, lower: r.lower, upper: r.upper })),
        line: null,
        average: { at: 1, label: "" },
        scaleName: "Variance ÷ that of all pupils, with 95% interval",
        pointsName: "Tenth of prior attainment",
        decimals: 2,
        joined: false,
      })}
      table={
        <Table
          caption={`Variance of the residuals by prior attainment, as a part of that of all pupils: ${about}`}
          rows={rows}
          small
          columns={[
            { heading: "Tenth", cell: (r) => String(r.tenth) },
            { heading: "Mean prior attainment", numeric: true, cell: (r) => readableNumber(r.prior, 2) },
            { heading: "Variance ÷ that of all", numeric: true, cell: (r) => readableNumber(r.ratio, 3) },
            { heading: "95% interval", numeric: true, cell: (r) => interval(r.lower, r.upper, 3) },
            { heading: "Pupils", numeric: true, cell: (r) => readableNumber(r.pupils) },
          ]}
        />
      }
    />
  );
}
