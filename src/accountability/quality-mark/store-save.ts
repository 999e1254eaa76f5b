import { sql } from "drizzle-orm";
import type { Urn } from "../../kernel/index.js";
import { insertMany, type Queries } from "../../platform/database/index.js";
import { schoolTable } from "../../register/index.js";
import type { PublishedMeasure } from "./published.js";
import type { ReviewedSchool, ReviewToPublish } from "./store-input.js";
import { decisionTable, explanationTable, measureTable, reviewTable } from "./store-tables.js";
import { plainWords, searchVector } from "./store-words.js";

async function schoolsNotInRegister(queries: Queries, urns: readonly Urn[]): Promise<readonly string[]> {
  const rows = await queries.execute<{ urn: string }>(
    sql`select urn from unnest(${sql.param(urns)}::text[]) as asked(urn)
      where not exists (select from ${schoolTable} where ${schoolTable.urn} = asked.urn) order by urn`,
  );
  return rows.map(({ urn }) => urn);
}

function measureRow(reviewId: number, { confidence, ...measure }: PublishedMeasure): typeof measureTable.$inferInsert {
  return { reviewId, confidence: confidence ?? null, ...measure };
}

function decisionRow(reviewId: number, school: ReviewedSchool): typeof decisionTable.$inferInsert {
  const { explanation: _, years: __, subgroups: ___, outcomes: ____, safeguarding, accounts, ...line } = school;
  return {
    reviewId,
    ...line,
    safeguardingOutcome: safeguarding?.outcome ?? null,
    safeguardingOn: safeguarding?.on ?? null,
    accountsOpinion: accounts?.opinion ?? null,
    accountsOn: accounts?.on ?? null,
    sortName: plainWords(school.name),
    words: searchVector([school.name, school.town, school.urn]),
  };
}

/**
 * Publishes a review, whole or not at all: from then on it is the newest. Earlier ones stay as they were.
 *
 * @param schools each in the register already
 * @returns the review's number
 * @throws {RangeError} when a school is not in the register, naming it.
 */
export function saveReview(
  queries: Queries,
  review: ReviewToPublish,
  schools: readonly ReviewedSchool[],
): Promise<number> {
  return queries.transaction(async (inner) => {
    const strangers = await schoolsNotInRegister(
      inner,
      schools.map((school) => school.urn),
    );
    if (strangers.length > 0)
      throw new RangeError(`${strangers.length} schools of the review are not in the register, first ${strangers[0]}`);
    const { measures, ...heading } = review;
    const [saved] = await inner.insert(reviewTable).values(heading).returning({ id: reviewTable.id });
    const id = saved!.id;
    await insertMany(
      inner,
      measureTable,
      measures.map((measure) => measureRow(id, measure)),
    );
    await insertMany(
      inner,
      decisionTable,
      schools.map((school) => decisionRow(id, school)),
    );
    const explained = schools.map(({ urn, explanation, years, subgroups, outcomes }) => ({
      ...{ reviewId: id, urn, steps: explanation, years, subgroups, outcomes },
    }));
    await insertMany(inner, explanationTable, explained);
    await inner.execute(sql`analyze ${decisionTable}`); // embedded PostgreSQL never does it by itself, and then plans badly
    return id;
  });
}
