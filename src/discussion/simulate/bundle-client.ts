import { fileURLToPath } from "node:url";

/** The scripts that run in the browser: the page's own and the worker's. */
export const clientScripts = ["page", "worker"] as const;

/** One of the browser's scripts. */
export type ClientScript = (typeof clientScripts)[number];

/**
 * Makes one file of a script and everything that it imports, for browsers. Used when the product is built, and by servers that run from
 * source.
 * @param source the folder `client` beside this module's TypeScript
 */
export async function bundleClient(name: ClientScript, source: string): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [`${source}/${name}.ts`],
    ...{ bundle: true, minify: true, write: false, format: "esm", platform: "browser", target: "es2022" },
    ...{ jsx: "automatic", jsxImportSource: "hono/jsx", charset: "utf8", logLevel: "warning" },
  });
  return outputFiles[0]!.text;
}

/** The folder of the scripts' TypeScript, for a server that runs from source. */
export const clientSource = (): string => fileURLToPath(new URL("./client", import.meta.url));
