import {
  HttpError,
  type KeptPages,
  type PageContext,
  type PageParts,
  pagesOn,
  type RouteGroup,
  type Server,
} from "../../platform/http/index.js";
import { type Link, type Site, siteAssets } from "../../platform/pages/index.js";
import type { PublishedMeasure, PublishedReview, ReviewReader } from "./published.js";
import { AccessibilityContent } from "./web-about.js";
import { CountryContent, type CountryMeasure } from "./web-country.js";
import { type CalibrationFact, DataContent } from "./web-data.js";
import { type MeasureWords, type Spread, spreadOf, withMeasure } from "./web-measures.js";
import { MethodContent } from "./web-method.js";
import { PhaseMethodContent } from "./web-phase.js";
import { type ProposalLine, ProposalsContent } from "./web-proposals.js";
import { RegionContent, RegionsContent } from "./web-regions.js";
import { SchoolContent } from "./web-school.js";
import { SchoolsContent } from "./web-schools.js";
import { queryOf, readSearch, schoolsPerPage, searchErrors } from "./web-search.js";
import { capitalised, decimalsOf, noReviewYet } from "./web-words.js";

/** Said on every page that shows made-up data. */
export const syntheticBand = "Made-up pupils and schools: a synthetic England";

/** The site of the annual review: its name, navigation, foot and styles. */
export function reviewSite(version: string): Site {
  return {
    product: "Greenpaper",
    assets: siteAssets(),
    navigation: [
      { text: "Country", href: "/" },
      { text: "Regions", href: "/regions" },
      { text: "Schools", href: "/schools" },
      { text: "Method", href: "/method" },
      { text: "Data", href: "/data" },
      { text: "Proposals", href: "/proposals" },
    ],
    phase: {
      tag: "Alpha",
      text: "A working model of the Headteachers' Roundtable's alternative green paper. It is not a government service.",
    },
    footer: [
      { text: "Accessibility", href: "/accessibility" },
      { text: "Method", href: "/method" },
      { text: "Data and interface for programs", href: "/data" },
    ],
    colophon: [`Greenpaper ${version}. Free software under the MIT Licence.`],
  };
}

export interface ReviewPagesOptions {
  readonly reader: ReviewReader;
  readonly site: Site;
  readonly proposals: readonly ProposalLine[];
  /** How the synthetic England compares with the real one; empty where there is no report. */
  readonly calibration: readonly CalibrationFact[];
  /** Where pages are kept from one publication to the next; none is unless given. */
  readonly kept?: KeptPages;
}

/** The band of every page: that the pupils are made up, or null. */
export async function reviewBand(reader: ReviewReader): Promise<string | null> {
  return (await reader.review())?.synthetic ? syntheticBand : null;
}

/** How a measure's figures are written. */
function wordsOf(measure: PublishedMeasure): MeasureWords {
  return {
    outcome: measure.title,
    decimals: decimalsOf(measure.outcomeDeviation),
    line: measure.line,
    confidence: measure.confidence,
  };
}

/** The spread of each phase's schools over the country, kept for one review: every school's page shows it. */
class Spreads {
  readonly #reader: ReviewReader;
  #review: number | null = null;
  #kept = new Map<string, Promise<Spread | null>>();

  constructor(reader: ReviewReader) {
    this.#reader = reader;
  }

  of(review: PublishedReview, measure: PublishedMeasure): Promise<Spread | null> {
    if (this.#review !== review.id) {
      this.#review = review.id;
      this.#kept = new Map();
    }
    const known = this.#kept.get(measure.phase);
    if (known) return known;
    const made = this.#reader.measured(measure.phase, null).then((lines) => spreadOf(withMeasure(lines), measure.line));
    this.#kept.set(measure.phase, made);
    made.catch(() => this.#kept.delete(measure.phase)); // a failure of the store must not be remembered
    return made;
  }
}

const home: Link = { text: "Country", href: "/" };

/** The pages of the annual review. */
export function reviewPages(options: ReviewPagesOptions): RouteGroup {
  const { reader } = options;
  const spreads = new Spreads(reader);
  return (server) => {
    const page = pageRoute(server, options);
    page("/", async (review) => {
      const [country, regions] = await Promise.all([reader.country(), reader.regions()]);
      const measures = await countryMeasures(options, review, null);
      return {
        title: `${review.title}, ${review.academicYear}`,
        section: "/",
        breadcrumbs: [],
        content: <CountryContent review={review} country={country} regions={regions} measures={measures} />,
      };
    });
    page("/regions", async (review) => ({
      title: "Regions",
      section: "/regions",
      breadcrumbs: [home],
      content: <RegionsContent review={review} regions={await reader.regions()} />,
    }));
    page("/regions/:code", async (review, { code }) => regionPage(options, review, code!));
    page("/schools", async (review, _parameters, query) => schoolsPage(options, review, query));
    page("/schools/:urn", async (review, { urn }) => schoolPage(options, spreads, review, urn!));
    methodAndDataPages(page, options);
  };
}

type AddPage = (
  path: string,
  make: (
    review: PublishedReview,
    parameters: Readonly<Record<string, string>>,
    query: Readonly<Record<string, unknown>>,
  ) => Promise<PageParts>,
) => void;

/** Adds pages that need a review; before the first one each answers that there is none yet. */
function pageRoute(server: Server, { reader, site, kept }: ReviewPagesOptions): AddPage {
  const pages = pagesOn(server, { site, band: () => reviewBand(reader), ...(kept && { kept }) });
  return (path, make) => {
    const published = async ({ params, query }: PageContext) => {
      const review = await reader.review();
      if (!review) throw new HttpError(503, "no-review-yet", noReviewYet, 10);
      return make(review, params, query);
    };
    pages.get(path, "anyone", published, "kept");
  };
}

async function countryMeasures(
  { reader }: ReviewPagesOptions,
  review: PublishedReview,
  region: string | null,
): Promise<readonly CountryMeasure[]> {
  return Promise.all(
    review.measures.map(async (measure) => {
      const schools = withMeasure(await reader.measured(measure.phase, region));
      return { phase: measure.phase, words: wordsOf(measure), schools, spread: spreadOf(schools, measure.line) };
    }),
  );
}

async function regionPage(options: ReviewPagesOptions, review: PublishedReview, code: string): Promise<PageParts> {
  const found = await options.reader.region(code);
  if (!found) throw new HttpError(404, "no-such-region", `There is no region with the code "${code}".`);
  const [measures, schools] = await Promise.all([
    countryMeasures(options, review, code),
    options.reader.schools({ region: code, offset: 0, limit: schoolsPerPage }),
  ]);
  return {
    title: found.region.name,
    section: "/regions",
    breadcrumbs: [home, { text: "Regions", href: "/regions" }],
    content: <RegionContent review={review} {...found} measures={measures} schools={schools} />,
  };
}

async function schoolsPage(
  { reader }: ReviewPagesOptions,
  review: PublishedReview,
  query: Readonly<Record<string, unknown>>,
) {
  const search = readSearch(query);
  const regions = await reader.regions();
  const phases = review.measures.map((m) => m.phase);
  const errors = searchErrors(search, phases, regions);
  const found = errors.length === 0 ? await reader.schools(queryOf(search)) : { total: 0, lines: [] };
  return {
    title: errors.length === 0 ? "Schools" : "Error: Schools",
    section: "/schools",
    breadcrumbs: [home],
    status: errors.length === 0 ? 200 : 400,
    content: (
      <SchoolsContent review={review} search={search} errors={errors} phases={phases} regions={regions} found={found} />
    ),
  };
}

async function schoolPage(
  { reader }: ReviewPagesOptions,
  spreads: Spreads,
  review: PublishedReview,
  urn: string,
): Promise<PageParts> {
  const school = await reader.school(urn);
  if (!school) throw new HttpError(404, "no-such-school", `There is no school with the URN "${urn}" in this review.`);
  const measure = review.measures.find((m) => m.phase === school.phase) ?? null;
  return {
    title: school.name,
    section: "/schools",
    breadcrumbs: [home, { text: school.region, href: `/regions/${encodeURIComponent(school.regionCode)}` }],
    content: (
      <SchoolContent
        review={review}
        school={school}
        measure={measure && { ...measure, words: wordsOf(measure) }}
        spread={measure && (await spreads.of(review, measure))}
      />
    ),
  };
}

function methodAndDataPages(page: AddPage, options: ReviewPagesOptions): void {
  const { proposals, calibration } = options;
  page("/method", async (review) => ({
    title: "Method",
    section: "/method",
    breadcrumbs: [home],
    content: <MethodContent review={review} />,
  }));
  page("/method/:phase", async (review, { phase }) => {
    const measure = review.measures.find((m) => m.phase === phase);
    if (!measure) throw new HttpError(404, "no-such-phase", `This review has no measure of the phase "${phase}".`);
    return {
      title: `${capitalised(measure.phase)} schools: the model and its checks`,
      section: "/method",
      breadcrumbs: [home, { text: "Method", href: "/method" }],
      content: <PhaseMethodContent review={review} measure={measure} words={wordsOf(measure)} />,
    };
  });
  page("/data", async (review) => ({
    title: "Data",
    section: "/data",
    breadcrumbs: [home],
    content: <DataContent review={review} calibration={calibration} />,
  }));
  page("/proposals", async () => ({
    title: "Proposals",
    section: "/proposals",
    breadcrumbs: [home],
    content: <ProposalsContent proposals={proposals} />,
  }));
  page("/accessibility", async () => ({
    title: "Accessibility",
    section: null,
    breadcrumbs: [home],
    content: <AccessibilityContent />,
  }));
}
