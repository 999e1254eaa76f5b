import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awkward, sampleCalibration, sampleProposals, sampleReview } from "../../../test/sample-review.js";
import { buildServer, type Server } from "../../platform/http/index.js";
import { reviewApi } from "./api.js";
import type { ReviewReader } from "./published.js";
import { reviewBand, reviewPages, reviewSite, syntheticBand } from "./web.js";

const site = reviewSite("1.2.3");
const { reader, schools, review } = sampleReview(120);

function serve(reader: ReviewReader): Promise<Server> {
  return buildServer({
    version: "1.2.3",
    site,
    band: () => reviewBand(reader),
    routes: [
      reviewPages({
        reader,
        site,
        proposals: sampleProposals,
        calibration: sampleCalibration,
      }),
      reviewApi({ reader }),
    ],
  });
}

let server: Server;
beforeAll(async () => {
  server = await serve(reader);
});
afterAll(() => server.close());

/** A page's text without its markup, spaces as one. */
async function textOf(url: string, status = 200): Promise<string> {
  const answer = await server.inject(url);
  expect(answer.statusCode, url).toBe(status);
  return answer.body
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}

const everyPage = [
  "/",
  "/regions",
  "/regions/E92",
  "/method",
  "/method/primary",
  "/method/secondary",
  "/data",
  "/proposals",
  "/accessibility",
];

describe.each(everyPage)("the page %s", (url) => {
  it("says that the pupils are made up, holds no script or inline style, and leaves no hole", async () => {
    const { body, statusCode, headers } = await server.inject(url);
    expect(statusCode).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(body).toContain(syntheticBand);
    expect(body).not.toMatch(/<script|<style|\sstyle=/);
    expect(body.replace(/<[^>]*>/g, " ")).not.toMatch(/NaN|Infinity|undefined|\bnull\b|\[object/);
    expect(body.match(/<h1/g)).toHaveLength(1);
  });

  it("has ids that are its own", async () => {
    const { body } = await server.inject(url);
    const ids = [...body.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.filter((id, k) => ids.indexOf(id) !== k)).toEqual([]);
  });
});

it("a review of real pupils does not say that they are made up", async () => {
  const real = await serve({ ...reader, review: async () => ({ ...review, synthetic: false }) });
  expect((await real.inject("/")).body).not.toContain(syntheticBand);
  expect((await real.inject("/data")).body).not.toContain("synthetic England");
  await real.close();
});

describe("before the first review", () => {
  it.each(["/", "/regions", "/api/2026-11-01/review", "/schools.csv"])(
    "%s says so and when to come back",
    async (url) => {
      const empty = await serve({ ...reader, review: async () => null });
      const answer = await empty.inject(url);
      expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "10"]);
      expect(answer.body).toContain("No review has been published yet.");
      await empty.close();
    },
  );
});

describe("the country", () => {
  it("counts the decisions and leads to their schools", async () => {
    const refused = schools.filter((s) => s.decision === "refused").length;
    const awarded = schools.filter((s) => s.decision === "awarded").length;
    expect(await textOf("/")).toContain(
      `Of 126 schools, ${awarded} hold the Quality Mark and ${refused} were refused it.`,
    );
    expect((await server.inject("/")).body).toContain('href="/schools?decision=awaiting-framework"');
  });

  it("has no link where there is no school to see", async () => {
    const region = await textOf("/regions/E93");
    expect(region).toContain("Awaiting framework 0 0% of 40 schools");
    expect((await server.inject("/regions/E93")).body).not.toContain("decision=awaiting-framework&amp;region=E93");
  });
});

describe("a region", () => {
  it("lists its authorities with counts that add up", async () => {
    const text = await textOf("/regions/E91");
    expect(text).toContain("Ashdale");
    expect(text).toContain("Brindle and the Moors");
  });

  it("that doesn't exist is not found", async () => {
    expect(await textOf("/regions/E00", 404)).toContain('There is no region with the code "E00".');
  });
});

describe("the method", () => {
  it("gives the rule's numbers with their source, and worked examples", async () => {
    const text = await textOf("/method");
    expect(text).toContain("Assumption: A refusal brings inspection back");
    expect(text).toContain("A move in the middle of Year 9");
    expect(text).toContain("points ~ prior");
  });

  it("of a phase gives coefficients, variances, warnings, checks and what another choice would change", async () => {
    const text = await textOf("/method/primary");
    expect(text).toContain("fsm6: yes −3.219 0.073 −3.363 to −3.075");
    expect(text).toContain("School 7.123 0.71 2.67 8.8%");
    expect(text).toContain("The variance between a school's years is zero");
    expect(text).toContain("The figure alone decides, without its interval 79 29 22");
    expect(text).toContain("Predictions and results, by tenth of the prediction");
    expect(await textOf("/method/nursery", 404)).toContain('no measure of the phase "nursery"');
  });
});

describe("the interface for programs", () => {
  const api = "/api/2026-11-01";

  it("gives the same counts as the pages", async () => {
    const regions = (await server.inject(`${api}/regions`)).json() as { schools: number }[];
    expect(regions.reduce((sum, r) => sum + r.schools, 0)).toBe(schools.length);
    const { authorities } = (await server.inject(`${api}/regions/E92`)).json() as { authorities: unknown[] };
    expect(authorities).toHaveLength(3);
  });

  it("gives the review with its measures", async () => {
    expect((await server.inject(`${api}/review`)).json()).toMatchObject({
      academicYear: "2025/26",
      synthetic: true,
      measures: [{ phase: "primary", line: -2 }, { phase: "secondary" }],
    });
  });

  it("pages through schools and narrows them", async () => {
    const answer = (await server.inject(`${api}/schools?limit=2&offset=1&decision=awarded`)).json() as {
      total: number;
      schools: unknown[];
    };
    expect(answer.total).toBe(schools.filter((s) => s.decision === "awarded").length);
    expect(answer.schools).toHaveLength(2);
  });

  it("gives a school whole, with nulls where nothing was computed", async () => {
    const special = (await server.inject(`${api}/schools/${awkward.special.urn}`)).json();
    expect(special).toMatchObject({
      decision: "awaiting-framework",
      valueAdded: null,
      reliability: null,
      reasons: [{ code: "framework-not-adopted" }],
    });
    const one = schools.find((s) => s.urn === "800001")!;
    expect((await server.inject(`${api}/schools/800001`)).json()).toEqual(JSON.parse(JSON.stringify(one)));
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=many", "limit"],
    ["decision=grand", "decision"],
    ["colour=blue", "colour"],
    ["text=", "text"],
  ])("refuses %s with problem+json that names it", async (query, named) => {
    const answer = await server.inject(`${api}/schools?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers["content-type"]).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ code: "invalid-request", status: 400 });
    expect(answer.json().detail).toContain(named);
  });

  it("answers 404 for what is not there", async () => {
    for (const url of [`${api}/schools/999999`, `${api}/regions/E00`, `${api}/nothing`, "/api/2020-01-01/review"])
      expect((await server.inject(url)).json()).toMatchObject({ status: 404 });
  });
});

describe("the downloads", () => {
  it("hold every school once, with empty fields where nothing was computed", async () => {
    const { body, headers } = await server.inject("/schools.csv");
    const lines = body.trimEnd().split("\r\n");
    expect(headers["content-disposition"]).toBe('attachment; filename="schools.csv"');
    expect(lines[0]).toBe("school,name,phase,authority,region,value_added,lower,upper,pupil_equivalents,decision");
    expect(lines).toHaveLength(schools.length + 1);
    expect(body).toContain(`900001,"St <b>Bold</b> & ""Quote"" O'Brien's Primary School",primary,`);
    expect(lines.find((line) => line.startsWith("900003"))).toMatch(/,,,,,awaiting-framework$/);
  });

  it("hold the models as they were fitted", async () => {
    const { measures } = (await server.inject("/model.json")).json() as { measures: { criterion: number }[] };
    expect(measures.map((m) => m.criterion)).toEqual([254_084.187018, 254_084.187018]);
  });
});
