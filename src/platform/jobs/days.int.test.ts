import { expect, inject, it, vi } from "vitest";
import { openDatabase } from "../database/index.js";
import { type DayWork, watchDays } from "./index.js";

it("asks for the day's work at once and again, in England's days, and one that fails holds back no other", async () => {
  const database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  const days: string[] = [];
  const failures: unknown[] = [];
  const broken: DayWork = async () => {
    throw new Error("it is broken");
  };
  const works: readonly DayWork[] = [broken, async (_queries, today) => days.push(today)];
  let now = new Date("2027-06-30T22:59:00Z");
  const clock = () => now;
  const watch = watchDays(database, works, { clock, pause: 5, onFailure: (error) => failures.push(error) });
  await vi.waitFor(() => expect(days).toContain("2027-06-30"), 30_000);
  now = new Date("2027-06-30T23:00:00Z"); // an hour before midnight by UTC the next day begins in summer
  await vi.waitFor(() => expect(days).toContain("2027-07-01"), 30_000);
  expect(failures[0]).toMatchObject({ message: "it is broken" });
  await watch.stop();
  const asked = days.length;
  await database.close();
  expect(days).toHaveLength(asked);
});
