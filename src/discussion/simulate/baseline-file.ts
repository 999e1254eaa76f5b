import { readFile, writeFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { type Baseline, makeBaseline } from "./make-baseline.js";

/** The file of the baseline beside this module, where the product was built. */
const file = new URL("./baseline.bin", import.meta.url);

/** Runs the baseline and writes it beside this module: a step of the build. */
export async function writeBaseline(): Promise<void> {
  await writeFile(file, serialize(await makeBaseline()));
}

/** The baseline that was made when the product was built. */
export async function readBaseline(): Promise<Baseline> {
  return deserialize(await readFile(file)) as Baseline;
}
