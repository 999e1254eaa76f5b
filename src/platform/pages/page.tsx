import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { type Actor, publicActor } from "../identity/index.js";
import type { Asset, SiteAssets } from "./assets.js";
import { Govuk, govuk } from "./govuk.js";

/** A link with its words. */
export interface Link {
  readonly text: string;
  readonly href: string;
}

/** What all pages of a site share. */
export interface Site {
  readonly product: string;
  readonly assets: SiteAssets;
  readonly navigation: readonly Link[];
  /** A sentence beside the phase, on every page. */
  readonly phase: { readonly tag: string; readonly text: string };
  readonly footer: readonly Link[];
  /** The licence and the version, at the foot of every page. */
  readonly colophon: readonly string[];
  /** What stands beside the product's name for whoever looks: their name, the way in and out. None unless given. */
  readonly account?: (actor: Actor) => readonly Link[];
}

export interface PageOptions {
  readonly site: Site;
  readonly title: string;
  /** The address of the navigation's entry that this page belongs to, or null. */
  readonly section: string | null;
  /** Above the content, from the top down; the page itself is not in it. */
  readonly breadcrumbs: readonly Link[];
  /** A sentence that must be seen on every page, such as that all pupils are made up; null for none. */
  readonly band: string | null;
  readonly content: Child;
  /** Who looks at the page; the public unless given. */
  readonly actor?: Actor;
  /** A sentence shown once, as that something was saved. */
  readonly notice?: string | null;
  /** The page's own scripts, for pages that do more where there is JavaScript. Every page works without. */
  readonly scripts?: readonly Asset[];
}

/** The first words of a page's `<title>`, before the product's name. */
export function titleOf(title: string, product: string): string {
  return `${title} \u2013 ${product}`;
}

function Head({ site, title, scripts = [] }: PageOptions) {
  return (
    <head>
      <meta charset="utf-8" />
      <title>{titleOf(title, site.product)}</title>
      <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
      <meta name="theme-color" content="#0b4f3c" />
      <link rel="icon" href={site.assets.icon.path} type="image/svg+xml" />
      <link rel="stylesheet" href={site.assets.govuk.path} />
      <link rel="stylesheet" href={site.assets.site.path} />
      {scripts.map(({ path }) => (
        <script type="module" src={path} />
      ))}
    </head>
  );
}

function Account({ site, actor = publicActor }: PageOptions) {
  const links = site.account?.(actor) ?? [];
  return links.length === 0 ? null : (
    <nav class="site-account" aria-label="Account">
      <ul class="govuk-width-container site-account__list">
        {links.map(({ text, href }) => (
          <li>
            <a class="govuk-link govuk-link--inverse" href={href}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What stands above every page of a section, made once: its templates would take most of a small page's time. */
const mastheads = new WeakMap<Site, Map<string | null, Masthead>>();

interface Masthead {
  readonly product: string;
  readonly navigation: string;
  readonly phase: string;
}

function mastheadOf(site: Site, section: string | null): Masthead {
  const known = mastheads.get(site) ?? new Map<string | null, Masthead>();
  mastheads.set(site, known);
  const navigation = site.navigation.map((link) => ({ ...link, active: link.href === section }));
  const masthead = known.get(section) ?? {
    product: govuk("generic-header", { logoText: site.product, url: "/" }),
    navigation: govuk("service-navigation", {
      navigation,
      navigationLabel: "Main",
      collapseNavigationOnMobile: false,
    }),
    phase: govuk("phase-banner", { tag: { text: site.phase.tag }, text: site.phase.text }),
  };
  known.set(section, masthead);
  return masthead;
}

function Header(options: PageOptions) {
  const { site, section, band } = options;
  const { product, navigation, phase } = mastheadOf(site, section);
  return (
    <header class="govuk-template__header site-header">
      {raw(product)}
      <Account {...options} />
      {raw(navigation)}
      {band !== null && (
        <div class="site-band">
          <div class="govuk-width-container">
            <p class="site-band__text">{band}</p>
          </div>
        </div>
      )}
      <div class="govuk-width-container">{raw(phase)}</div>
    </header>
  );
}

const skipLink = govuk("skip-link", { text: "Skip to main content", href: "#main-content" });

function Footer({ site }: PageOptions) {
  return (
    <footer class="govuk-template__footer">
      <div class="govuk-footer">
        <div class="govuk-width-container">
          <h2 class="govuk-visually-hidden">Support links</h2>
          <ul class="govuk-footer__inline-list">
            {site.footer.map((link) => (
              <li class="govuk-footer__inline-list-item">
                <a class="govuk-footer__link" href={link.href}>
                  {link.text}
                </a>
              </li>
            ))}
          </ul>
          {site.colophon.map((line) => (
            <p class="site-colophon">{line}</p>
          ))}
        </div>
      </div>
    </footer>
  );
}

/** A whole page as HTML. It holds no inline script and no inline style, so that the strictest policy may forbid both. */
export function renderPage(options: PageOptions): string {
  const { breadcrumbs, content, notice = null } = options;
  const page = (
    <html lang="en" class="govuk-template">
      <Head {...options} />
      <body class="govuk-template__body">
        {raw(skipLink)}
        <Header {...options} />
        <div class="govuk-width-container">
          {breadcrumbs.length > 0 && (
            <Govuk is="breadcrumbs" options={{ items: breadcrumbs, collapseOnMobile: false }} />
          )}
          <main class="govuk-main-wrapper" id="main-content" tabindex={-1}>
            {notice !== null && (
              <Govuk is="notification-banner" options={{ text: notice, type: "success", disableAutoFocus: true }} />
            )}
            {content}
          </main>
        </div>
        <Footer {...options} />
      </body>
    </html>
  );
  return `<!DOCTYPE html>\n${page.toString()}`;
}

/** Names what is wrong with what a reader typed, at the top of the page, with links to the fields. */
export function ErrorSummary({ errors }: { errors: readonly Link[] }) {
  return errors.length === 0 ? null : (
    <Govuk
      is="error-summary"
      options={{ titleText: "There is a problem", errorList: errors, disableAutoFocus: true }}
    />
  );
}

/** A small label of state in one of the Design System's colours. */
export function tag(text: string, colour: string): string {
  return govuk("tag", { text, classes: `govuk-tag--${colour}` });
}
