import { expect, it } from "vitest";
import type { Urn } from "../src/kernel/index.js";
import { workEntries } from "../src/main/parts.js";
import { proposals } from "../src/main/proposals.js";
import { publicServices } from "../src/main/services-page.js";
import { publicActor, type Role, roles, roleWords, type Scope } from "../src/platform/identity/index.js";
import { describeStores } from "./databases.js";
import { wholeProduct } from "./whole-product.js";

describeStores("whoever comes to the product", (fresh) => {
  it("is led to every service without guessing, and each role to its own work", async () => {
    const product = await wholeProduct(await fresh());
    const { server, database } = product;
    const statusOf = async (url: string) => (await server.inject({ url })).statusCode;
    const { body } = await server.inject({ url: "/services" });
    for (const { href } of publicServices) {
      expect(body).toContain(`href="${href}"`);
      expect(await statusOf(href), href).toBe(200);
    }
    const list = (await server.inject({ url: "/proposals" })).body;
    for (const { page } of proposals)
      if (page !== null) {
        expect(list).toContain(`href="${page}"`);
        expect(await statusOf(page), page).toBe(200);
      }
    expect((await server.inject({ url: "/measures" })).body).toContain('href="/services"');
    const [school] = await database.queries.execute<{ urn: string }>(
      "select urn from register.school order by urn limit 1",
    );
    const scopes: Readonly<Record<string, Scope>> = {
      school: { kind: "school", urn: school!.urn as Urn },
      trust: { kind: "school", urn: school!.urn as Urn },
      region: { kind: "region", code: "E12000007" },
      country: { kind: "country" },
    };
    for (const role of roles) {
      const scope = scopes[roleWords[role as Role].scopes[0]!]!;
      product.actAs({ kind: "person", id: role, name: "Made up", grants: [{ role, scope }] });
      const own = workEntries.filter((entry) => entry.role === role);
      expect(own, role).not.toEqual([]);
      for (const { href } of own) expect(await statusOf(href), `${role} at ${href}`).toBeLessThan(400);
    }
    product.actAs(publicActor);
    expect(product.failures()).toEqual([]);
  });
});
