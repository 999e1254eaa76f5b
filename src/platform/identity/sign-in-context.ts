import type { Database } from "../database/index.js";
import type { Site } from "../pages/index.js";
import type { Cookies } from "./cookies.js";
import type { LocalPeople } from "./local-people.js";
import type { ProviderClient } from "./provider-client.js";
import type { SignInSettings } from "./settings.js";

/** What the ways in and out are given. */
export interface SignInContext {
  readonly database: Database;
  readonly site: Site;
  readonly band: () => Promise<string | null>;
  readonly clock: () => Date;
  readonly settings: SignInSettings;
  readonly cookies: Cookies;
  /** Where people reach this server. @throws {RangeError} before it listens */
  readonly origin: () => URL;
  readonly client: () => Promise<ProviderClient>;
  /** The invented people, where the local provider runs. */
  readonly localPeople: LocalPeople | null;
}
