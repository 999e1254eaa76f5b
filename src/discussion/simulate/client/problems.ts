import type { Problem } from "../../../kernel/index.js";
import { byId, escapeMarkup, openAround } from "./elements.js";

/** A line of the error summary: about a field, or about the link. */
export interface SummaryLine {
  readonly text: string;
  /** The field's id; null for what has none. */
  readonly field: string | null;
}

/** A problem in a sentence or two: what, where, what to do. */
export const problemWords = ({ place, message, remedy }: Problem): string =>
  `${place === "link" ? "The link" : place}: ${message}. ${remedy}`;

/** Shows what is wrong at the top of the page; nothing for no lines. @param focus that the reader is led there */
export function showProblems(lines: readonly SummaryLine[], lead: string | null, focus: boolean): void {
  const place = byId("simulator-problems", HTMLDivElement);
  if (lines.length === 0) {
    place.innerHTML = "";
    return;
  }
  const items = lines.map(({ text, field }) =>
    field === null
      ? `<li>${escapeMarkup(text)}</li>`
      : `<li><a href="#${field}" data-field="${field}">${escapeMarkup(text)}</a></li>`,
  );
  place.innerHTML =
    `<div class="govuk-error-summary" tabindex="-1"><div role="alert"><h2 class="govuk-error-summary__title">There is a problem</h2>` +
    `<div class="govuk-error-summary__body">${lead === null ? "" : `<p>${escapeMarkup(lead)}</p>`}` +
    `<ul class="govuk-list govuk-error-summary__list">${items.join("")}</ul></div></div></div>`;
  for (const link of place.querySelectorAll<HTMLAnchorElement>("[data-field]"))
    link.addEventListener("click", (event) => {
      event.preventDefault(); // what stands after the # of the address is the scenario
      const field = document.getElementById(link.dataset.field ?? "");
      if (!field) return;
      openAround(field);
      field.focus();
    });
  if (focus) place.querySelector<HTMLElement>(".govuk-error-summary")?.focus();
}
