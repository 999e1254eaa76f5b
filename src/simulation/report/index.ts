export { costsOf, type ProposalCost, proposalCosts } from "./costs.js";
export { figureOf, figuresOf, type HeadlineFigure, headlineFigures, seriesRow } from "./figures.js";
export {
  type Band,
  type Bands,
  type FigureYear,
  type RunFigures,
  type ScenarioReport,
  scenarioReport,
  type Tornado,
} from "./scenario-report.js";
