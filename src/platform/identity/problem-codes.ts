/** What can be wrong with signing in and with roles; listed in `docs/problems.md`. */
export const problemCodes = {
  "role-missing": {
    meaning: "Whoever asks does not have the role that this needs.",
    remedy: "Sign in as somebody who has it, or ask an administrator for the role.",
  },
  "out-of-scope": {
    meaning: "Whoever asks has the role, but not for this school, trust or region.",
    remedy: "Ask an administrator for the role there.",
  },
  "sign-in-settings-incomplete": {
    meaning: "Some settings of the sign-in are there and others are missing or can't be read.",
    remedy:
      "Set OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_URL, all of them addresses with https where they are addresses; or none of them.",
  },
  "person-unknown": {
    meaning: "No person or program has this id.",
    remedy: "Find the person in the list of people: whoever is in it has signed in once, or is a program.",
  },
  "people-several": {
    meaning: "Several people are called so.",
    remedy: "Name the one meant by the id that the list of people shows.",
  },
  "role-unknown": { meaning: "There is no such role.", remedy: "Use one of the roles that the list of roles names." },
  "role-scope-wrong": {
    meaning: "The role can't be held there: a regional officer has a region, a head has a school.",
    remedy: "Say where the role holds, in the way that the list of roles shows.",
  },
  "scope-unknown": {
    meaning: "The school, trust or region of a role is not written as one, or the register doesn't know it.",
    remedy: "Give the school's URN, the trust's UID or the region's code as the register has it.",
  },
  "role-held-already": { meaning: "The person holds the role there already.", remedy: "Nothing needs to be done." },
  "role-not-held": {
    meaning: "The role that should end is not held, or has ended.",
    remedy: "Load the person's page again to see what they hold now.",
  },
  "own-role": {
    meaning: "An administrator would give a role to themselves.",
    remedy: "Let another administrator give it: nobody decides alone what they may do.",
  },
  "last-administrator": {
    meaning: "The last administrator's role would end, and then nobody could give roles.",
    remedy: "Make somebody else an administrator first.",
  },
  "reason-missing": {
    meaning: "A role is given or ended without a reason.",
    remedy: "Say in a sentence why, for whoever looks later.",
  },
  "name-missing": { meaning: "A program or a token has no name.", remedy: "Give it a name that tells what it is for." },
  "token-life-wrong": {
    meaning: "An access token would last for less than a day, or longer than tokens may.",
    remedy: "Give a number of days within the bounds that are shown.",
  },
  "token-roles-wrong": {
    meaning: "An access token would have no role, or one that its owner doesn't hold.",
    remedy: "Choose among the roles that the owner holds.",
  },
  "token-unknown": { meaning: "There is no such token, or it has ended.", remedy: "Load the list of tokens again." },
} as const;
