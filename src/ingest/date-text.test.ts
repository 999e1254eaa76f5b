import { describe, expect, it } from "vitest";
import { parseDateText } from "./date-text.js";

describe("dates in files", () => {
  it.each([
    ["2024-09-01", "2024-09-01"],
    ["01/09/2024", "2024-09-01"],
    ["1/9/2024", "2024-09-01"],
    ["01-09-2024", "2024-09-01"],
    ["01.09.2024", "2024-09-01"],
    ["29/02/2024", "2024-02-29"],
    ["2024-09-01 00:00:00", "2024-09-01"],
    ["2024-09-01T00:00:00Z", "2024-09-01"],
    ["01/09/2024 00:00", "2024-09-01"],
  ])("reads %s, the day before the month", (text, date) => {
    expect(parseDateText(text)).toEqual({ ok: true, value: date });
  });

  it.each([
    "01/09/24",
    "09/31/2024",
    "29/02/2023",
    "2024-13-01",
    "01-09/2024",
    "September 2024",
    "45536",
    "2024-09-01 12:30",
  ])("refuses %s", (text) => {
    expect(parseDateText(text).ok).toBe(false);
  });
});
