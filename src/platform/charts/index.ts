export { type AgreementChart, agreementChart } from "./agreement.js";
export type { Landmark } from "./axes.js";
export {
  type CaterpillarChart,
  type CaterpillarPoint,
  caterpillarChart,
  mostCaterpillarPoints,
} from "./caterpillar.js";
export { type FanChart, type FanPoint, fanChart, fanKey } from "./fan.js";
export { type Bin, binsOf, type HistogramChart, histogramChart } from "./histogram.js";
export { type IntervalBarChart, intervalBarChart } from "./interval-bar.js";
export { type IntervalRow, type IntervalRowsChart, intervalRowsChart } from "./interval-rows.js";
export { chartKey, type Mark, type MarkShape } from "./marks.js";
export { type RangeBar, type RangeBarsChart, rangeBarsChart } from "./range-bars.js";
export { type SeriesChart, type SeriesPoint, seriesChart } from "./series.js";
export { type BarPart, barsKey, type StackedBarsChart, stackedBarsChart } from "./stacked-bars.js";
export { coordinate, escapeMarkup, ink, readableNumber, standaloneSvg } from "./svg.js";
export { signedNumber, type WaterfallChart, type WaterfallStep, waterfallChart } from "./waterfall.js";
