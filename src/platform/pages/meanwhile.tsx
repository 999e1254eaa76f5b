import type { Child } from "hono/jsx";

/** Who changed a record while somebody else was filling in a form about it. */
export interface Meanwhile {
  /** A name, or "Somebody else". */
  readonly who: string;
  /** As `26 November 2026 at 11:04`; left out where it isn't known. */
  readonly when?: string;
  /** What they did, as a sentence or a list. */
  readonly what?: Child;
}

interface Shown {
  readonly title: string;
  readonly content: Child;
}

/**
 * The page of a form again, filled with what was typed and carrying the new version, under a box that says who changed what
 * meanwhile. HTTP says 409.
 */
export function changedMeanwhile<Page extends Shown>(page: Page, { who, when, what }: Meanwhile) {
  const content = (
    <>
      <div class="govuk-error-summary">
        <div role="alert">
          <h2 class="govuk-error-summary__title">This has changed while you were filling in the form</h2>
          <div class="govuk-error-summary__body">
            <p>{`${who} changed it${when === undefined ? "" : ` on ${when}`}. Nothing of yours was saved and nothing of theirs was overwritten.`}</p>
            {what}
            <p>What you typed is below. Look at it again, and send it once more if it still holds.</p>
          </div>
        </div>
      </div>
      {page.content}
    </>
  );
  return { ...page, title: `Error: ${page.title.replace(/^Error: /, "")}`, status: 409, content };
}

/** What somebody typed into a form that can't be taken as it is, to copy from. */
export function TypedFields({ fields }: { fields: Readonly<Record<string, unknown>> }) {
  const typed = Object.entries(fields).filter(([, value]) => value !== "");
  return (
    <>
      <h1 class="govuk-heading-l">Changed meanwhile</h1>
      <p class="govuk-body">
        Somebody else has changed this while you were filling in the form. Nothing of yours was saved and nothing of
        theirs was overwritten. Go back, load the page again and look at what they did.
      </p>
      {typed.length > 0 && (
        <>
          <h2 class="govuk-heading-m">What you typed</h2>
          <dl class="govuk-summary-list">
            {typed.map(([name, value]) => (
              <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{name}</dt>
                <dd class="govuk-summary-list__value site-typed">{[value].flat().map(String).join("\n")}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </>
  );
}
