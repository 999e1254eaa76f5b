import type {
  AccountsOpinion,
  ReviewedSchool,
  ReviewToPublish,
  SafeguardingOutcome,
  SchoolKind,
  SchoolPage,
} from "../src/accountability/quality-mark/index.js";
import { type CivilDate, civilDate, type Urn } from "../src/kernel/index.js";
import { type Authority, openAuthorities, type RegisterContents, regions, schoolWith } from "../src/register/index.js";
import { sampleReview } from "./sample-review.js";

/** The day of the made-up review. */
export const reviewDay = civilDate("2026-11-23");

/** A made-up review as the store takes it, with the pages that it has to give back. */
export interface ReviewForStore {
  readonly heading: ReviewToPublish;
  readonly schools: readonly ReviewedSchool[];
  readonly pages: readonly SchoolPage[];
}

/** A made-up review whose schools stand in real authorities, dealt out in turn. */
export function reviewForStore(
  size: number,
  seed = 1,
  among: readonly Authority[] = openAuthorities.slice(0, 40),
): ReviewForStore {
  const sample = sampleReview(size, seed);
  const { id: _, standing: _standing, ...published } = sample.review;
  const heading: ReviewToPublish = {
    ...published,
    decidedOn: reviewDay,
    codeVersion: "0.1.0+test",
    inputs: [{ name: "pupils.csv", sha256: "a".repeat(64) }],
    parameters: [
      {
        id: "accountability.quality-mark.line",
        label: "Agreed line",
        unit: "standard deviations",
        from: civilDate("2016-09-01"),
        value: -0.2,
        source: { kind: "assumption", why: "a test" },
      },
    ],
  };
  const authorityOf = (i: number) => among[i % among.length]!;
  const schools = sample.schools.map((page, i): ReviewedSchool => {
    const { authority: _a, region: _r, regionCode: _c, mark: _m, safeguarding, accounts, ...own } = page;
    return {
      ...own,
      urn: own.urn as Urn,
      kind: own.kind as SchoolKind,
      authorityCode: authorityOf(i).code,
      safeguarding: safeguarding && {
        outcome: safeguarding.outcome as SafeguardingOutcome,
        on: safeguarding.on as CivilDate,
      },
      accounts: accounts && { opinion: accounts.opinion as AccountsOpinion, on: accounts.on as CivilDate },
      inputsHash: i.toString(16).padStart(64, "0"),
    };
  });
  const pages = sample.schools.map((page, i) => {
    const authority = authorityOf(i);
    const region = regions.find((r) => r.code === authority.region)!;
    return { ...page, authority: authority.name, region: region.name, regionCode: region.code };
  });
  return { heading, schools, pages };
}

/** The register in which the schools of a review stand. */
export function registerOfReview(schools: readonly ReviewedSchool[]): RegisterContents {
  const rows = schools.map(({ urn, name, town, authorityCode }) =>
    schoolWith({ urn, name, town, authority: authorityCode, type: "Community school", status: "open" }),
  );
  return { schools: rows, groups: [], memberships: [], links: [] };
}
