import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { saveReview } from "../src/accountability/quality-mark/index.js";
import type { Urn } from "../src/kernel/index.js";
import { openDatabase } from "../src/platform/database/index.js";
import { updateRegister } from "../src/register/index.js";
import { registerOfReview, reviewDay, reviewForStore } from "./saved-review.js";
import { type WholeProduct, wholeProduct } from "./whole-product.js";

const urn = "800001" as Urn;
const address = `/schools/${urn}`;
const { heading, schools } = reviewForStore(40);
let product: WholeProduct;

beforeAll(async () => {
  product = await wholeProduct(await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") }));
});
afterAll(async () => {
  await product?.server.close();
  await product?.database.close();
});

const bodyOf = async (url: string) => (await product.server.inject(url)).body;

/** How many questions the database is asked meanwhile. */
async function asked(what: () => Promise<unknown>): Promise<number> {
  const { queries } = product.database;
  const select = queries.select;
  let count = 0;
  queries.select = ((...columns: Parameters<typeof select>) => {
    count++;
    return select.apply(queries, columns);
  }) as typeof select;
  await what().finally(() => {
    queries.select = select;
  });
  return count;
}

it.each([address, "/schools/compare", "/school-information"])("%s is kept between publications", async (url) => {
  await bodyOf(url);
  await bodyOf(url); // the directory that the first one made is in use now
  const again = await product.server.inject(url);
  expect([again.statusCode, again.headers["cache-control"]]).toEqual([200, "no-cache"]);
  expect(await asked(() => bodyOf(url))).toBe(0);
});

it("a review that another process publishes, and a register that it imports, are seen within a second or so", async () => {
  const { database } = product;
  const before = await bodyOf(address);
  await saveReview(database.queries, { ...heading, academicYear: "2026/27" }, schools);
  await expect.poll(() => bodyOf(address), { timeout: 5000, interval: 100 }).toContain("2026/27");
  expect(before).not.toContain("2026/27");
  const contents = registerOfReview(
    schools.map((own) => (own.urn === urn ? { ...own, name: "Renamed Invented School" } : own)),
  );
  const source = { name: "invented", asOf: reviewDay, synthetic: true, files: [] };
  expect(await updateRegister(database, contents, source)).toMatchObject({ ok: true });
  await expect.poll(() => bodyOf(address), { timeout: 5000, interval: 100 }).toContain("Renamed Invented School");
  await expect
    .poll(() => bodyOf("/schools?text=renamed+invented"), { timeout: 5000, interval: 100 })
    .toContain(address);
});
