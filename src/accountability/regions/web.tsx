import Type from "typebox";
import { type CivilDate, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import {
  dayInEngland,
  HttpError,
  type PageContext,
  type Pages,
  type PagesOptions,
  pagesOn,
  type RouteGroup,
} from "../../platform/http/index.js";
import { directoryReader, findAuthority } from "../../register/index.js";
import { answersCsv, authoritiesCsv, dutiesCsv } from "./csv.js";
import { duties, dutiesOn } from "./duties.js";
import { checkRegister } from "./responsibility.js";
import { mayDraw } from "./service.js";
import { mapOfRegister } from "./service-maps.js";
import { appoint, delegate } from "./service-posts.js";
import { listDrawings, listOfficers, listOffices, loadHeld } from "./store-drawings.js";
import { findSchoolPlace, loadDutyRegister } from "./store-duties.js";
import { countSchools } from "./store-scenarios.js";
import { addDrawingPages } from "./web-drawing-pages.js";
import type { linksOf } from "./web-form.js";
import { PostsContent } from "./web-posts.js";
import { DutiesContent, RegionsContent, SchoolAnswers, SearchContent } from "./web-public.js";
import { answerables, regionOfAuthority } from "./who-answers.js";

const who = { text: "Who is responsible", href: "/who-is-responsible" };
const table = "text/csv; charset=utf-8; header=present";

/** The pages of regions and duties (A6): who is responsible, drawing regions, offices and posts. */
export function regionsPages(options: PagesOptions & { readonly database: Database }): RouteGroup {
  const { database, clock = () => new Date() } = options;
  return (server) => {
    const pages = pagesOn(server, options);
    addPublicPages(
      pages,
      database,
      directoryReader(database.queries, () => dayInEngland(clock())),
    );
    addPostPages(pages, database);
    addDrawingPages(pages, database);
  };
}

/** The day that an address asks about; today unless it says. @throws {HttpError} 400 for what is no day */
function dayAsked({ query, today }: PageContext): CivilDate {
  if (query.on === undefined) return today;
  const day = parseCivilDate(String(query.on));
  if (!day.ok) throw new HttpError(400, "period-unreadable", `${day.error} Write the day as 2027-09-01.`);
  return day.value;
}

function addPublicPages(pages: Pages, database: Database, directory: ReturnType<typeof directoryReader>): void {
  const { queries } = database;
  pages.get("/who-is-responsible", "anyone", async ({ query, actor }) => {
    const text = typeof query.school === "string" ? query.school.trim().slice(0, 100) : null;
    const errors = text === "" ? [{ text: "Write a name, a town, a postcode or a URN", href: "#school" }] : [];
    const found = text ? (await directory()).find(text, 30) : null;
    return {
      title: errors.length > 0 ? "Error: Who is responsible for this school?" : "Who is responsible for this school?",
      ...{ section: null, breadcrumbs: [], status: errors.length > 0 ? 400 : 200 },
      content: (
        <SearchContent
          text={text ?? ""}
          found={found && { total: found.total, schools: found.hits.map(({ school }) => school) }}
          errors={errors}
          mayDraw={mayDraw(actor)}
        />
      ),
    };
  });
  pages.get("/who-is-responsible/regions", "anyone", async (context) => {
    const register = await loadDutyRegister(queries, dayAsked(context));
    const schools = await countSchools(queries);
    const counts = new Map<string, { schools: number; pupils: number; authorities: number }>();
    for (const [authority, region] of register.regionOf) {
      const sum = counts.get(region) ?? { schools: 0, pupils: 0, authorities: 0 };
      const own = schools.get(authority) ?? { schools: 0, pupils: 0 };
      counts.set(region, {
        schools: sum.schools + own.schools,
        pupils: sum.pupils + own.pupils,
        authorities: sum.authorities + 1,
      });
    }
    const drawn = await mapOfRegister(queries, register, schools);
    return {
      ...{ title: "The regions", section: null, breadcrumbs: [who] },
      content: <RegionsContent register={register} drawings={await listDrawings(queries)} counts={counts} {...drawn} />,
    };
  });
  addDutyPages(pages, database);
}

function addDutyPages(pages: Pages, database: Database): void {
  const { queries } = database;
  pages.file("/who-is-responsible/regions.csv", "anyone", async (context) => {
    const register = await loadDutyRegister(queries, dayAsked(context));
    const names = new Map(register.regions.map(({ code, name }) => [code, name]));
    return { name: "regions.csv", type: table, body: authoritiesCsv(register.regionOf, names) };
  });
  pages.get("/who-is-responsible/duties", "anyone", async (context) => {
    const on = dayAsked(context);
    const register = await loadDutyRegister(queries, on);
    const { held, delegations } = await loadHeld(queries, on);
    const regions = register.regions.map((region) => ({ ...region, from: on, to: null }));
    const later = (await listDrawings(queries)).filter(({ startsOn }) => startsOn > on);
    // Regions of a drawing to come are checked when it is adopted; here those in force, as long as they are.
    const until = later[0]?.startsOn ?? null;
    const problems = checkRegister(
      duties,
      regions.map((region) => ({ ...region, to: until })),
      held,
      delegations,
      on,
    );
    return {
      ...{ title: "The register of duties", section: null, breadcrumbs: [who] },
      content: (
        <DutiesContent
          duties={dutiesOn(on)}
          register={register}
          problems={problems.map(({ place, message }) => `${place}: ${message}`)}
        />
      ),
    };
  });
  pages.file("/who-is-responsible/duties.csv", "anyone", async () => ({
    name: "duties.csv",
    type: table,
    body: dutiesCsv(duties),
  }));
  pages.get("/who-is-responsible/:urn", "anyone", async (context) => {
    const on = dayAsked(context);
    const school = await findSchoolPlace(queries, context.params.urn!, on);
    if (!school)
      throw new HttpError(404, "school-unknown", `The register knows no school with the URN "${context.params.urn}".`);
    const register = await loadDutyRegister(queries, on);
    const code = regionOfAuthority(register.regionOf, school.authority);
    return {
      ...{ title: `Who is responsible for ${school.name}`, section: null, breadcrumbs: [who] },
      content: (
        <SchoolAnswers
          school={school}
          authority={findAuthority(school.authority)?.name ?? school.authority}
          region={register.regions.find((region) => region.code === code)?.name ?? null}
          answers={answerables(register, school)}
          on={on}
        />
      ),
    };
  });
  pages.file("/who-is-responsible/:urn/answers.csv", "anyone", async (context) => {
    const on = dayAsked(context);
    const school = await findSchoolPlace(queries, context.params.urn!, on);
    if (!school)
      throw new HttpError(404, "school-unknown", `The register knows no school with the URN "${context.params.urn}".`);
    return {
      name: `who-answers-${school.urn}.csv`,
      type: table,
      body: answersCsv(answerables(await loadDutyRegister(queries, on), school)),
    };
  });
}

const text = (maxLength: number) => Type.String({ maxLength, default: "" });
const appointment = Type.Object({
  office: text(80),
  post: text(40),
  name: text(120),
  contact: text(200),
  from: text(10),
});
const delegation = Type.Object({
  ...{
    duty: text(60),
    region: text(12),
    toOffice: text(80),
    toPost: text(40),
    from: text(10),
    to: text(10),
    reasons: text(500),
  },
});

function addPostPages(pages: Pages, database: Database): void {
  const directors = { roles: ["regional-director"] } as const;
  const page = async (
    context: PageContext,
    errors: ReturnType<typeof linksOf> = [],
    typed: Readonly<Record<string, string>> = {},
  ) => ({
    title: errors.length > 0 ? "Error: Offices and posts" : "Offices and posts",
    ...{ section: null, breadcrumbs: [who], status: errors.length > 0 ? 400 : 200 },
    content: (
      <PostsContent
        register={await loadDutyRegister(database.queries, context.today)}
        offices={await listOffices(database.queries)}
        officers={await listOfficers(database.queries)}
        csrf={context.csrf}
        errors={errors}
        typed={typed}
      />
    ),
  });
  const linksTo = (problems: readonly Problem[], renamed: Readonly<Record<string, string>>) =>
    problems.map(({ place, message, remedy }) => ({
      text: `${place}: ${message}. ${remedy}`,
      href: `#${renamed[place] ?? place.replace(/\W+/g, "-")}`,
    }));
  const answer = async (
    context: PageContext,
    made: Result<null, readonly Problem[]>,
    typed: Readonly<Record<string, string>>,
    renamed: Readonly<Record<string, string>>,
  ) => {
    if (!made.ok) return page(context, linksTo(made.error, renamed), typed);
    return { redirect: "/offices", notice: "It is saved." };
  };
  pages.get("/offices", directors, (context) => page(context));
  pages.post("/offices/appoint", directors, appointment, async (context, typed) =>
    answer(context, await appoint(database, context.actor, typed, context.now), typed, {}),
  );
  pages.post("/offices/delegate", directors, delegation, async (context, typed) =>
    answer(
      context,
      await delegate(database, context.actor, typed, context.now),
      { ...typed, "delegate-from": typed.from, from: "" },
      { from: "delegate-from", office: "toOffice", post: "toPost" },
    ),
  );
}
