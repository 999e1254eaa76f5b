import { type CsvValue, formatCsv } from "../../ingest/index.js";
import { findAuthority } from "../../register/index.js";
import { slotName } from "./drawing/measure.js";
import { type Duty, posts } from "./duties.js";
import type { MeasuredScenario } from "./service.js";
import type { Answerable } from "./who-answers.js";

/** The regions of a drawing: a line an authority, in the form in which given regions are taken too. */
export function regionsCsv({ scenario, task }: MeasuredScenario): string {
  const { units, offices } = scenario.country;
  const rows = units.map(({ code, name, schools, pupils, today }, i): CsvValue[] => {
    const slot = scenario.result?.slotOf[i] ?? today;
    const region = offices[slot];
    return [code, name, region?.code ?? `N${slot}`, slotName(task, slot), offices[today]?.name ?? "", schools, pupils];
  });
  return formatCsv(
    ["authority", "authority_name", "region_code", "region_name", "region_today", "schools", "pupils"],
    rows,
  );
}

/** The register of duties. */
export function dutiesCsv(duties: readonly Duty[]): string {
  const rows = duties.map(({ code, title, holder, post, standing, from, to, source }): CsvValue[] => [
    ...[code, title, holder, post === null ? "" : posts[post], standing, from, to ?? ""],
    source.kind === "assumption" ? source.why : source.citation,
  ]);
  return formatCsv(["duty", "title", "holder", "post", "standing", "from", "to", "source"], rows);
}

/** Who answers for a school. */
export function answersCsv(answers: readonly Answerable[]): string {
  const rows = answers.map((one): CsvValue[] => [
    one.dutyCode,
    one.duty,
    one.office,
    one.post ?? "",
    one.officer ?? "",
    one.contact,
  ]);
  return formatCsv(["duty", "title", "office", "post", "officer", "contact"], rows);
}

/** The region of each authority. */
export function authoritiesCsv(regionOf: ReadonlyMap<string, string>, names: ReadonlyMap<string, string>): string {
  const rows = [...regionOf]
    .sort()
    .map(([code, region]): CsvValue[] => [code, findAuthority(code)?.name ?? "", region, names.get(region) ?? ""]);
  return formatCsv(["authority", "authority_name", "region_code", "region_name"], rows);
}
