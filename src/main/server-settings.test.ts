import { expect, it } from "vitest";
import { readServerSettings } from "./server-settings.js";

it("holds one address to so many requests a minute unless told otherwise", () => {
  const read = (environment: NodeJS.ProcessEnv) => {
    const settings = readServerSettings(environment, "127.0.0.1");
    return settings.ok ? settings.value.rateLimits : settings.error.map(({ code, place }) => `${code} ${place}`);
  };
  expect(read({})).toEqual({ perMinute: 3000, signInsPerMinute: 60 });
  expect(read({ RATE_LIMIT: "20" })).toEqual({ perMinute: 20, signInsPerMinute: 20 });
  expect(read({ RATE_LIMIT: "0" })).toBeUndefined();
  expect(read({ RATE_LIMIT: "many" })).toEqual(["rate-limit-unreadable RATE_LIMIT"]);
  expect(read({ RATE_LIMIT: "-1", OIDC_ISSUER: "https://login.example" })).toEqual([
    "sign-in-settings-incomplete OIDC_CLIENT_ID",
    "sign-in-settings-incomplete OIDC_CLIENT_SECRET",
    "sign-in-settings-incomplete PUBLIC_URL",
    "rate-limit-unreadable RATE_LIMIT",
  ]);
});

it("believes proxies only when told which", () => {
  expect(readServerSettings({ TRUST_PROXY: "10.0.0.0/8" }, "127.0.0.1")).toMatchObject({
    value: { trustProxy: "10.0.0.0/8" },
  });
  expect(readServerSettings({}, "127.0.0.1")).not.toHaveProperty("value.trustProxy");
});
