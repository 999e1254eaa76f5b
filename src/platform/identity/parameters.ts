import { civilDate, type Parameter } from "../../kernel/index.js";

/** How long a session lasts without being used. */
export const sessionIdle: Parameter<number> = {
  id: "platform.identity.session-idle",
  label: "A session ends when it was not used for",
  unit: "minutes",
  values: [
    {
      from: civilDate("2025-01-01"),
      value: 60,
      source: {
        kind: "published",
        citation:
          "NIST SP 800-63B-4, section 2.2.3: at authenticator assurance level 2 no more than one hour of inactivity",
      },
    },
  ],
};

/** How long a session lasts at most. */
export const sessionLife: Parameter<number> = {
  id: "platform.identity.session-life",
  label: "A session ends in any case after",
  unit: "hours",
  values: [
    {
      from: civilDate("2025-01-01"),
      value: 12,
      source: {
        kind: "assumption",
        why: "a long working day; NIST SP 800-63B-4, section 2.2.3, allows 24 hours",
      },
    },
  ],
};

/** How long somebody may take at the provider. */
export const signInPatience: Parameter<number> = {
  id: "platform.identity.sign-in-patience",
  label: "A sign-in must come back from the provider within",
  unit: "minutes",
  values: [
    {
      from: civilDate("2025-01-01"),
      value: 15,
      source: { kind: "assumption", why: "time to find a second factor or a forgotten password, and no more" },
    },
  ],
};

/** How long an access token lasts at most. */
export const tokenLife: Parameter<number> = {
  id: "platform.identity.token-life",
  label: "An access token for programs lasts at most",
  unit: "days",
  values: [
    {
      from: civilDate("2025-01-01"),
      value: 366,
      source: {
        kind: "assumption",
        why: "renewed once a year with the review it is used in; a lost one ends by itself",
      },
    },
  ],
};
