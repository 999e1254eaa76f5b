// Makes src/platform/pages/govuk-types.ts from the options that govuk-frontend publishes for each of its components.
// Run it after an update of govuk-frontend; a test holds the committed file and this program equal.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFile = createRequire(import.meta.url).resolve("govuk-frontend/package.json");
const components = join(dirname(packageFile), "dist", "govuk", "components");
const target = join(dirname(fileURLToPath(import.meta.url)), "..", "src", "platform", "pages", "govuk-types.ts");

const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** The published `required` is too strong for `text` and `html`, of which one will do. */
const isRequired = (option, names) =>
  option.required &&
  !(["text", "html"].includes(option.name) && names.has("text") && names.has("html")) &&
  !/not required/i.test(option.description);

/** The first sentence of a description. */
const inShort = (description) =>
  description
    .replace(/\s+/g, " ")
    .trim()
    .split(/(?<=\.) (?=[A-Z])/)[0];

function typeOf(option, component, indent) {
  if (option.isComponent) {
    const named = { errorMessage: "error-message" }[option.name] ?? option.name;
    return `GovukComponents["${named}"]`;
  }
  const fields = option.params ? record(option.params, component, `${indent}  `, indent) : null;
  // A row of a table is itself a list of cells, which the published options don't say.
  const row = component === "table" && option.name === "rows";
  switch (option.type) {
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    case "integer":
      return "number";
    case "object":
      return fields ?? "Readonly<Record<string, string | number | boolean>>";
    case "array":
      if (!fields) return "readonly unknown[]";
      return row ? `readonly (readonly ${fields}[])[]` : `readonly ${fields}[]`;
    default:
      throw new Error(`${component}: option ${option.name} has the unknown type ${option.type}`);
  }
}

/** Options of one record; two of the same name (as in service-navigation) become one with either type. */
function record(options, component, indent, outer) {
  const byName = new Map();
  for (const option of options) byName.set(option.name, [...(byName.get(option.name) ?? []), option]);
  const lines = [];
  for (const [name, same] of byName) {
    const usable = same.filter((option) => option.type !== "nunjucks-block");
    if (usable.length === 0) continue;
    const types = usable.map((option) => typeOf(option, component, usable.length === 1 ? indent : `${indent}    `));
    const type = types.length === 1 ? types[0] : `\n${indent}  | ${types.join(`\n${indent}  | `)}`;
    lines.push(`${indent}/** ${inShort(usable[0].description)} */`);
    const mark = usable.every((option) => isRequired(option, new Set(byName.keys()))) ? "" : "?";
    lines.push(`${indent}readonly ${key(name)}${mark}:${type.startsWith("\n") ? "" : " "}${type};`);
  }
  return `{\n${lines.join("\n")}\n${outer}}`;
}

/** The whole file. */
export function govukTypes() {
  const { version } = JSON.parse(readFileSync(packageFile, "utf8"));
  const names = readdirSync(components, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const members = names.map((name) => {
    const options = JSON.parse(readFileSync(join(components, name, "macro-options.json"), "utf8"));
    return `  readonly ${key(name)}: ${record(options, name, "    ", "  ")};`;
  });
  return (
    `// Generated from govuk-frontend ${version} by scripts/govuk-types.mjs. Don't edit: run the script again.\n\n` +
    `/** The options of every component of the GOV.UK Design System, by the component's name. */\n` +
    `export interface GovukComponents {\n${members.join("\n")}\n}\n`
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, govukTypes());
