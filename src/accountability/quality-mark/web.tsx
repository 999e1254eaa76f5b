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
import type { PublishedReview, ReviewReader } from "./published.js";
import { AccessibilityContent } from "./web-about.js";
import { CountryContent, type CountryMeasure } from "./web-country.js";
import { type CalibrationFact, DataContent } from "./web-data.js";
import { measureWordsOf } from "./web-marks.js";
import { spreadOf, withMeasure } from "./web-measures.js";
import { MethodContent } from "./web-method.js";
import { PhaseMethodContent } from "./web-phase.js";
import { type ProposalLine, ProposalsContent } from "./web-proposals.js";
import { RegionContent, RegionsContent } from "./web-regions.js";
import { capitalised, noReviewYet } from "./web-words.js";

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
  /** The sentence that every page carries; that of the review unless given. */
  readonly band?: () => Promise<string | null>;
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

/** Schools that a region's page lists before it leads to the search. */
const schoolsOnRegion = 50;

const home: Link = { text: "Country", href: "/" };

/** The pages of the annual review. */
export function reviewPages(options: ReviewPagesOptions): RouteGroup {
  const { reader } = options;
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
function pageRoute(server: Server, { reader, site, kept, ...options }: ReviewPagesOptions): AddPage {
  const band = options.band ?? (() => reviewBand(reader));
  const pages = pagesOn(server, { site, band, ...(kept && { kept }) });
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
      return { phase: measure.phase, words: measureWordsOf(measure), schools, spread: spreadOf(schools, measure.line) };
    }),
  );
}

async function regionPage(options: ReviewPagesOptions, review: PublishedReview, code: string): Promise<PageParts> {
  const found = await options.reader.region(code);
  if (!found) throw new HttpError(404, "no-such-region", `There is no region with the code "${code}".`);
  const [measures, schools] = await Promise.all([
    countryMeasures(options, review, code),
    options.reader.schools({ region: code, offset: 0, limit: schoolsOnRegion }),
  ]);
  return {
    title: found.region.name,
    section: "/regions",
    breadcrumbs: [home, { text: "Regions", href: "/regions" }],
    content: <RegionContent review={review} {...found} measures={measures} schools={schools} />,
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
      content: <PhaseMethodContent review={review} measure={measure} words={measureWordsOf(measure)} />,
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
