/** An element of the page by its id. @throws {Error} when the page has none of the kind: page and script don't fit */
export function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} "${id}"`);
  return found;
}

/** Text made safe for HTML. */
export { escapeMarkup } from "../../../platform/charts/svg.js";

/** Opens every fold in which something stands. */
export function openAround(element: Element): void {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null)
    fold.open = true;
}
