import Type from "typebox";
import { parseCivilDate, type Urn } from "../../kernel/index.js";
import type { Access, PageContext, PageParts, Pages } from "../../platform/http/index.js";
import { actingAs } from "../../platform/identity/index.js";
import type { Link } from "../../platform/pages/index.js";
import type { CriterionFinding } from "./framework.js";
import { recordFindings } from "./service-framework.js";
import { adoptedFramework, loadFindings } from "./store.js";
import { findSpecialistSchool } from "./store-schools.js";
import { FindingsContent } from "./web-findings.js";
import { errorsOf } from "./web-form.js";
import { changed, type FrameworkPagesOptions, found, start, unlessStale } from "./web-shared.js";

const officer: Access = { roles: ["regional-officer"] };
const column = (maxLength: number) => Type.Array(Type.String({ maxLength }), { default: [], maxItems: 60 });
const findingFields = Type.Object({
  on: Type.String({ maxLength: 10, default: "" }),
  outcome: column(10),
  grounds: column(5000),
  version: Type.String({ maxLength: 10, default: "" }),
});

/** The regional officer's form of findings in a specialist school. */
export function addOfficerPages(pages: Pages, { database }: FrameworkPagesOptions): void {
  async function facts({ actor, params, today }: PageContext) {
    const school = found(
      await findSpecialistSchool(database.queries, params.urn as Urn),
      `No special school, pupil referral unit or alternative provider has the URN "${params.urn}".`,
    );
    const framework = found(
      await adoptedFramework(database.queries, school.kind, today),
      "No framework holds for this kind of school yet: it is awaiting one, and there is nothing to record.",
    );
    const kept = await actingAs(database, actor, (queries) => loadFindings(queries, school.urn, framework.version));
    return { school, framework, ...kept };
  }
  type Facts = Awaited<ReturnType<typeof facts>>;
  type Typed = Parameters<typeof FindingsContent>[0]["typed"];
  const page = (context: PageContext, known: Facts, errors: readonly Link[], typed: Typed): PageParts => ({
    title: `${errors.length > 0 ? "Error: " : ""}${known.school.name}: findings`,
    ...{ section: "/proposals", breadcrumbs: [start] },
    ...(errors.length > 0 && { status: 400 }),
    content: <FindingsContent {...known} typed={typed} today={context.today} errors={errors} csrf={context.csrf} />,
  });
  pages.get("/specialist-framework/findings/:urn", officer, async (context) =>
    page(context, await facts(context), [], null),
  );
  pages.post("/specialist-framework/findings/:urn", officer, findingFields, async (context, fields) => {
    const known = await facts(context);
    const on = parseCivilDate(fields.on);
    if (!on.ok) return page(context, known, [{ href: "#on", text: "Write the day as 2027-02-03" }], fields);
    const findings = known.framework.criteria.flatMap(({ id }, i): CriterionFinding[] => {
      const outcome = fields.outcome[i];
      if (outcome !== "met" && outcome !== "not-met") return [];
      return [{ criterion: id, outcome, on: on.value, grounds: fields.grounds[i] ?? "" }];
    });
    const order = { ...known, framework: known.framework.version, findings, expected: Number(fields.version) || 0 };
    const made = await unlessStale(recordFindings(database, context.actor, order, context.today, context.now));
    if (made === null) return { ...page(context, known, [{ href: "#on", text: changed }], fields), status: 409 };
    const fieldOf = (place: string) => {
      const id = /^criterion "(.*)"$/.exec(place)?.[1];
      return id === undefined ? "on" : `criterion-${id}`;
    };
    if (!made.ok) return page(context, known, errorsOf(made.error, fieldOf), fields);
    return { redirect: `/specialist-framework/findings/${known.school.urn}`, notice: "The findings are recorded." };
  });
}
