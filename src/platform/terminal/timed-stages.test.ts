import { describe, expect, it } from "vitest";
import { timedStages } from "./timed-stages.js";

describe("timed stages", () => {
  it("are told on and timed, each lane for itself", () => {
    const told: string[] = [];
    const listener = { stage: (name: string) => void told.push(name), done() {}, note() {} };
    const times = timedStages();
    const [a, b] = [times.listen("a", listener), times.listen("b", listener)];
    a.stage("read", 10);
    b.stage("read", 10);
    a.stage("fit");
    const stages = times.finish();
    expect(told).toEqual(["read", "read", "fit"]);
    expect(stages.map(({ lane, stage }) => [lane, stage])).toEqual([
      ["a", "read"],
      ["b", "read"],
      ["a", "fit"],
    ]);
    for (const { seconds } of stages) expect(seconds).toBeGreaterThanOrEqual(0);
  });
});
