/** What was done so that everybody can use the pages, and what is known not to work. */
export function AccessibilityContent() {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Accessibility</h1>
        <p class="govuk-body">These pages aim at level AA of the Web Content Accessibility Guidelines 2.2.</p>
        <ul class="govuk-list govuk-list--bullet">
          <li>They hold no script: everything works with the keyboard alone, and without JavaScript.</li>
          <li>
            Every chart has a title, a description and its figures as a table, and differs in shape as well as in
            colour.
          </li>
          <li>
            They fit a screen of 320 pixels, and text may be enlarged to 400%; wide tables scroll within themselves.
          </li>
          <li>They print with every table open.</li>
        </ul>
        <p class="govuk-body">
          Each page is checked with axe in a real browser by the tests of the product. No person who uses a screen
          reader has tested the pages yet.
        </p>
      </div>
    </div>
  );
}
