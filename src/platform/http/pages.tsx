import type { FastifyReply, FastifyRequest, preValidationHookHandler } from "fastify";
import type { Child } from "hono/jsx";
import Type, { type Static, type TObject } from "typebox";
import type { CivilDate, Problem } from "../../kernel/index.js";
import { dayInEngland } from "../day/index.js";
import type { Actor } from "../identity/index.js";
import { type Asset, type Link, renderPage, type Site, TypedFields } from "../pages/index.js";
import type { Access } from "./access.js";
import { knowsTag } from "./entity-tags.js";
import { headersToKeep } from "./kept-answers.js";
import type { KeptPage, KeptPages } from "./kept-pages.js";
import { scriptedPolicy } from "./policy.js";
import type { Server } from "./server.js";
import { checkLimits, readUpload, type UploadedFile, type UploadLimits, uploadOf } from "./uploads.js";
import { refuseUnstorable } from "./validation.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What files the route takes, where it takes some. */
    upload?: UploadLimits;
  }
}

/** What a page knows of the request. */
export interface PageContext {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly now: Date;
  /** The day in England. */
  readonly today: CivilDate;
  /** Which session asks, as the table of sessions names it; null without one. */
  readonly sessionHash: string | null;
  /** For {@link Form}. Asking for it sets a cookie: a page without a form leaves it alone. */
  readonly csrf: string;
}

/** A page; the shell round it is the site's. */
export interface PageParts {
  readonly title: string;
  readonly section: string | null;
  readonly breadcrumbs: readonly Link[];
  readonly content: Child;
  /** 200 unless given; of a form that is shown again, 400. */
  readonly status?: number;
  /** The page's own scripts, which {@link serveAssets} serves; only such a page may run scripts, workers and requests of its own. */
  readonly scripts?: readonly Asset[];
  /** The browser loads the page again after so many seconds; the page must say so and let the reader turn it off. */
  readonly refreshSeconds?: number;
}

/** Where to go next, as after every form that was taken. */
export interface Redirect {
  /** A path of this site. */
  readonly redirect: string;
  /** A sentence that the next page shows once, as that something was saved. */
  readonly notice?: string;
}

/** A file to save. */
export interface FileParts {
  readonly name: string;
  readonly type: string;
  readonly body: string | Buffer;
}

export type PageAnswer = PageParts | Redirect;

/** Adds pages to a server. */
export interface Pages {
  /**
   * @param kept that the page shows the public what is published and nothing of who asks: it is then made once a publication
   */
  get(path: string, access: Access, make: (context: PageContext) => Promise<PageAnswer>, kept?: "kept"): void;
  /** A form: its token is checked, its fields are read by the schema; answer with a redirect, or with the page again. */
  post<B extends TObject>(
    path: string,
    access: Access,
    body: B,
    submit: (context: PageContext, body: Static<B>) => Promise<PageAnswer>,
  ): void;
  /**
   * A form with files. A file that is missing, empty, too large or of another kind is among the problems, whose place is the
   * field; the page is then shown again.
   */
  upload<B extends TObject>(
    path: string,
    access: Access,
    limits: UploadLimits,
    body: B,
    submit: (
      context: PageContext,
      body: Static<B>,
      files: readonly UploadedFile[],
      problems: readonly Problem[],
    ) => Promise<PageAnswer>,
  ): void;
  /** A file that the browser saves. */
  file(path: string, access: Access, make: (context: PageContext) => Promise<FileParts>): void;
}

export interface PagesOptions {
  readonly site: Site;
  /** The sentence that every page carries; null for none. */
  readonly band: () => Promise<string | null>;
  /** The system's unless given. */
  readonly clock?: () => Date;
  /** Where pages are kept from one publication to the next; none is unless given. */
  readonly kept?: KeptPages;
}

function contextOf(request: FastifyRequest, reply: FastifyReply, now: Date, forEverybody = false): PageContext {
  return {
    actor: request.actor,
    params: request.params as Readonly<Record<string, string>>,
    query: request.query as Readonly<Record<string, unknown>>,
    now,
    today: dayInEngland(now),
    sessionHash: request.sessionHash,
    get csrf() {
      if (forEverybody) throw new TypeError("a page that is kept for everybody can't hold one reader's token");
      reply.header("cache-control", "no-store");
      return reply.generateCsrf();
    },
  };
}

/** Whether an answer would be the same for everybody. */
function mayBeKept({ actor, url, cookies }: FastifyRequest): boolean {
  return actor.kind === "public" && !url.includes("?") && cookies[noticeCookie] === undefined;
}

function sendKept(request: FastifyRequest, reply: FastifyReply, page: KeptPage): FastifyReply {
  const { body, etag } = page;
  reply.header("etag", etag).header("cache-control", "no-cache");
  if (knowsTag(request, etag)) return reply.code(304).send();
  reply.type("text/html; charset=utf-8");
  page.headers ??= headersToKeep(reply);
  return reply.send(body);
}

/** Lines end as on Unix and texts have no space round them, however the browser sends them. */
function tidied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidied);
  return typeof value === "string" ? value.replaceAll("\r\n", "\n").trim() : value;
}

/** The fields of a form less its token. */
export function formFields(body: unknown): Record<string, unknown> {
  const fields = Object.entries((body ?? {}) as Readonly<Record<string, unknown>>).filter(([key]) => key !== "_csrf");
  return Object.fromEntries(fields.map(([key, value]) => [key, tidied(value)]));
}

const takeToken: preValidationHookHandler = (request, _reply, done) => {
  request.body = formFields(request.body);
  done();
};

const storable: preValidationHookHandler = (request, _reply, done) => {
  refuseUnstorable(request.body);
  done();
};

/** The schema, refusing fields that it does not name unless it says otherwise. */
const strict = (body: TObject) =>
  "additionalProperties" in body ? body : Type.Object(body.properties, { additionalProperties: false });

function goTo(reply: FastifyReply, { redirect, notice }: Redirect): FastifyReply {
  if (!/^\/(?!\/)/.test(redirect)) throw new RangeError(`a redirect stays on this site, got ${redirect}`);
  if (notice !== undefined) setNotice(reply, notice);
  return reply.header("cache-control", "no-store").redirect(redirect, 303);
}

/** What a form led to. Where the record changed meanwhile and the proposal doesn't say so itself, nothing that was typed is lost. */
async function taken(request: FastifyRequest, submit: () => Promise<PageAnswer>): Promise<PageAnswer> {
  try {
    return await submit();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "changed-meanwhile")) throw error;
    const { version: _, ...fields } = request.body as Readonly<Record<string, unknown>>;
    return {
      title: "Changed meanwhile",
      section: null,
      breadcrumbs: [],
      status: 409,
      content: <TypedFields fields={fields} />,
    };
  }
}

const noticeCookie = "notice";

function setNotice(reply: FastifyReply, notice: string): void {
  const value = Buffer.from(notice, "utf8").toString("base64url");
  reply.setCookie(noticeCookie, value, { path: "/", httpOnly: true, sameSite: "lax", secure: "auto", maxAge: 60 });
}

/** The notice of the last form, which this takes away. */
function takeNotice(request: FastifyRequest, reply: FastifyReply): string | null {
  const value = request.cookies[noticeCookie];
  if (value === undefined) return null;
  reply.clearCookie(noticeCookie, { path: "/" }).header("cache-control", "no-store");
  return Buffer.from(value, "base64url").toString("utf8").slice(0, 500);
}

/** Pages with the site's shell round them, on a server. */
export function pagesOn(server: Server, { site, band, clock = () => new Date(), kept }: PagesOptions): Pages {
  async function answer(request: FastifyRequest, reply: FastifyReply, parts: PageAnswer, status: number) {
    if ("redirect" in parts) return goTo(reply, parts);
    reply.code(parts.status ?? status).type("text/html; charset=utf-8");
    if (parts.refreshSeconds !== undefined) reply.header("refresh", String(parts.refreshSeconds));
    if (request.actor.kind !== "public") reply.header("cache-control", "no-store");
    if (parts.scripts) reply.header("content-security-policy", scriptedPolicy);
    return renderPage({
      site,
      actor: request.actor,
      notice: takeNotice(request, reply),
      band: await band(),
      ...parts,
    });
  }
  /** The page as everybody sees it, or null where it isn't one that may be kept. */
  async function publicPage(make: (context: PageContext) => Promise<PageAnswer>, context: PageContext) {
    const parts = await make(context);
    if ("redirect" in parts || parts.scripts || (parts.status ?? 200) !== 200) return null;
    return renderPage({ site, band: await band(), ...parts });
  }
  return {
    get(path, access, make, keep) {
      server.get(path, { config: { access } }, async (request, reply) => {
        if (keep && kept && mayBeKept(request)) {
          const page = await kept.page(request.url, () => publicPage(make, contextOf(request, reply, clock(), true)));
          if (page) return sendKept(request, reply, page);
        }
        return answer(request, reply, await make(contextOf(request, reply, clock())), 200);
      });
    },
    post<B extends TObject>(
      path: string,
      access: Access,
      body: B,
      submit: (context: PageContext, body: Static<B>) => Promise<PageAnswer>,
    ) {
      server.post(
        path,
        {
          config: { access },
          schema: { body: strict(body) },
          preValidation: [server.csrfProtection, takeToken],
        },
        async (request, reply) =>
          answer(
            request,
            reply,
            await taken(request, () => submit(contextOf(request, reply, clock()), request.body as Static<B>)),
            400,
          ),
      );
    },
    upload<B extends TObject>(
      path: string,
      access: Access,
      limits: UploadLimits,
      body: B,
      submit: (
        context: PageContext,
        body: Static<B>,
        files: readonly UploadedFile[],
        problems: readonly Problem[],
      ) => Promise<PageAnswer>,
    ) {
      checkLimits(limits);
      server.post(
        path,
        {
          config: { access, upload: limits },
          schema: { body: strict(body) },
          preValidation: [(request) => readUpload(request, limits), server.csrfProtection, takeToken, storable],
        },
        async (request, reply) => {
          const { files, problems } = uploadOf(request);
          const context = contextOf(request, reply, clock());
          const submitted = () => submit(context, request.body as Static<B>, files, problems);
          return answer(request, reply, await taken(request, submitted), 400);
        },
      );
    },
    file(path, access, make) {
      server.get(path, { config: { access } }, async (request, reply) => {
        const { name, type, body } = await make(contextOf(request, reply, clock()));
        if (request.actor.kind !== "public") reply.header("cache-control", "no-store");
        return reply.type(type).header("content-disposition", `attachment; filename="${name}"`).send(body);
      });
    },
  };
}
