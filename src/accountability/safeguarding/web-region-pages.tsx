import Type from "typebox";
import { academicYearOf, type Problem } from "../../kernel/index.js";
import { HttpError, type PageContext, type PageParts, type Pages } from "../../platform/http/index.js";
import type { Link } from "../../platform/pages/index.js";
import { findRegion } from "../../register/index.js";
import { orderPlan } from "./jobs.js";
import { answerEscalation, escalationsFor } from "./service-escalations.js";
import { regionOverview, regionPlan } from "./service-lists.js";
import { adoptPlan } from "./service-plan.js";
import { visitsCsv } from "./visits-csv.js";
import { EscalationsContent } from "./web-escalation.js";
import { PlanContent } from "./web-plan.js";
import { RegionContent } from "./web-region.js";
import { errorsOf, type SafeguardingWeb, start, valueOr404 } from "./web-shared.js";

const office = { roles: ["regional-officer", "regional-director"] } as const;
const text = (maxLength: number) => Type.String({ maxLength, default: "" });

function regionAsked({ params }: PageContext) {
  const region = findRegion(params.region ?? "");
  if (!region) throw new HttpError(404, "not-found", `There is no region "${params.region}".`);
  return region;
}

const number = (asked: string | undefined): number => (/^\d{1,9}$/.test(asked ?? "") ? Number(asked) : -1);

/** The pages of a region's office: overview, plans, escalations. */
export function addRegionPages(pages: Pages, options: SafeguardingWeb): void {
  const { database } = options;
  const overview = async (context: PageContext, errors: readonly Link[]): Promise<PageParts> => {
    const { actor, today, now, csrf } = context;
    const region = regionAsked(context);
    const year = academicYearOf(today);
    const shown = await regionOverview(database, actor, region.code, year, now);
    return {
      title: `${errors.length > 0 ? "Error: " : ""}Safeguarding audits: ${region.name}`,
      ...{ section: "/proposals", breadcrumbs: [start] },
      ...(errors.length > 0 && { status: 400 }),
      content: (
        <RegionContent region={region} year={year} {...shown} today={today} now={now} csrf={csrf} errors={errors} />
      ),
    };
  };
  pages.get("/safeguarding/regions/:region", office, (context) => overview(context, []));
  const planFields = Type.Object({
    away: Type.Array(Type.String({ maxLength: 12 }), { default: [], maxItems: 200 }),
    from: text(9),
  });
  pages.post("/safeguarding/regions/:region/plans", office, planFields, async (context, { away, from }) => {
    const region = regionAsked(context);
    const order = {
      region: region.code,
      year: academicYearOf(context.today),
      away: away.map((charter) => ({ charter, from: context.today })),
      from: from === "" ? null : number(from),
    };
    const job = valueOr404(await orderPlan(database, context.actor, order, context.now));
    return job.ok
      ? { redirect: `/jobs/${job.value}` }
      : overview(
          context,
          errorsOf(job.error, () => "#plan"),
        );
  });
  addPlanPages(pages, options);
  addEscalationPages(pages, options);
}

function addPlanPages(pages: Pages, { database }: SafeguardingWeb): void {
  const asked = async (context: PageContext) => {
    const found = await regionPlan(database, context.actor, regionAsked(context).code, number(context.params.plan));
    if (!found) throw new HttpError(404, "not-found", `The region has no plan "${context.params.plan}".`);
    return found;
  };
  const page = async (context: PageContext, problems: readonly Problem[]): Promise<PageParts> => {
    const region = regionAsked(context);
    const found = await asked(context);
    return {
      title: `${problems.length > 0 ? "Error: " : ""}Plan ${found.plan.id}, ${region.name}`,
      ...{
        section: "/proposals",
        breadcrumbs: [start, { text: region.name, href: `/safeguarding/regions/${region.code}` }],
      },
      ...(problems.length > 0 && { status: 400 }),
      content: (
        <PlanContent
          {...found}
          regionName={region.name}
          csrf={context.csrf}
          errors={errorsOf(problems, () => "#adopt")}
        />
      ),
    };
  };
  pages.get("/safeguarding/regions/:region/plans/:plan", office, (context) => page(context, []));
  pages.file("/safeguarding/regions/:region/plans/:plan/visits.csv", office, async (context) => {
    const { plan, visits } = await asked(context);
    return { name: `safeguarding-plan-${plan.id}.csv`, type: "text/csv; charset=utf-8", body: visitsCsv(visits) };
  });
  pages.post("/safeguarding/regions/:region/plans/:plan/adopt", office, Type.Object({}), async (context) => {
    const { plan } = await asked(context);
    const adopted = valueOr404(await adoptPlan(database, context.actor, plan.id, context.now));
    if (!adopted.ok) return page(context, adopted.error);
    const { planned, reassigned } = adopted.value;
    return {
      redirect: `/safeguarding/regions/${plan.region}/plans/${plan.id}`,
      notice: `In force: ${planned} audits are planned, ${reassigned} have another officer.`,
    };
  });
}

function addEscalationPages(pages: Pages, { database }: SafeguardingWeb): void {
  const page = async (context: PageContext, errors: readonly Link[]): Promise<PageParts> => {
    const { code, name } = regionAsked(context);
    const escalations = await escalationsFor(database, context.actor, { region: code, open: true });
    return {
      title: `${errors.length > 0 ? "Error: " : ""}Escalations, ${name}`,
      ...{ section: "/proposals", breadcrumbs: [start, { text: name, href: `/safeguarding/regions/${code}` }] },
      ...(errors.length > 0 && { status: 400 }),
      content: (
        <EscalationsContent
          escalations={escalations}
          base={`/safeguarding/regions/${code}/escalations`}
          now={context.now}
          csrf={context.csrf}
          errors={errors}
        />
      ),
    };
  };
  pages.get("/safeguarding/regions/:region/escalations", office, (context) => page(context, []));
  const fields = Type.Object({ words: text(5000), step: text(20) });
  pages.post(
    "/safeguarding/regions/:region/escalations/:escalation",
    office,
    fields,
    async (context, { words, step }) => {
      const answered = valueOr404(
        await answerEscalation(
          database,
          context.actor,
          context.params.escalation!,
          { closes: step === "close", words },
          context.now,
        ),
      );
      if (!answered.ok)
        return page(
          context,
          errorsOf(answered.error, () => "#words-0"),
        );
      return {
        redirect: `/safeguarding/regions/${regionAsked(context).code}/escalations`,
        notice: step === "close" ? "It is closed." : "You have it in hand.",
      };
    },
  );
}
