import { madeOnce } from "../../kernel/index.js";
import {
  type Bin,
  binsOf,
  caterpillarChart,
  chartKey,
  histogramChart,
  readableNumber,
} from "../../platform/charts/index.js";
import { Figure, Table, type TableColumn } from "../../platform/pages/index.js";
import type { ShownDecision } from "./shown-decision.js";
import { counted, decisionMarks, decisionName, interval, intervalName, markOf, percentage } from "./web-words.js";

/** A school that has a measure, as charts need it. */
export interface MeasuredSchool {
  readonly name: string;
  /** Null where the review decided nothing. */
  readonly decision: ShownDecision | null;
  readonly valueAdded: number;
  readonly lower: number;
  readonly upper: number;
}

/** How a measure is written on pages and charts. */
export interface MeasureWords {
  /** As "GCSE score". */
  readonly outcome: string;
  readonly decimals: number;
  readonly line: number;
  readonly confidence?: number | undefined;
}

interface MaybeMeasured extends Omit<MeasuredSchool, "valueAdded" | "lower" | "upper"> {
  readonly valueAdded: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Schools with all three figures; the others have no measure to draw. */
export const withMeasure = madeOnce((schools: readonly MaybeMeasured[]): readonly MeasuredSchool[] =>
  schools.filter((s): s is MeasuredSchool => s.valueAdded !== null && s.lower !== null && s.upper !== null),
);

/** How the schools of a measure spread, for sentences and for the background of a school's own chart. */
export interface Spread {
  readonly schools: number;
  readonly bins: readonly Bin[];
  readonly tenths: readonly Tenth[];
  readonly quarter: number;
  readonly median: number;
  readonly threeQuarters: number;
  /** Schools whose interval holds the average, 0. */
  readonly likeAverage: number;
  /** Schools whose figure (not its interval) is below the agreed line. */
  readonly belowLine: number;
}

/** A tenth of the schools in order of value added. */
export interface Tenth {
  readonly tenth: number;
  readonly schools: number;
  readonly lowest: number;
  readonly highest: number;
  readonly interval: number;
}

function tenthsOf(sorted: readonly MeasuredSchool[]): readonly Tenth[] {
  const n = sorted.length;
  return Array.from({ length: Math.min(10, n) }, (_, k) => {
    const pieces = Math.min(10, n);
    const part = sorted.slice(Math.round((k * n) / pieces), Math.round(((k + 1) * n) / pieces));
    const widths = part.map((s) => s.upper - s.lower).sort((a, b) => a - b);
    return {
      tenth: k + 1,
      schools: part.length,
      lowest: part[0]!.valueAdded,
      highest: part.at(-1)!.valueAdded,
      interval: widths[Math.floor(widths.length / 2)]! / 2,
    };
  });
}

/** Counts and quantiles of a measure's schools; null where no school has a measure. */
export const spreadOf = madeOnce((schools: readonly MeasuredSchool[], line: number): Spread | null => {
  if (schools.length === 0) return null;
  const sorted = schools.toSorted((a, b) => a.valueAdded - b.valueAdded);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!.valueAdded;
  return {
    schools: sorted.length,
    bins: binsOf(
      sorted.map((s) => s.valueAdded),
      24,
    ),
    tenths: tenthsOf(sorted),
    quarter: at(0.25),
    median: at(0.5),
    threeQuarters: at(0.75),
    likeAverage: sorted.filter((s) => s.lower <= 0 && s.upper >= 0).length,
    belowLine: sorted.filter((s) => s.valueAdded < line).length,
  };
});

/** Longest list of schools that stands in a chart's own table; more are summed up in tenths. */
const longestTable = 200;

function SchoolsTable({ schools, measure }: { schools: readonly MeasuredSchool[]; measure: MeasureWords }) {
  const columns: readonly TableColumn<MeasuredSchool>[] = [
    { heading: "School", cell: (s) => s.name },
    { heading: "Value added", numeric: true, cell: (s) => readableNumber(s.valueAdded, measure.decimals) },
    { heading: "Interval", numeric: true, cell: (s) => interval(s.lower, s.upper, measure.decimals) },
    { heading: "Decision", cell: (s) => (s.decision === null ? "No decision" : decisionName(s.decision)) },
  ];
  const sorted = schools.toSorted((a, b) => a.valueAdded - b.valueAdded);
  return (
    <Table caption={`Schools in order of value added: ${measure.outcome}`} columns={columns} rows={sorted} small />
  );
}

function TenthsTable({ spread, measure }: { spread: Spread; measure: MeasureWords }) {
  const number = (value: number) => readableNumber(value, measure.decimals);
  const columns: readonly TableColumn<Tenth>[] = [
    { heading: "Tenth of the schools", cell: (t) => String(t.tenth) },
    { heading: "Schools", numeric: true, cell: (t) => readableNumber(t.schools) },
    { heading: "Lowest", numeric: true, cell: (t) => number(t.lowest) },
    { heading: "Highest", numeric: true, cell: (t) => number(t.highest) },
    { heading: "Typical interval", numeric: true, cell: (t) => `± ${number(t.interval)}` },
  ];
  return (
    <Table
      caption={`Schools by tenth of value added: ${measure.outcome}`}
      columns={columns}
      rows={spread.tenths}
      small
    />
  );
}

/** What the spread of a measure says, in two sentences. */
export function spreadSentences(spread: Spread, measure: MeasureWords): string {
  const { decimals } = measure;
  const [low, high] = [readableNumber(spread.quarter, decimals), readableNumber(spread.threeQuarters, decimals)];
  return (
    `Half of the ${counted(spread.schools, "school")} lie between ${low} and ${high}. ` +
    `For ${percentage(spread.likeAverage / spread.schools)} of the schools the ${intervalName(measure.confidence)} ` +
    `includes the average, 0: they can't be told from it.`
  );
}

/** The chart of schools from lowest to highest, and the marks in it. */
const caterpillarOf = madeOnce(
  (schools: readonly MeasuredSchool[], id: string, title: string, measure: MeasureWords) => {
    const points = schools.map((s) => ({
      value: s.valueAdded,
      lower: s.lower,
      upper: s.upper,
      mark: markOf(s.decision),
    }));
    const spread = spreadOf(schools, measure.line);
    const chart = caterpillarChart({
      ...{ id, title, points, marks: decisionMarks },
      description: spread ? spreadSentences(spread, measure) : "",
      line: { at: measure.line, label: `Agreed line ${readableNumber(measure.line, measure.decimals)}` },
      average: { at: 0, label: "Average, 0" },
      scaleName: `Value added: ${measure.outcome}`,
    });
    return { chart, used: decisionMarks.filter((_, k) => points.some((p) => p.mark === k)) };
  },
);

/** Schools from lowest to highest with their intervals; nothing where no school has a measure. */
export function CaterpillarFigure(props: {
  id: string;
  title: string;
  schools: readonly MeasuredSchool[];
  measure: MeasureWords;
  /** What to see; how the schools spread unless given. */
  lead?: string;
}) {
  const { id, title, schools, measure } = props;
  const spread = spreadOf(schools, measure.line);
  if (!spread) return <p class="govuk-body">{`${title}: no school has a measure, so there is no chart.`}</p>;
  const { chart, used } = caterpillarOf(schools, id, title, measure);
  const short = schools.length <= longestTable;
  return (
    <Figure
      title={title}
      lead={props.lead ?? spreadSentences(spread, measure)}
      chartKey={chartKey(used)}
      chart={chart}
      note={`Each mark is a school; the grey line through it is its ${intervalName(measure.confidence)}. Schools whose intervals overlap may not differ at all: this is not a ranking.`}
      table={
        short ? <SchoolsTable schools={schools} measure={measure} /> : <TenthsTable spread={spread} measure={measure} />
      }
    />
  );
}

/** How many schools there are at each value added. */
export function HistogramFigure({
  id,
  title,
  spread,
  measure,
}: {
  id: string;
  title: string;
  spread: Spread;
  measure: MeasureWords;
}) {
  const number = (value: number) => readableNumber(value, measure.decimals);
  const chart = histogramChart({
    id,
    title,
    description: spreadSentences(spread, measure),
    bins: spread.bins,
    line: { at: measure.line, label: `Agreed line ${number(measure.line)}` },
    average: { at: 0, label: "Average, 0" },
    countName: "Schools",
    scaleName: `Value added: ${measure.outcome}`,
  });
  const below = counted(spread.belowLine, "school has a figure", "schools have figures");
  return (
    <Figure
      title={title}
      lead={`${spreadSentences(spread, measure)} ${below} below the agreed line; only those where chance is an unlikely reason are refused for it.`}
      chart={chart}
      table={
        <Table
          caption={`Schools at each value added: ${measure.outcome}`}
          columns={[
            { heading: "Value added", cell: (bin) => interval(bin.from, bin.to, measure.decimals + 1) },
            { heading: "Schools", numeric: true, cell: (bin) => readableNumber(bin.count) },
          ]}
          rows={spread.bins}
          small
        />
      }
    />
  );
}
