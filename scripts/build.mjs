// Turns src/ (TypeScript) into dist/ (JavaScript), file by file, and copies what is not code (SQL, CSS).
// Nothing is bundled: a stack trace names the file that a reader knows, and workers start from their own file.
// The simulator's scripts for the browser alone are made one file each, and the country without changes is run.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "src");
const output = join(root, "dist");
const stamp = join(output, ".build-stamp");

/** Every file below a folder, sorted, so that the hash does not depend on the file system. */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

const isTest = (file) => /\.test\.tsx?$/.test(file);
const clientFolder = join(source, "discussion", "simulate", "client", "/");
const isCode = (file) => [".ts", ".tsx"].includes(extname(file)) && !file.endsWith(".d.ts");

/** Builds when the sources changed since the last build; answers whether it did. */
export async function buildIfChanged() {
  const files = filesBelow(source).filter((file) => !isTest(file));
  const hash = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url)));
  for (const file of files) hash.update(relative(root, file)).update(readFileSync(file));
  const digest = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return false;
  const fresh = `${output}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  await build({
    entryPoints: files.filter((file) => isCode(file) && !file.startsWith(clientFolder)),
    outdir: fresh,
    outbase: source,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "linked",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    logLevel: "warning",
  });
  const { bundleClient, clientScripts } = await import(
    pathToFileURL(join(fresh, "discussion", "simulate", "bundle-client.js")).href
  );
  const scripts = join(fresh, relative(source, clientFolder));
  mkdirSync(scripts, { recursive: true });
  for (const name of clientScripts) writeFileSync(join(scripts, `${name}.js`), await bundleClient(name, clientFolder));
  const baselineFile = join(fresh, "discussion", "simulate", "baseline-file.js");
  const { writeBaseline } = await import(pathToFileURL(baselineFile).href);
  await writeBaseline();
  for (const file of files.filter((f) => !isCode(f) && !f.startsWith(clientFolder))) {
    const to = join(fresh, relative(source, file));
    mkdirSync(dirname(to), { recursive: true });
    cpSync(file, to);
  }
  writeFileSync(join(fresh, ".build-stamp"), digest);
  rmSync(output, { recursive: true, force: true });
  renameSync(fresh, output);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfChanged();
