import Type from "typebox";
import { parseCivilDate } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import {
  HttpError,
  type PageContext,
  type PageParts,
  type PagesOptions,
  pagesOn,
  type RouteGroup,
} from "../../platform/http/index.js";
import { holdsRole, type Role } from "../../platform/identity/index.js";
import { StaleStream } from "../../platform/log/index.js";
import { csvOf } from "./csv.js";
import { measureExamples } from "./examples.js";
import { judgeMeasure } from "./judge.js";
import { proposeMeasure, withdrawMeasure } from "./service.js";
import { findMeasure, loadMeasures, type RegisteredMeasure } from "./store.js";
import { emptyProposal, fieldsOf, type ProposalFields, proposalFields, readProposal } from "./web-form.js";
import { foremost, MeasuresContent } from "./web-list.js";
import { MeasureContent } from "./web-measure.js";
import { errorsOf, JudgedContent, ProposeContent } from "./web-propose.js";

const officials: { readonly roles: readonly Role[] } = { roles: ["policy-official"] };
const list = { text: "Measures", href: "/measures" };
const changed = "Somebody else has changed this measure meanwhile. Look at it again, and then propose or withdraw.";

/** The pages of the register of measures (A3). */
export function measuresPages(options: PagesOptions & { readonly database: Database }): RouteGroup {
  const { database } = options;
  return (server) => {
    const pages = pagesOn(server, options);
    pages.get("/measures", "anyone", async ({ actor, today }) => ({
      ...{ title: "Register of accountability measures", section: "/proposals", breadcrumbs: [] },
      content: (
        <MeasuresContent
          measures={await loadMeasures(database.queries)}
          examples={measureExamples}
          today={today}
          mayPropose={holdsRole(actor, officials.roles)}
        />
      ),
    }));
    pages.file("/measures.csv", "anyone", async () => ({
      ...{ name: "measures.csv", type: "text/csv; charset=utf-8; header=present" },
      body: csvOf(await loadMeasures(database.queries)),
    }));
    pages.get("/measures/propose", officials, async ({ query, csrf }) => {
      const known = typeof query.of === "string" ? await findMeasure(database.queries, query.of) : null;
      const fields = known ? fieldsOf(known.declarations[0]!.proposed, known.version) : emptyProposal;
      return proposePage(fields, [], csrf);
    });
    pages.post("/measures/propose", officials, proposalFields, async ({ csrf }, fields) => {
      const read = readProposal(fields);
      if ("errors" in read) return proposePage(fields, read.errors, csrf);
      const judged = judgeMeasure(read.proposed);
      return {
        ...{ title: "What the rules say", section: "/proposals", breadcrumbs: [list], status: 200 },
        content: <JudgedContent proposed={read.proposed} judged={judged} fields={fields} csrf={csrf} />,
      };
    });
    pages.post("/measures/propose/change", officials, proposalFields, async ({ csrf }, fields) => ({
      ...proposePage(fields, [], csrf),
      status: 200,
    }));
    pages.post("/measures", officials, proposalFields, async ({ actor, now, csrf }, fields) => {
      const read = readProposal(fields);
      if ("errors" in read) return proposePage(fields, read.errors, csrf);
      const made = await unlessStale(proposeMeasure(database, actor, read.proposed, read.expected, now));
      if (made === null) return proposePage(fields, [{ href: "#title", text: changed }], csrf, 409);
      if (!made.ok) return proposePage(fields, errorsOf(made.error), csrf);
      return { redirect: `/measures/${read.proposed.id}`, notice: `The measure is ${made.value.outcome}.` };
    });
    pages.get("/measures/:measure", "anyone", async (context) => measurePage(await known(database, context), context));
    pages.post("/measures/:measure/withdraw", officials, withdrawFields, async (context, typed) => {
      const { actor, now } = context;
      const measure = await known(database, context);
      const until = parseCivilDate(typed.until);
      const page = (errors: Parameters<typeof measurePage>[2], status = 400) => ({
        ...measurePage(measure, context, errors, typed),
        status,
      });
      if (!until.ok) return page([{ href: "#until", text: "Write the day as 2027-09-01" }]);
      const order = {
        id: measure.id,
        expected: Number(typed.version) || 0,
        until: until.value,
        because: typed.because,
      };
      const made = await unlessStale(withdrawMeasure(database, actor, order, now));
      if (made === null) return page([{ href: "#until", text: changed }], 409);
      if (!made.ok) return page(errorsOf(made.error));
      return { redirect: `/measures/${measure.id}`, notice: "The measure is withdrawn." };
    });
  };
}

const withdrawFields = Type.Object({
  until: Type.String({ maxLength: 10, default: "" }),
  because: Type.String({ maxLength: 2000, default: "" }),
  version: Type.String({ maxLength: 10, default: "" }),
});

/** The result, or null where somebody else was first. */
async function unlessStale<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StaleStream) return null;
    throw error;
  }
}

async function known(database: Database, { params }: PageContext): Promise<RegisteredMeasure> {
  const measure = await findMeasure(database.queries, params.measure!);
  if (!measure)
    throw new HttpError(
      404,
      "measure-unknown",
      `The register has no measure called "${params.measure}". Look at the list of measures.`,
    );
  return measure;
}

function proposePage(
  fields: ProposalFields,
  errors: Parameters<typeof ProposeContent>[0]["errors"],
  csrf: string,
  status?: number,
): PageParts {
  const failed = errors.length > 0;
  return {
    ...{ title: `${failed ? "Error: " : ""}Propose a measure`, section: "/proposals", breadcrumbs: [list] },
    ...(failed && { status: status ?? 400 }),
    content: <ProposeContent fields={fields} errors={errors} csrf={csrf} />,
  };
}

function measurePage(
  measure: RegisteredMeasure,
  context: PageContext,
  errors: Parameters<typeof MeasureContent>[0]["errors"] = [],
  typed = { until: "", because: "" },
): PageParts {
  const mayWithdraw = holdsRole(context.actor, officials.roles);
  const { title } = foremost(measure, context.today).proposed;
  return {
    ...{ title: errors.length > 0 ? `Error: ${title}` : title, section: "/proposals", breadcrumbs: [list] },
    content: (
      <MeasureContent
        measure={measure}
        today={context.today}
        csrf={mayWithdraw ? context.csrf : null}
        errors={errors}
        typed={typed}
      />
    ),
  };
}
