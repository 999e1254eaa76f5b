import { csvTable } from "../../runs/csv.js";
import { Results, summaryOf } from "../results.js";
import type { RunToShow, Sheet } from "../shown.js";
import { byId } from "./elements.js";

const sheets = new Map<string, Sheet>();

const download = (sheet: Sheet) => {
  sheets.set(sheet.id, sheet);
  return (
    <button type="button" class="govuk-button govuk-button--secondary" data-sheet={sheet.id}>
      Download as CSV
    </button>
  );
};

const further = (
  <p>
    <button type="button" class="govuk-button govuk-button--secondary" data-further>
      Run chance, forms and drivers too
    </button>
  </p>
);

/** Gives a table to save. */
function save({ id, head, rows }: Sheet): void {
  const address = URL.createObjectURL(new Blob([csvTable([head, ...rows])], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${id}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Puts HTML in a place; folds that were open stay open, and the reader's place is kept. */
function fill(place: HTMLElement, html: string): void {
  const summaries = (root: ParentNode) => [...root.querySelectorAll("details")];
  const words = (details: HTMLDetailsElement) => details.querySelector("summary")?.textContent?.trim() ?? "";
  const counted = (all: readonly HTMLDetailsElement[]) => {
    const seen = new Map<string, number>();
    return all.map((details) => {
      const name = words(details);
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return { details, key: `${name} ${seen.get(name)}` };
    });
  };
  const open = new Set(
    counted(summaries(place))
      .filter(({ details }) => details.open)
      .map(({ key }) => key),
  );
  const focusable = () => [...place.querySelectorAll<HTMLElement>("summary, button, [tabindex]")];
  const focused = focusable().findIndex((element) => element.matches(":focus"));
  place.innerHTML = html;
  for (const { details, key } of counted(summaries(place))) details.open = open.has(key);
  if (focused >= 0) focusable()[focused]?.focus({ preventScroll: true });
}

/** Shows a run in its place on the page, and its first figures beside the levers. */
export function showRun(run: RunToShow): void {
  const shown = { ...run, download, further };
  fill(byId("simulator-results", HTMLDivElement), (<Results run={shown} />).toString());
  byId("simulator-summary", HTMLParagraphElement).textContent = summaryOf(shown);
}

/** Shows anything else that has tables to save. */
export function showIn(
  place: HTMLElement,
  make: (offer: (sheet: Sheet) => ReturnType<typeof download>) => { toString(): string },
): void {
  fill(place, make(download).toString());
}

/** Saves tables whose buttons are pressed. */
export function offerDownloads(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-sheet]") : null;
    const sheet = button && sheets.get(button.dataset.sheet ?? "");
    if (sheet) save(sheet);
  });
}
