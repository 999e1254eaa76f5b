import {
  agreementChart,
  histogramChart,
  intervalRowsChart,
  readableNumber,
  seriesChart,
} from "../../platform/charts/index.js";
import { Figure, Table } from "../../platform/pages/index.js";
import type { Diagnostics } from "../value-added/index.js";
import { InfluenceFigure } from "./web-influence.js";
import { ResidualSpreadFigure } from "./web-spread.js";
import { counted, interval, standardErrors95 } from "./web-words.js";

export interface CheckOptions {
  /** Begins the ids of the charts; unique on the page. */
  readonly id: string;
  readonly about: string;
  readonly diagnostics: Diagnostics;
  /** Decimals of the outcome's figures. */
  readonly decimals: number;
}

function Calibration({ id, about, diagnostics, decimals }: CheckOptions) {
  const rows = diagnostics.calibration;
  const difference = (r: (typeof rows)[number]) => r.observed - r.predicted;
  const worst = Math.max(...rows.map((r) => Math.abs(difference(r))));
  const known = rows.filter((r) => r.standardError !== undefined);
  const off = known.filter((r) => Math.abs(difference(r)) > standardErrors95 * r.standardError!).length;
  const beyond =
    known.length === 0
      ? ""
      : ` In ${off === 0 ? "none" : counted(off, "tenth")} is the difference beyond its 95% interval.`;
  const lead = `In no tenth of the pupils does the mean differ from the prediction by more than ${readableNumber(worst, decimals + 1)}.${beyond}`;
  const title = "Predictions and results, by tenth of the prediction";
  return (
    <Figure
      title={title}
      lead={lead}
      chart={agreementChart({
        id: `${id}-calibration`,
        title: `${title}: ${about}`,
        description: lead,
        points: rows.map((r) => ({ expected: r.predicted, found: r.observed })),
        expectedName: "Mean prediction",
        foundName: "Mean result",
        diagonal: "both equal",
      })}
      table={
        <Table
          caption={`Predictions and results: ${about}`}
          rows={rows}
          small
          columns={[
            { heading: "Tenth", cell: (r) => String(r.tenth) },
            { heading: "Mean prediction", numeric: true, cell: (r) => readableNumber(r.predicted, decimals + 1) },
            { heading: "Mean result", numeric: true, cell: (r) => readableNumber(r.observed, decimals + 1) },
            {
              heading: "Difference, 95% interval",
              numeric: true,
              cell: (r) =>
                r.standardError === undefined
                  ? "not computed"
                  : interval(
                      difference(r) - standardErrors95 * r.standardError,
                      difference(r) + standardErrors95 * r.standardError,
                      decimals + 1,
                    ),
            },
            { heading: "Pupils", numeric: true, cell: (r) => readableNumber(r.pupils) },
          ]}
        />
      }
    />
  );
}

function ResidualsByPrior({ id, about, diagnostics, decimals }: CheckOptions) {
  const rows = diagnostics.residualsByPrior;
  const off = rows.filter((r) => Math.abs(r.residual) > standardErrors95 * r.standardError).length;
  const title = "What is left over, by tenth of prior attainment";
  const lead =
    off === 0
      ? "In every tenth the mean of what is left over is within its interval of zero: the shape of the relation fits."
      : `In ${counted(off, "tenth")} of ${rows.length} the mean of what is left over is further from zero than chance explains: the shape of the relation may not fit there.`;
  return (
    <Figure
      title={title}
      lead={lead}
      chart={seriesChart({
        id: `${id}-prior`,
        title: `${title}: ${about}`,
        description: lead,
        points: rows.map((r) => ({
          label: String(r.tenth),
          value: r.residual,
          lower: r.residual - standardErrors95 * r.standardError,
          upper: r.residual + standardErrors95 * r.standardError,
        })),
        line: null,
        average: { at: 0, label: "" },
        scaleName: "Mean residual with 95% interval",
        pointsName: "Tenth of prior attainment",
        decimals: decimals + 1,
        joined: false,
      })}
      table={
        <Table
          caption={`Residuals by prior attainment: ${about}`}
          rows={rows}
          small
          columns={[
            { heading: "Tenth", cell: (r) => String(r.tenth) },
            { heading: "Mean prior attainment", numeric: true, cell: (r) => readableNumber(r.prior, 2) },
            { heading: "Mean residual", numeric: true, cell: (r) => readableNumber(r.residual, decimals + 1) },
            { heading: "Standard error", numeric: true, cell: (r) => readableNumber(r.standardError, decimals + 1) },
            { heading: "Pupils", numeric: true, cell: (r) => readableNumber(r.pupils) },
          ]}
        />
      }
    />
  );
}

function Quantiles({ id, about, diagnostics }: CheckOptions) {
  const title = "The residuals against the normal distribution";
  const lead = "Where the marks follow the line, the residuals are spread as the intervals assume.";
  return (
    <Figure
      title={title}
      lead={lead}
      chart={agreementChart({
        id: `${id}-quantiles`,
        title: `${title}: ${about}`,
        description: lead,
        points: diagnostics.residualQuantiles.map((q) => ({ expected: q.theoretical, found: q.observed })),
        expectedName: "Quantile of the normal distribution",
        foundName: "Quantile of the residuals",
        diagonal: "normal",
      })}
      table={
        <Table
          caption={`Quantiles of the residuals, in standard deviations: ${about}`}
          rows={diagnostics.residualQuantiles}
          small
          columns={[
            { heading: "Normal distribution", cell: (q) => readableNumber(q.theoretical, 2) },
            { heading: "Residuals", numeric: true, cell: (q) => readableNumber(q.observed, 2) },
          ]}
        />
      }
    />
  );
}

function ResidualHistogram({ id, about, diagnostics }: CheckOptions) {
  const bins = diagnostics.residualHistogram.map((bin) => ({ from: bin.from, to: bin.to, count: bin.pupils }));
  const pupils = bins.reduce((sum, bin) => sum + bin.count, 0);
  const width = bins[0]!.to - bins[0]!.from;
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const curve = Array.from({ length: 81 }, (_, k) => -4 + k / 10).map((at) => ({
    at,
    count: pupils * width * density(at),
  }));
  const title = "How the residuals are spread";
  const lead = "The bars count pupils; the line is what the normal distribution would give.";
  return (
    <Figure
      title={title}
      lead={lead}
      chart={histogramChart({
        id: `${id}-residuals`,
        title: `${title}: ${about}`,
        description: lead,
        bins,
        line: null,
        average: null,
        countName: "Pupils",
        scaleName: "Residual, in standard deviations",
        curve,
      })}
      table={
        <Table
          caption={`Pupils by residual, in standard deviations: ${about}`}
          rows={bins}
          small
          columns={[
            { heading: "Residual", cell: (bin) => interval(bin.from, bin.to, 2) },
            { heading: "Pupils", numeric: true, cell: (bin) => readableNumber(bin.count) },
          ]}
        />
      }
    />
  );
}

function ResidualsByGroup({ id, about, diagnostics, decimals }: CheckOptions) {
  const rows = diagnostics.residualsByGroup.map((r) => ({
    ...r,
    label: `${r.column}: ${r.level}`,
    lower: r.residual - standardErrors95 * r.standardError,
    upper: r.residual + standardErrors95 * r.standardError,
  }));
  const title = "What is left over, by group of pupils";
  const lead = "A group far from zero would be over- or underestimated wherever it goes to school.";
  return (
    <Figure
      title={title}
      lead={lead}
      chart={intervalRowsChart({
        id: `${id}-groups`,
        title: `${title}: ${about}`,
        description: lead,
        rows: rows.map((r) => ({ label: r.label, value: r.residual, lower: r.lower, upper: r.upper })),
        line: null,
        average: { at: 0, label: "Nothing left over" },
        scaleName: "Mean residual with 95% interval",
        decimals: decimals + 1,
      })}
      table={
        <Table
          caption={`Residuals by group of pupils: ${about}`}
          rows={rows}
          small
          columns={[
            { heading: "Group", cell: (r) => r.label },
            { heading: "Mean residual", numeric: true, cell: (r) => readableNumber(r.residual, decimals + 1) },
            { heading: "Standard error", numeric: true, cell: (r) => readableNumber(r.standardError, decimals + 1) },
            { heading: "Pupils", numeric: true, cell: (r) => readableNumber(r.pupils) },
          ]}
        />
      }
    />
  );
}

/** The checks of a fit that a critic asks for, each as a chart with its table; an empty one is named, not hidden. */
export function ModelChecks(options: CheckOptions) {
  const { diagnostics: d } = options;
  const missing = (what: string) => <p class="govuk-body">Not computed: the measure has no {what}.</p>;
  return (
    <>
      {d.calibration.length > 0 ? <Calibration {...options} /> : missing("tenths of the prediction")}
      {d.residualsByPrior.length > 0 ? <ResidualsByPrior {...options} /> : missing("prior attainment")}
      {d.residualsByGroup.length > 0 ? <ResidualsByGroup {...options} /> : missing("groups of pupils to compare")}
      {d.residualSpread ? (
        <ResidualSpreadFigure {...options} spread={d.residualSpread} />
      ) : (
        missing("prior attainment by which the spread could depend")
      )}
      {d.influence && d.influence.length > 0 ? (
        <InfluenceFigure {...options} groups={d.influence} />
      ) : (
        missing("ten schools whose figures single pupils could move")
      )}
      {d.residualQuantiles.length > 0 ? <Quantiles {...options} /> : missing("quantiles of the residuals")}
      {d.residualHistogram.length > 0 ? <ResidualHistogram {...options} /> : missing("counts of the residuals")}
    </>
  );
}
