import type { Link } from "./page.js";

/** One large figure with its words and, where there is more to see, a link. */
export interface Headline {
  readonly label: string;
  readonly figure: string;
  readonly note?: string;
  readonly link?: Link;
}

/** The main figures of a page, large, side by side where there is room. */
export function Headlines({ items }: { items: readonly Headline[] }) {
  return (
    <ul class="site-headlines">
      {items.map((item) => (
        <li class="site-headline">
          <p class="site-headline__label">{item.label}</p>
          <p class="site-headline__figure">{item.figure}</p>
          {item.note !== undefined && <p class="site-headline__note">{item.note}</p>}
          {item.link && (
            <p class="site-headline__note">
              <a class="govuk-link" href={item.link.href}>
                {item.link.text}
              </a>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
