import { describe, expect, it } from "vitest";
import { isLoopback, readSignInSettings } from "./settings.js";

const whole = {
  OIDC_ISSUER: "https://login.example/tenant",
  OIDC_CLIENT_ID: "greenpaper",
  OIDC_CLIENT_SECRET: "secret",
  PUBLIC_URL: "https://greenpaper.example",
};

describe("how people sign in", () => {
  it("is by the local provider where nothing is set, and this machine alone reaches the server", () => {
    expect(readSignInSettings({}, "127.0.0.1")).toEqual({ ok: true, value: { kind: "local" } });
    expect(readSignInSettings({ NODE_ENV: "development" }, "localhost")).toMatchObject({ value: { kind: "local" } });
  });

  it.each([
    ["in production", { NODE_ENV: "production" }, "127.0.0.1"],
    ["on every network", {}, "0.0.0.0"],
    ["on a network", {}, "192.168.1.20"],
    ["on every network, by IPv6", {}, "::"],
  ])("is by nobody %s, and says what is missing", (_, environment, host) => {
    expect(readSignInSettings(environment, host)).toMatchObject({
      ok: true,
      value: { kind: "none", missing: ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "PUBLIC_URL"] },
    });
  });

  it("is by the provider that is set, in production and elsewhere", () => {
    for (const NODE_ENV of ["production", "development"])
      expect(readSignInSettings({ ...whole, NODE_ENV }, "0.0.0.0")).toMatchObject({
        ok: true,
        value: { kind: "provider", clientId: "greenpaper", issuer: new URL("https://login.example/tenant") },
      });
    const here = { ...whole, OIDC_ISSUER: "http://localhost:8080/realms/a", PUBLIC_URL: "http://127.0.0.1:3000/" };
    expect(readSignInSettings(here, "127.0.0.1").ok).toBe(true);
  });

  it.each([
    ["one is missing", { OIDC_CLIENT_SECRET: "" }, ["OIDC_CLIENT_SECRET"]],
    ["several are missing", { OIDC_CLIENT_ID: "", PUBLIC_URL: "" }, ["OIDC_CLIENT_ID", "PUBLIC_URL"]],
    ["secrets would travel in the open", { OIDC_ISSUER: "http://login.example" }, ["OIDC_ISSUER"]],
    ["cookies would travel in the open", { PUBLIC_URL: "http://greenpaper.example" }, ["PUBLIC_URL"]],
    ["an address is none", { PUBLIC_URL: "greenpaper" }, ["PUBLIC_URL"]],
    ["the server would be below a path", { PUBLIC_URL: "https://council.example/greenpaper" }, ["PUBLIC_URL"]],
  ])("is refused where %s", (_, change, places) => {
    const read = readSignInSettings({ ...whole, ...change }, "127.0.0.1");
    expect(!read.ok && read.error.map(({ code, place }) => [code, place])).toEqual(
      places.map((place) => ["sign-in-settings-incomplete", place]),
    );
  });

  it.each([
    ["127.0.0.1", true],
    ["127.1.2.3", true],
    ["::1", true],
    ["localhost", true],
    ["127.0.0.1.evil.example", false],
    ["0.0.0.0", false],
    ["10.0.0.1", false],
  ])("knows whether only this machine reaches %s", (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
