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
  "/schools",
  "/schools?text=ash&phase=primary&page=2",
  "/schools/800001",
  ...Object.values(awkward).map(({ urn }) => `/schools/${urn}`),
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
  it.each(["/", "/schools", "/api/2026-11-01/review", "/schools.csv"])(
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

describe("the search for schools", () => {
  it("finds by part of a name, and escapes what it finds", async () => {
    const { body } = await server.inject("/schools?text=bold");
    expect(body).toContain("1 school found");
    expect(body).toContain("St &lt;b&gt;Bold&lt;/b&gt; &amp; &quot;Quote&quot; O&#39;Brien&#39;s Primary School");
  });

  it("narrows by phase, region and decision together", async () => {
    const expected = schools.filter(
      (s) => s.phase === "secondary" && s.regionCode === "E91" && s.decision === "awarded",
    ).length;
    expect(expected).toBeGreaterThan(0);
    expect(await textOf("/schools?text=&phase=secondary&region=E91&decision=awarded")).toContain(
      `${expected} schools found`,
    );
  });

  it("turns its pages with the search kept, and shows every school once", async () => {
    const seen = new Set<string>();
    for (let page = 1; page <= 3; page++) {
      const { body } = await server.inject(`/schools?text=&page=${page}`);
      for (const [, urn] of body.matchAll(/href="\/schools\/(\d{6})"/g)) seen.add(urn!);
    }
    expect(seen.size).toBe(schools.length);
    expect((await server.inject("/schools?phase=primary")).body).toContain('href="/schools?phase=primary&amp;page=2"');
  });

  it.each([
    ["decision=grand", 'There is no decision called "grand"'],
    ["phase=nursery", 'There is no phase called "nursery"'],
    ["region=E00", 'There is no region with the code "E00"'],
    ["page=0", "The page must be a whole number from 1"],
    ["page=two", "The page must be a whole number from 1"],
  ])("with %s says what is wrong instead of guessing", async (query, message) => {
    expect(await textOf(`/schools?${query}`, 400)).toContain(message);
  });

  it("that finds nothing, or turns a page too far, says how to go on", async () => {
    expect(await textOf("/schools?text=zzzz")).toContain("No school matches.");
    expect(await textOf("/schools?page=99")).toContain("The list ends at page 3.");
  });
});

describe("a school", () => {
  it("shows decision, reasons, figure, interval, steps and evidence", async () => {
    const text = await textOf(`/schools/${awkward.refused.urn}`);
    expect(text).toContain("Decision: Refused");
    expect(text).toContain("The auditor qualified the accounts.");
    expect(text).toContain("5.2 below what pupils with the same prior attainment and context reach elsewhere");
    expect(text).toContain("probably lies from −6.6 to −3.8 (95% interval)");
    expect(text).toContain("below the agreed line of −2.0 is more than 99%");
    expect(text).toContain("Published value added");
    expect(text).toContain("Qualified, 1 February 2026");
  });

  it("has steps that add up to the published figure in its table", async () => {
    const school = schools.find((s) => s.urn === "800001")!;
    const sum = school.explanation.reduce((total, step) => total + step.change, 0);
    expect(sum).toBeCloseTo(school.valueAdded!, 9);
    expect(await textOf("/schools/800001")).toContain("The steps add up exactly.");
  });

  it("without a measure says why, and draws no empty chart", async () => {
    const special = await textOf(`/schools/${awkward.special.urn}`);
    expect(special).toContain("The measure was not computed for this school. Special schools wait for the framework");
    const tiny = await server.inject(`/schools/${awkward.tiny.urn}`);
    expect(tiny.body).toContain("7.5 pupil-equivalents are fewer than the 20");
    expect(tiny.body).not.toContain("<svg xmlns");
  });

  it("whose audit has not come is neither passed nor failed", async () => {
    expect(await textOf(`/schools/${awkward.waiting.urn}`)).toContain(
      "No audit has come yet. That is neither a pass nor a failure.",
    );
  });

  it("that doesn't exist is not found", async () => {
    expect(await textOf("/schools/999999", 404)).toContain('There is no school with the URN "999999" in this review.');
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
