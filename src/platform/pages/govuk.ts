import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { raw } from "hono/html";
import nunjucks from "nunjucks";
import type { GovukComponents } from "./govuk-types.js";

/** The folder of govuk-frontend's published files: templates, styles, fixtures. */
export const govukFolder = join(
  dirname(createRequire(import.meta.url).resolve("govuk-frontend/package.json")),
  "dist",
  "govuk",
);

const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader([dirname(govukFolder)]), {
  autoescape: true,
  trimBlocks: true,
  lstripBlocks: true,
});
const templates = new Map<string, nunjucks.Template>();

/**
 * A component of the GOV.UK Design System as HTML, made by its official template.
 * Texts are escaped; an option called `html` is not, so give it only what a page component made.
 */
export function govuk<Name extends keyof GovukComponents>(name: Name, options: GovukComponents[Name]): string {
  let template = templates.get(name);
  if (!template) {
    template = environment.getTemplate(`govuk/components/${name}/template.njk`, true);
    templates.set(name, template);
  }
  return template.render({ params: options });
}

/** {@link govuk} as an element of a page: `<Govuk is="tag" options={{ text: "Alpha" }} />`. */
export function Govuk<Name extends keyof GovukComponents>(props: { is: Name; options: GovukComponents[Name] }) {
  return raw(govuk(props.is, props.options));
}
