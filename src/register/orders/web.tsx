import Type from "typebox";
import type { Problem, Result } from "../../kernel/index.js";
import {
  type PageContext,
  type PageParts,
  type PagesOptions,
  pagesOn,
  RefusedError,
  type RouteGroup,
} from "../../platform/http/index.js";
import { dateNames, typedDate } from "../../platform/pages/index.js";
import { importLimits, type OrderOptions, problemsCsv } from "./api.js";
import { orderFor, orderImport, ordersFor, registerIsSynthetic } from "./service.js";
import { type ImportForm, ImportPage, ImportsPage } from "./web-parts.js";

const access = { roles: ["administrator"] } as const;
const home = { text: "Imports of the register", href: "/register/imports" };
/** Seconds after which the page of an import under way is loaded again. */
const refreshSeconds = 5;
const fields = Type.Object({
  ...Object.fromEntries(dateNames("asOf").map((name) => [name, Type.Optional(Type.String({ maxLength: 40 }))])),
  schools: Type.Optional(Type.Enum(["real", "made-up"])),
});

function orRefuse<T>(result: Result<T, readonly Problem[]>): T {
  if (!result.ok) throw new RefusedError(result.error, { "import-not-yours": 403, "import-unknown": 404 });
  return result.value;
}

/** Imports of the register: files are brought, and what became of them is shown with each line that is wrong. */
export function orderPages({ database, importJob, ...options }: PagesOptions & OrderOptions): RouteGroup {
  const list = async ({ actor, csrf }: PageContext, form: ImportForm): Promise<PageParts> => {
    const orders = orRefuse(await ordersFor(database, actor));
    const wrong = form.problems.length > 0;
    return {
      ...{ title: `${wrong ? "Error: " : ""}Imports of the register`, section: null, breadcrumbs: [] },
      ...(wrong && { status: 400 }),
      content: <ImportsPage orders={orders} form={form} csrf={csrf} />,
    };
  };
  return (server) => {
    const pages = pagesOn(server, options);
    pages.get("/register/imports", access, async (context) => {
      const known = await registerIsSynthetic(database);
      return list(context, { asOf: context.today, known, schools: null, problems: [] });
    });
    pages.upload("/register/imports", access, importLimits, fields, async (context, body, files, wrong) => {
      const { actor, now } = context;
      const known = await registerIsSynthetic(database);
      const asOf = typedDate(body, "asOf");
      const missing = known === null && body.schools === undefined;
      const form = { asOf, known, schools: body.schools ?? null };
      const again = (problems: ImportForm["problems"]) => list(context, { ...form, problems });
      if (wrong.length > 0 || missing) {
        const say = {
          message: "say whether the schools are real or made up",
          remedy: "Choose one",
          field: "schools",
        };
        return again([...wrong.map((one) => ({ ...one, field: "file" })), ...(missing ? [say] : [])]);
      }
      const brought = { asOf, files, ...(body.schools && { synthetic: body.schools === "made-up" }) };
      const ordered = await orderImport(database, actor, brought, importJob, now);
      if (!ordered.ok) return again(ordered.error.map((one) => ({ ...one, field: "asOf" })));
      return { redirect: `/register/imports/${ordered.value}`, notice: "The files are here and will be read." };
    });
    pages.get("/register/imports/:order", access, async ({ actor, params, query }) => {
      const view = orRefuse(await orderFor(database, actor, params.order ?? ""));
      const refreshes = view.order.state === "waiting" && query.refresh !== "off";
      return {
        ...{ title: `Import ${view.order.id}`, section: null, breadcrumbs: [home] },
        ...(refreshes && { refreshSeconds }),
        content: <ImportPage view={view} refreshSeconds={refreshes ? refreshSeconds : null} />,
      };
    });
    pages.file("/register/imports/:order/problems", access, async ({ actor, params }) => {
      const { order, problems } = orRefuse(await orderFor(database, actor, params.order ?? ""));
      const name = `import-${order.id}-problems.csv`;
      return { name, type: "text/csv; charset=utf-8", body: problemsCsv(problems) };
    });
  };
}
