import { type CivilDate, dateInWords } from "../../kernel/index.js";
import { tag } from "../../platform/pages/index.js";
import type { Opinion, Regularity } from "./opinion.js";
import type { AccountsState } from "./year.js";

/** An opinion in words, with what it means. */
export const opinionWords: Readonly<Record<Opinion, { readonly text: string; readonly hint: string }>> = {
  unqualified: { text: "Unqualified", hint: "The accounts give a true and fair view, without exception" },
  qualified: { text: "Qualified", hint: "True and fair except for something that the auditor names" },
  disclaimer: { text: "Disclaimer of opinion", hint: "The auditor could not get enough evidence for any opinion" },
  adverse: { text: "Adverse", hint: "The accounts do not give a true and fair view" },
};

/** A conclusion on regularity in words. */
export const regularityWords: Readonly<Record<Regularity, { readonly text: string; readonly hint: string }>> = {
  clean: { text: "Clean", hint: "Nothing came to attention that money was not spent as Parliament intended" },
  modified: { text: "Modified", hint: "Something irregular was found" },
  "not-applicable": { text: "None is made", hint: "Only for a school outside any trust" },
};

const colours: Readonly<Record<AccountsState, string>> = {
  filed: "green",
  "filed-late": "yellow",
  due: "blue",
  missing: "red",
};

const stateText: Readonly<Record<AccountsState, string>> = {
  filed: "Filed",
  "filed-late": "Filed late",
  due: "Due",
  missing: "Missing",
};

/** A state as a tag's text and colour. */
export const stateTag = (state: AccountsState) => ({ text: stateText[state], classes: `govuk-tag--${colours[state]}` });

/** A state as HTML. */
export const stateHtml = (state: AccountsState) => tag(stateText[state], colours[state]);

/** What a state means for who reads it. */
export function stateSentence(state: AccountsState, dueOn: CivilDate): string {
  switch (state) {
    case "filed":
      return "The opinion has been filed.";
    case "filed-late":
      return `The opinion was filed after it was due on ${dateInWords(dueOn)}.`;
    case "due":
      return `The opinion is due by ${dateInWords(dueOn)}.`;
    case "missing":
      return `The opinion was due by ${dateInWords(dueOn)} and has not come. That is neither a pass nor a failure, and nothing can be awarded on it.`;
  }
}

/** `2025` for the year that ends on 31 August 2025, as in addresses. */
export const yearOf = (yearEnd: CivilDate) => yearEnd.slice(0, 4);
