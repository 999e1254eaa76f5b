import { afterAll, expect, it } from "vitest";
import { describeStores } from "../../test/databases.js";
import { clearAway, temporaryFolder } from "../../test/programs.js";
import { assessmentsMeanwhile } from "./national-assessments.js";

afterAll(clearAway);

describeStores("making the assessments meanwhile", (fresh) => {
  it("says so, and ends soon after it is told to", async () => {
    const order = { seed: 1, regions: "all", cohorts: 1, alternatives: "none", version: "test" } as const;
    const start = { database: await fresh(), order, home: temporaryFolder(), build: "test", say: () => {} };
    const meanwhile = await assessmentsMeanwhile(start, null);
    expect(meanwhile!.words()).toContain("still being made");
    const stopping = new AbortController();
    const work = meanwhile!.work(stopping.signal);
    setTimeout(() => stopping.abort(), 200);
    await work;
    expect(meanwhile!.words()).toBeNull();
  });
});
