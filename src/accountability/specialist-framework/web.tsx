import type { RouteGroup } from "../../platform/http/index.js";
import { pagesOn } from "../../platform/http/index.js";
import { actingAs } from "../../platform/identity/index.js";
import type { Link } from "../../platform/pages/index.js";
import { isMember, respond } from "./service.js";
import {
  findConsultation,
  loadConsultations,
  loadFrameworks,
  loadResponses,
  type StoredConsultation,
} from "./store.js";
import { countSpecialistSchools } from "./store-schools.js";
import { emptyResponse, errorsOf, type ResponseFields, readResponse, responseFields } from "./web-form.js";
import { FrameworkContent } from "./web-framework.js";
import { addGroupPages } from "./web-group-pages.js";
import { addOfficerPages } from "./web-officer-pages.js";
import { ConsultationContent, StartContent } from "./web-public.js";
import { type FrameworkPagesOptions, found, start } from "./web-shared.js";

/** The pages of the specialist framework (A4): the public's, the group's, the regional officer's. */
export function specialistFrameworkPages(options: FrameworkPagesOptions): RouteGroup {
  const { database } = options;
  return (server) => {
    const pages = pagesOn(server, options);
    pages.get("/specialist-framework", "anyone", async ({ actor, today }) => ({
      ...{ title: "Special schools, PRUs and alternative provision", section: "/proposals", breadcrumbs: [] },
      content: (
        <StartContent
          consultations={(await actingAs(database, actor, loadConsultations)).filter(({ state }) => state !== "draft")}
          frameworks={await loadFrameworks(database.queries)}
          schools={await countSpecialistSchools(database.queries)}
          today={today}
          isMember={isMember(actor)}
        />
      ),
    }));
    pages.get("/specialist-framework/frameworks/:version", "anyone", async ({ params }) => {
      const frameworks = await loadFrameworks(database.queries);
      const framework = found(
        frameworks.find(({ version }) => String(version) === params.version) ?? null,
        `No framework has the version "${params.version}".`,
      );
      return {
        ...{ title: framework.title, section: "/proposals", breadcrumbs: [start] },
        content: <FrameworkContent framework={framework} />,
      };
    });
    addConsultationPages(pages, options);
    addGroupPages(pages, options);
    addOfficerPages(pages, options);
  };
}

function addConsultationPages(pages: ReturnType<typeof pagesOn>, { database }: FrameworkPagesOptions): void {
  type Context = Parameters<Parameters<typeof pages.get>[2]>[0];
  const seen = async ({ params, actor }: Context): Promise<StoredConsultation> =>
    found(
      await actingAs(database, actor, (queries) => findConsultation(queries, params.consultation!)),
      `There is no consultation called "${params.consultation}", or it isn't published yet.`,
    );
  async function page(
    context: Context,
    consultation: StoredConsultation,
    fields: ResponseFields,
    errors: readonly Link[],
  ) {
    const { today, actor } = context;
    const isOpen = consultation.state === "open" && consultation.opens <= today && today <= consultation.closes;
    const responses = await actingAs(database, actor, (queries) => loadResponses(queries, consultation.id));
    const shown = responses.filter(({ mayBePublished, hiddenBecause }) => mayBePublished && hiddenBecause === null);
    return {
      title: errors.length > 0 ? `Error: ${consultation.title}` : consultation.title,
      ...{ section: "/proposals", breadcrumbs: [start] },
      content: (
        <ConsultationContent
          consultation={consultation}
          responses={shown}
          today={today}
          fields={fields}
          errors={errors}
          csrf={isOpen ? context.csrf : null}
        />
      ),
    };
  }
  pages.get("/specialist-framework/consultations/:consultation", "anyone", async (context) =>
    page(context, await seen(context), emptyResponse, []),
  );
  pages.post("/specialist-framework/consultations/:consultation", "anyone", responseFields, async (context, fields) => {
    const consultation = await seen(context);
    const read = readResponse(consultation, fields);
    if ("errors" in read) return { ...(await page(context, consultation, fields, read.errors)), status: 400 };
    const { actor, today, now } = context;
    const made = await respond(database, actor, consultation.id, read.value, today, now);
    const fieldOf = (place: string) => {
      const i = consultation.questions.findIndex(({ id }) => place === `question "${id}"`);
      return place.startsWith("evidence") ? "evidenceTitle" : `answer-${Math.max(1, i + 1)}`;
    };
    if (!made.ok) return { ...(await page(context, consultation, fields, errorsOf(made.error, fieldOf))), status: 400 };
    return {
      redirect: `/specialist-framework/consultations/${consultation.id}`,
      notice: `Thank you. Your response has the number ${made.value}.`,
    };
  });
}
