import { workInThread } from "../../platform/threads/index.js";
import { makeEngland } from "../../simulation/index.js";
import type { Scenario } from "../../simulation/scenario/index.js";
import { drawSupply } from "./runs.js";
import { makeStatement, type Statement, type StatementOrder } from "./statement.js";

/** What the thread is given; it was checked before. */
export interface SupplyOrder {
  readonly scenario: Scenario;
  readonly order: StatementOrder;
}

/** What the thread answers. */
export interface SupplyAnswer {
  readonly dataHash: string;
  readonly resultHash: string;
  readonly statement: Statement;
}

workInThread<SupplyOrder>(async ({ scenario, order }, progress): Promise<SupplyAnswer> => {
  const country = makeEngland();
  const { runs, resultHash } = drawSupply(country, scenario, order.year + order.years, progress);
  return { dataHash: country.hash, resultHash, statement: makeStatement(runs, order) };
});
