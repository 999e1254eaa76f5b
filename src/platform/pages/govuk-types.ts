// Generated from govuk-frontend 6.6.0 by scripts/govuk-types.mjs. Don't edit: run the script again.

/** The options of every component of the GOV.UK Design System, by the component's name. */
export interface GovukComponents {
  readonly accordion: {
    /** Must be unique across the domain of your service if `rememberExpanded` is `true` (as the expanded state of individual instances of the component persists across page loads using [session storage](https://developer.mozilla.org/en-US/docs/Web/API/Window/sessionStorage)). */
    readonly id: string;
    /** Heading level, from `1` to `6`. */
    readonly headingLevel?: number;
    /** Classes to add to the accordion. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the accordion. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Whether the expanded/collapsed state of the accordion should be saved when a user leaves the page and restored when they return. */
    readonly rememberExpanded?: boolean;
    /** The text content of the 'Hide all sections' button at the top of the accordion when all sections are expanded. */
    readonly hideAllSectionsText?: string;
    /** The text content of the 'Hide' button within each section of the accordion, which is visible when the section is expanded. */
    readonly hideSectionText?: string;
    /** Text made available to assistive technologies, like screen-readers, as the final part of the toggle's accessible name when the section is expanded. */
    readonly hideSectionAriaLabelText?: string;
    /** The text content of the 'Show all sections' button at the top of the accordion when at least one section is collapsed. */
    readonly showAllSectionsText?: string;
    /** The text content of the 'Show' button within each section of the accordion, which is visible when the section is collapsed. */
    readonly showSectionText?: string;
    /** Text made available to assistive technologies, like screen-readers, as the final part of the toggle's accessible name when the section is collapsed. */
    readonly showSectionAriaLabelText?: string;
    /** The sections within the accordion. */
    readonly items: readonly {
      /** The heading of each accordion section. */
      readonly heading: {
        /** If `html` is set, this is not required. */
        readonly text?: string;
        /** If `text` is set, this is not required. */
        readonly html?: string;
      };
      /** The summary line of each accordion section. */
      readonly summary?: {
        /** The summary line text content of each section. */
        readonly text?: string;
        /** The summary line HTML content of each section. */
        readonly html?: string;
      };
      /** The content of each accordion section. */
      readonly content: {
        /** If `html` is set, this is not required. */
        readonly text?: string;
        /** If `text` is set, this is not required. */
        readonly html?: string;
      };
      /** Sets whether the section should be expanded when the page loads for the first time. */
      readonly expanded?: boolean;
    }[];
  };
  readonly "back-link": {
    /** Text to use within the back link component. */
    readonly text?: string;
    /** HTML to use within the back link component. */
    readonly html?: string;
    /** The value of the link's `href` attribute. */
    readonly href: string;
    /** Classes to add to the anchor tag. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the anchor tag. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly breadcrumbs: {
    /** The items within breadcrumbs. */
    readonly items: readonly {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
      /** Link for the breadcrumbs item. */
      readonly href?: string;
      /** HTML attributes (for example data attributes) to add to the individual crumb. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** Classes to add to the breadcrumbs container. */
    readonly classes?: string;
    /** When true, the breadcrumbs will collapse to the first and last item only on tablet breakpoint and below. */
    readonly collapseOnMobile?: boolean;
    /** HTML attributes (for example data attributes) to add to the breadcrumbs container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Plain text label identifying the landmark to screen readers. */
    readonly labelText?: string;
  };
  readonly button: {
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** Type of the button, determining its behaviour in forms – `"button"`, `"submit"` or `"reset"`. */
    readonly type?: string;
    /** Name of the button, sent when a form is submitted. */
    readonly name?: string;
    /** Value of the button, sent when a form is submitted. */
    readonly value?: string;
    /** Whether the button should be disabled. `disabled` and `aria-disabled` attributes will be set automatically. */
    readonly disabled?: boolean;
    /** The URL that the button should link to. */
    readonly href?: string;
    /** Classes to add to the button. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the button. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Prevent accidental double clicks on submit buttons from submitting forms multiple times. */
    readonly preventDoubleClick?: boolean;
    /** Use for the main call to action on your service's start page. */
    readonly isStartButton?: boolean;
    /** The ID of the button. */
    readonly id?: string;
  };
  readonly "character-count": {
    /** The ID of the textarea. */
    readonly id?: string;
    /** The name of the textarea, which is submitted with the form data. */
    readonly name: string;
    /** Optional number of textarea rows (default is 5 rows). */
    readonly rows?: string;
    /** Optional initial value of the textarea. */
    readonly value?: string;
    /** The maximum number of characters (or words if `countType` is set to `"words"`). */
    readonly maxlength: string;
    /** The maximum number of words. */
    readonly maxwords: string;
    /** The percentage value of the limit at which point the count message is displayed. */
    readonly threshold?: string;
    /** The count type used to count the text – `"length"` or `"words"`. */
    readonly countType?: string;
    /** The label used by the character count component. */
    readonly label: GovukComponents["label"];
    /** Can be used to add a hint to the character count component. */
    readonly hint?: GovukComponents["hint"];
    /** Can be used to add an error message to the character count component. */
    readonly errorMessage?: GovukComponents["error-message"];
    /** Additional options for the form group containing the character count component. */
    readonly formGroup?: {
      /** Classes to add to the form group (for example to show error state for the whole group). */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the form group. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** Content to add before the textarea used by the character count component. */
      readonly beforeInput?: {
        /** Text to add before the textarea. */
        readonly text?: string;
        /** HTML to add before the textarea. */
        readonly html?: string;
      };
      /** Content to add after the textarea used by the character count component. */
      readonly afterInput?: {
        /** Text to add after the textarea. */
        readonly text?: string;
        /** HTML to add after the textarea. */
        readonly html?: string;
      };
    };
    /** Classes to add to the textarea. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the textarea. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Optional field to enable or disable the `spellcheck` attribute on the character count. */
    readonly spellcheck?: boolean;
    /** Additional options for the count message used by the character count component. */
    readonly countMessage?: {
      /** Classes to add to the count message. */
      readonly classes?: string;
    };
    /** Message made available to assistive technologies to describe that the component accepts only a limited amount of content. */
    readonly textareaDescriptionText?: string;
    /** Message displayed when the number of characters is under the configured maximum, `maxlength`. */
    readonly charactersUnderLimitText?: Readonly<Record<string, string | number | boolean>>;
    /** Message displayed when the number of characters reaches the configured maximum, `maxlength`. */
    readonly charactersAtLimitText?: string;
    /** Message displayed when the number of characters is over the configured maximum, `maxlength`. */
    readonly charactersOverLimitText?: Readonly<Record<string, string | number | boolean>>;
    /** Message displayed when the number of words is under the configured maximum, `maxlength` with `countType: "words"`. */
    readonly wordsUnderLimitText?: Readonly<Record<string, string | number | boolean>>;
    /** Message displayed when the number of words reaches the configured maximum, `maxlength` with `countType: "words"`. */
    readonly wordsAtLimitText?: string;
    /** Message displayed when the number of words is over the configured maximum, `maxlength` with `countType: "words"`. */
    readonly wordsOverLimitText?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly checkboxes: {
    /** One or more element IDs to add to the input `aria-describedby` attribute without a fieldset, used to provide additional descriptive information for screenreader users. */
    readonly describedBy?: string;
    /** Can be used to add a fieldset to the checkboxes component. */
    readonly fieldset?: GovukComponents["fieldset"];
    /** Can be used to add a hint to the checkboxes component. */
    readonly hint?: GovukComponents["hint"];
    /** Can be used to add an error message to the checkboxes component. */
    readonly errorMessage?: GovukComponents["error-message"];
    /** Additional options for the form group containing the checkboxes component. */
    readonly formGroup?: {
      /** Classes to add to the form group (for example to show error state for the whole group). */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the form group. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** Content to add before all checkbox items within the checkboxes component. */
      readonly beforeInputs?: {
        /** Text to add before all checkbox items. */
        readonly text?: string;
        /** HTML to add before all checkbox items. */
        readonly html?: string;
      };
      /** Content to add after all checkbox items within the checkboxes component. */
      readonly afterInputs?: {
        /** Text to add after all checkbox items. */
        readonly text?: string;
        /** HTML to add after all checkbox items. */
        readonly html?: string;
      };
    };
    /** Optional prefix. */
    readonly idPrefix?: string;
    /** Name attribute for all checkbox items. */
    readonly name: string;
    /** The checkbox items within the checkboxes component. */
    readonly items: readonly {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
      /** Specific ID attribute for the checkbox item. */
      readonly id?: string;
      /** Specific name for the checkbox item. */
      readonly name?: string;
      /** Value for the checkbox input. */
      readonly value: string;
      /** Subset of options for the label used by each checkbox item within the checkboxes component. */
      readonly label?: GovukComponents["label"];
      /** Can be used to add a hint to each checkbox item within the checkboxes component. */
      readonly hint?: GovukComponents["hint"];
      /** Divider text to separate checkbox items, for example the text `"or"`. */
      readonly divider?: string;
      /** Whether the checkbox should be checked when the page loads. */
      readonly checked?: boolean;
      /** Provide additional content to reveal when the checkbox is checked. */
      readonly conditional?: {
        /** The HTML to reveal when the checkbox is checked. */
        readonly html: string;
      };
      /** If set to `"exclusive"`, implements a 'None of these' type behaviour via JavaScript when checkboxes are clicked. */
      readonly behaviour?: string;
      /** If `true`, checkbox will be disabled. */
      readonly disabled?: boolean;
      /** HTML attributes (for example data attributes) to add to the checkbox input tag. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** Array of values for checkboxes which should be checked when the page loads. */
    readonly values?: readonly unknown[];
    /** Classes to add to the checkboxes container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the checkboxes container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "cookie-banner": {
    /** The text for the `aria-label` which labels the cookie banner region. */
    readonly ariaLabel?: string;
    /** Defaults to `false`. */
    readonly hidden?: boolean;
    /** The additional classes that you want to add to the cookie banner. */
    readonly classes?: string;
    /** The additional attributes that you want to add to the cookie banner. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** The different messages you can pass into the cookie banner. */
    readonly messages: readonly {
      /** The heading text that displays in the message. */
      readonly headingText?: string;
      /** The heading HTML to use within the message. */
      readonly headingHtml?: string;
      /** The text for the main content within the message. */
      readonly text?: string;
      /** The HTML for the main content within the message. */
      readonly html?: string;
      /** The buttons and links that you want to display in the message. `actions` defaults to `"button"` unless you set `href`, which renders the action as a link. */
      readonly actions?: readonly {
        /** The button or link text. */
        readonly text: string;
        /** The type of button – `"button"` or `"submit"`. */
        readonly type?: string;
        /** The `href` for a link. */
        readonly href?: string;
        /** The name attribute for the button. */
        readonly name?: string;
        /** The value attribute for the button. */
        readonly value?: string;
        /** The additional classes that you want to add to the button or link. */
        readonly classes?: string;
        /** The additional attributes that you want to add to the button or link. */
        readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      }[];
      /** Defaults to `false`. */
      readonly hidden?: boolean;
      /** Set `role` to `"alert"` on confirmation messages to allow assistive tech to automatically read the message. */
      readonly role?: string;
      /** The additional classes that you want to add to the message. */
      readonly classes?: string;
      /** The additional attributes that you want to add to the message. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
  };
  readonly "date-input": {
    /** This is used for the main component and to compose the ID attribute for each item. */
    readonly id: string;
    /** Optional prefix. */
    readonly namePrefix?: string;
    /** The inputs within the date input component. */
    readonly items?: readonly {
      /** Item-specific ID. */
      readonly id?: string;
      /** Item-specific name attribute. */
      readonly name: string;
      /** Item-specific label text. */
      readonly label?: string;
      /** If provided, it will be used as the initial value of the input. */
      readonly value?: string;
      /** If set to `true`, it will show a red error border on the item input. */
      readonly error?: boolean;
      /** Attribute to meet [WCAG success criterion 1.3.5: Identify input purpose](https://www.w3.org/WAI/WCAG22/Understanding/identify-input-purpose.html), for instance `"bday-day"`. */
      readonly autocomplete?: string;
      /** Attribute to [provide a regular expression pattern](https://html.spec.whatwg.org/multipage/input.html#the-pattern-attribute), used to match allowed character combinations for the input value. */
      readonly pattern?: string;
      /** Classes to add to date input item. */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the date input tag. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** Can be used to add a hint to a date input component. */
    readonly hint?: GovukComponents["hint"];
    /** Can be used to add an error message to the date input component. */
    readonly errorMessage?: GovukComponents["error-message"];
    /** Additional options for the form group containing the date input component. */
    readonly formGroup?: {
      /** Classes to add to the form group (for example to show error state for the whole group). */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the form group. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** Content to add before the inputs used by the date input component. */
      readonly beforeInputs?: {
        /** Text to add before the inputs. */
        readonly text?: string;
        /** HTML to add before the inputs. */
        readonly html?: string;
      };
      /** Content to add after the inputs used by the date input component. */
      readonly afterInputs?: {
        /** Text to add after the inputs. */
        readonly text?: string;
        /** HTML to add after the inputs. */
        readonly html?: string;
      };
    };
    /** Can be used to add a fieldset to the date input component. */
    readonly fieldset?: GovukComponents["fieldset"];
    /** Options for the day input within the date input component. */
    readonly day?: Readonly<Record<string, string | number | boolean>>;
    /** Options for the month input within the date input component. */
    readonly month?: Readonly<Record<string, string | number | boolean>>;
    /** Options for the year input within the date input component. */
    readonly year?: Readonly<Record<string, string | number | boolean>>;
    /** Specify `value` attributes for the date parts without setting items. */
    readonly values?: {
      /** The `value` attribute for the day input. */
      readonly day?: string;
      /** The `value` attribute for the month input. */
      readonly month?: string;
      /** The `value` attribute for the year input. */
      readonly year?: string;
    };
    /** Classes to add to the date-input container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the date-input container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly details: {
    /** If `summmaryHtml` is set, this is not required. */
    readonly summaryText?: string;
    /** If `summmaryText` is set, this is not required. */
    readonly summaryHtml?: string;
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** ID to add to the details element. */
    readonly id?: string;
    /** If `true`, details element will be expanded. */
    readonly open?: boolean;
    /** Classes to add to the `<details>` element. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the `<details>` element. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "error-message": {
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** ID attribute to add to the error message `<p>` tag. */
    readonly id?: string;
    /** Classes to add to the error message `<p>` tag. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the error message `<p>` tag. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** A visually hidden prefix used before the error message. */
    readonly visuallyHiddenText?: string;
  };
  readonly "error-summary": {
    /** If `titleHtml` is set, this is not required. */
    readonly titleText?: string;
    /** If `titleText` is set, this is not required. */
    readonly titleHtml?: string;
    /** Text to use for the description of the errors. */
    readonly descriptionText?: string;
    /** HTML to use for the description of the errors. */
    readonly descriptionHtml?: string;
    /** A list of errors to include in the error summary. */
    readonly errorList?: readonly {
      /** Href attribute for the error link item. */
      readonly href?: string;
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
      /** HTML attributes (for example data attributes) to add to the error link anchor. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** Prevent moving focus to the error summary when the page loads. */
    readonly disableAutoFocus?: boolean;
    /** Classes to add to the error-summary container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the error-summary container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "exit-this-page": {
    /** Text for the link. */
    readonly text?: string;
    /** HTML for the link. */
    readonly html?: string;
    /** URL to redirect the current tab to. */
    readonly redirectUrl?: string;
    /** ID attribute to add to the exit this page container. */
    readonly id?: string;
    /** Classes to add to the exit this page container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the exit this page container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Text announced by screen readers when Exit this Page has been activated via the keyboard shortcut. */
    readonly activatedText?: string;
    /** Text announced by screen readers when the keyboard shortcut has timed out without successful activation. */
    readonly timedOutText?: string;
    /** Text announced by screen readers when the user must press <kbd>Shift</kbd> two more times to activate the button. */
    readonly pressTwoMoreTimesText?: string;
    /** Text announced by screen readers when the user must press <kbd>Shift</kbd> one more time to activate the button. */
    readonly pressOneMoreTimeText?: string;
  };
  readonly feedback: {
    /** Text to use within the title of the Feedback component. */
    readonly titleText: string;
    /** HTML to use within the title of the Feedback component. */
    readonly titleHtml: string;
    /** Heading level, from `1` to `6`. */
    readonly headingLevel?: number;
    /** Text to use within the Feedback component content. */
    readonly text?: string;
    /** HTML to use within the Feedback component content. */
    readonly html?: string;
    /** Classes to add to the Feedback component container. */
    readonly classes?: string;
    /** HTML attributes (for example, data attributes) to add to the Feedback component container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly fieldset: {
    /** One or more element IDs to add to the `aria-describedby` attribute, used to provide additional descriptive information for screenreader users. */
    readonly describedBy?: string;
    /** The legend for the fieldset component. */
    readonly legend?: {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
      /** Classes to add to the legend. */
      readonly classes?: string;
      /** Whether the legend also acts as the heading for the page. */
      readonly isPageHeading?: boolean;
    };
    /** Classes to add to the fieldset container. */
    readonly classes?: string;
    /** Optional ARIA role attribute. */
    readonly role?: string;
    /** HTML attributes (for example data attributes) to add to the fieldset container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** HTML to use/render within the fieldset element. */
    readonly html?: string;
  };
  readonly "file-upload": {
    /** The name of the input, which is submitted with the form data. */
    readonly name: string;
    /** The ID of the input. */
    readonly id?: string;
    /** If `true`, file input will be disabled. */
    readonly disabled?: boolean;
    /** If `true`, a user may select multiple files at the same time. */
    readonly multiple?: boolean;
    /** One or more element IDs to add to the `aria-describedby` attribute, used to provide additional descriptive information for screenreader users. */
    readonly describedBy?: string;
    /** The label used by the file upload component. */
    readonly label: GovukComponents["label"];
    /** Can be used to add a hint to the file upload component. */
    readonly hint?: GovukComponents["hint"];
    /** Can be used to add an error message to the file upload component. */
    readonly errorMessage?: GovukComponents["error-message"];
    /** Additional options for the form group containing the file upload component. */
    readonly formGroup?: {
      /** Classes to add to the form group (for example to show error state for the whole group). */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the form group. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** Content to add before the input used by the file upload component. */
      readonly beforeInput?: {
        /** Text to add before the input. */
        readonly text?: string;
        /** HTML to add before the input. */
        readonly html?: string;
      };
      /** Content to add after the input used by the file upload component. */
      readonly afterInput?: {
        /** Text to add after the input. */
        readonly text?: string;
        /** HTML to add after the input. */
        readonly html?: string;
      };
    };
    /** Can be used to enable JavaScript enhancements for the component. */
    readonly javascript?: boolean;
    /** The text of the button that opens the file picker. */
    readonly chooseFilesButtonText?: string;
    /** The text informing users they can drop files. */
    readonly dropInstructionText?: string;
    /** The text displayed when multiple files have been chosen by the user. */
    readonly multipleFilesChosenText?: Readonly<Record<string, string | number | boolean>>;
    /** The text displayed when no file has been chosen by the user. */
    readonly noFileChosenText?: string;
    /** The text announced by assistive technology when user drags files and enters the drop zone. */
    readonly enteredDropZoneText?: string;
    /** The text announced by assistive technology when user drags files and leaves the drop zone without dropping. */
    readonly leftDropZoneText?: string;
    /** Classes to add to the file upload `<input>` element. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the file upload `<input>` element. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Classes to add to the improved file upload component's wrapper. */
    readonly wrapperClasses?: string;
    /** HTML attributes (for example data attributes) to add to the improved file upload component's wrapper. */
    readonly wrapperAttributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly footer: {
    /** The meta section of the footer after any navigation, before the copyright and license information. */
    readonly meta?: {
      /** Title for a meta item section. */
      readonly visuallyHiddenTitle?: string;
      /** HTML to add to the meta section of the footer, which will appear below any links specified using meta `items`. */
      readonly html?: string;
      /** Text to add to the meta section of the footer, which will appear below any links specified using meta `items`. */
      readonly text?: string;
      /** The meta `items` add content within a unordered list to the meta section of the footer component. */
      readonly items?: readonly {
        /** List item text in the meta section of the footer. */
        readonly text: string;
        /** List item link `href` attribute in the meta section of the footer. */
        readonly href: string;
        /** HTML attributes (for example data attributes) to add to the anchor in the footer meta section. */
        readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      }[];
    };
    /** The navigation section of the footer before a section break and the copyright and license information. */
    readonly navigation?: readonly {
      /** Title for a section. */
      readonly title: string;
      /** Amount of columns to display items in navigation section of the footer. */
      readonly columns?: number;
      /** Width of each navigation section in the footer. */
      readonly width?: string;
      /** The items within the navigation section of the footer component. */
      readonly items?: readonly {
        /** List item text in the navigation section of the footer. */
        readonly text: string;
        /** List item link `href` attribute in the navigation section of the footer. */
        readonly href: string;
        /** HTML attributes (for example data attributes) to add to the anchor in the footer navigation section. */
        readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      }[];
    }[];
    /** The content licence information within the footer component. */
    readonly contentLicence?: {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
    };
    /** The copyright information in the footer component, this defaults to `"© Crown copyright"`. */
    readonly copyright?: {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
    };
    /** Classes that can be added to the inner container, useful if you want to make the footer full width. */
    readonly containerClasses?: string;
    /** Classes to add to the footer component container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the footer component container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "generic-header": {
    /** The URL of the logo link. */
    readonly url?: string;
    /** If `logoHtml` is set, this is not required. */
    readonly logoText?: string;
    /** If `logoText` is set, this is not required. */
    readonly logoHtml?: string;
    /** Classes for the container. */
    readonly containerClasses?: string;
    /** Classes to add to the Generic header container. */
    readonly classes?: string;
    /** HTML attributes (for example, data attributes) to add to the Generic header container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly header: {
    /** The URL of the homepage. */
    readonly homepageUrl?: string;
    /** Product name, used when the product name follows on directly from ‘GOV.UK’. */
    readonly productName?: string;
    /** Classes for the container, useful if you want to make the header fixed width. */
    readonly containerClasses?: string;
    /** Classes to add to the header container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the header container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly hint: {
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** Optional ID attribute to add to the hint span tag. */
    readonly id?: string;
    /** Classes to add to the hint span tag. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the hint span tag. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly input: {
    /** The ID of the input. */
    readonly id?: string;
    /** The name of the input, which is submitted with the form data. */
    readonly name: string;
    /** Type of input control to render, for example, a password input control. */
    readonly type?: string;
    /** Optional value for [the inputmode attribute](https://developer.mozilla.org/en-US/docs/Web/HTML/Global_attributes/inputmode). */
    readonly inputmode?: string;
    /** Optional initial value of the input. */
    readonly value?: string;
    /** If `true`, input will be disabled. */
    readonly disabled?: boolean;
    /** One or more element IDs to add to the `aria-describedby` attribute, used to provide additional descriptive information for screenreader users. */
    readonly describedBy?: string;
    /** The label used by the text input component. */
    readonly label: GovukComponents["label"];
    /** Can be used to add a hint to a text input component. */
    readonly hint?: GovukComponents["hint"];
    /** Can be used to add an error message to the text input component. */
    readonly errorMessage?: GovukComponents["error-message"];
    /** Can be used to add a prefix to the text input component. */
    readonly prefix?: {
      /** Required. */
      readonly text?: string;
      /** Required. */
      readonly html?: string;
      /** Classes to add to the prefix. */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the prefix element. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    };
    /** Can be used to add a suffix to the text input component. */
    readonly suffix?: {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
      /** Classes to add to the suffix element. */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the suffix element. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    };
    /** Additional options for the form group containing the text input component. */
    readonly formGroup?: {
      /** Classes to add to the form group (for example to show error state for the whole group). */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the form group. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** Content to add before the input used by the text input component. */
      readonly beforeInput?: {
        /** Text to add before the input. */
        readonly text?: string;
        /** HTML to add before the input. */
        readonly html?: string;
      };
      /** Content to add after the input used by the text input component. */
      readonly afterInput?: {
        /** Text to add after the input. */
        readonly text?: string;
        /** HTML to add after the input. */
        readonly html?: string;
      };
    };
    /** Classes to add to the input. */
    readonly classes?: string;
    /** Attribute to meet [WCAG success criterion 1.3.5: Identify input purpose](https://www.w3.org/WAI/WCAG22/Understanding/identify-input-purpose.html), for instance `"bday-day"`. */
    readonly autocomplete?: string;
    /** Attribute to [provide a regular expression pattern](https://html.spec.whatwg.org/multipage/input.html#the-pattern-attribute), used to match allowed character combinations for the input value. */
    readonly pattern?: string;
    /** Optional field to enable or disable the `spellcheck` attribute on the input. */
    readonly spellcheck?: boolean;
    /** Optional field to enable or disable autocapitalisation of user input. [See the Autocapitalization section in the HTML spec](https://html.spec.whatwg.org/multipage/interaction.html#autocapitalization) for a full list of values that can be used. */
    readonly autocapitalize?: string;
    /** If any of `prefix`, `suffix`, `formGroup.beforeInput` or `formGroup.afterInput` have a value, a wrapping element is added around the input and inserted content. */
    readonly inputWrapper?: {
      /** Classes to add to the wrapping element. */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the wrapping element. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    };
    /** HTML attributes (for example data attributes) to add to the input. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "inset-text": {
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** ID attribute to add to the inset text container. */
    readonly id?: string;
    /** Classes to add to the inset text container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the inset text container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly label: {
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** The value of the `for` attribute, the ID of the input the label is associated with. */
    readonly for?: string;
    /** Whether the label also acts as the heading for the page. */
    readonly isPageHeading?: boolean;
    /** Classes to add to the label tag. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the label tag. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "language-navigation": {
    /** The languages to display within the language navigation. */
    readonly items: readonly {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
      /** The language tag for the language item text (for example, `cy` for Welsh). */
      readonly lang: string;
      /** The language tag for the linked page (for example, `cy` for Welsh). */
      readonly hrefLang?: string;
      /** The text direction of the script the language name is written in (`ltr` for left-to-right scripts or `rtl` for right-to-left). */
      readonly dir?: string;
      /** Link to the current page in this language. */
      readonly href?: string;
      /** Whether this is the language of the current page. */
      readonly current?: boolean;
      /** Visually hidden text after a language link to indicate what the link will do. */
      readonly languageDescriptionText?: string;
      /** Classes to add to the language item anchor. */
      readonly classes?: string;
      /** HTML attributes to add to the language item anchor. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** Plain text label identifying the navigation landmark to screen readers. */
    readonly ariaLabel?: string;
    /** Classes to add to the language navigation container. */
    readonly classes?: string;
    /** HTML attributes to add to the language navigation container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "notification-banner": {
    /** The text that displays in the notification banner. */
    readonly text?: string;
    /** The HTML to use within the notification banner. */
    readonly html?: string;
    /** The title text that displays in the notification banner. */
    readonly titleText?: string;
    /** The title HTML to use within the notification banner. */
    readonly titleHtml?: string;
    /** Sets heading level for the title only. */
    readonly titleHeadingLevel?: string;
    /** The type of notification to render. */
    readonly type?: string;
    /** Overrides the value of the `role` attribute for the notification banner. */
    readonly role?: string;
    /** The `id` for the banner title, and the `aria-labelledby` attribute in the banner. */
    readonly titleId?: string;
    /** If you set `type` to `"success"`, or `role` to `"alert"`, JavaScript moves the keyboard focus to the notification banner when the page loads. */
    readonly disableAutoFocus?: boolean;
    /** The classes that you want to add to the notification banner. */
    readonly classes?: string;
    /** The HTML attributes that you want to add to the notification banner, for example, data attributes. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly pagination: {
    /** The items within the pagination component. */
    readonly items?: readonly {
      /** The pagination item text – usually a page number. */
      readonly number?: string;
      /** The visually hidden label for the pagination item, which will be applied to an `aria-label` and announced by screen readers on the pagination item link. */
      readonly visuallyHiddenText?: string;
      /** The link's URL. */
      readonly href?: string;
      /** Set to `true` to indicate the current page the user is on. */
      readonly current?: boolean;
      /** Use this option if you want to specify an ellipsis at a given point between numbers. */
      readonly ellipsis?: boolean;
      /** The HTML attributes (for example, data attributes) you want to add to the anchor. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** A link to the previous page, if there is a previous page. */
    readonly previous?: {
      /** The text content of the link to the previous page. */
      readonly text?: string;
      /** The HTML content of the link to the previous page. */
      readonly html?: string;
      /** The optional label that goes underneath the link to the previous page, providing further context for the user about where the link goes. */
      readonly labelText?: string;
      /** The previous page's URL. */
      readonly href: string;
      /** The HTML attributes (for example, data attributes) you want to add to the anchor. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    };
    /** A link to the next page, if there is a next page. */
    readonly next?: {
      /** The text content of the link to the next page. */
      readonly text?: string;
      /** The HTML content of the link to the next page. */
      readonly html?: string;
      /** The optional label that goes underneath the link to the next page, providing further context for the user about where the link goes. */
      readonly labelText?: string;
      /** The next page's URL. */
      readonly href: string;
      /** The HTML attributes (for example, data attributes) you want to add to the anchor. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    };
    /** The label for the navigation landmark that wraps the pagination. */
    readonly landmarkLabel?: string;
    /** The classes you want to add to the pagination `nav` parent. */
    readonly classes?: string;
    /** The HTML attributes (for example, data attributes) you want to add to the pagination `nav` parent. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly panel: {
    /** If `titleHtml` is set, this is not required. */
    readonly titleText?: string;
    /** If `titleText` is set, this is not required. */
    readonly titleHtml?: string;
    /** Heading level, from `1` to `6`. */
    readonly headingLevel?: number;
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** Classes to add to the panel container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the panel container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Can be used when creating an [interruption panel](https://design-system.service.gov.uk/components/panel/#interruption-panel) which will add a button or link. */
    readonly actions?: {
      /** The list of buttons or links to display at the end of an Interruption panel. */
      readonly items?: readonly {
        /** The button or link text. */
        readonly text: string;
        /** The type of button – `"button"` or `"submit"`. */
        readonly type?: string;
        /** The `href` for a link. */
        readonly href?: string;
        /** The additional classes that you want to add to the button or link. */
        readonly classes?: string;
        /** The additional attributes that you want to add to the button or link. */
        readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      }[];
      /** The additional classes that you want to add to the `govuk-panel__actions` element that wraps the buttons or links. */
      readonly classes?: string;
      /** The additional attributes that you want to add to the `govuk-panel__actions` element that wraps the buttons or links. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    };
  };
  readonly "password-input": {
    /** The ID of the input. */
    readonly id?: string;
    /** The name of the input, which is submitted with the form data. */
    readonly name: string;
    /** Optional initial value of the input. */
    readonly value?: string;
    /** If `true`, input will be disabled. */
    readonly disabled?: boolean;
    /** One or more element IDs to add to the `aria-describedby` attribute, used to provide additional descriptive information for screenreader users. */
    readonly describedBy?: string;
    /** The label used by the text input component. */
    readonly label: GovukComponents["label"];
    /** Can be used to add a hint to a text input component. */
    readonly hint?: GovukComponents["hint"];
    /** Can be used to add an error message to the text input component. */
    readonly errorMessage?: GovukComponents["error-message"];
    /** Additional options for the form group containing the text input component. */
    readonly formGroup?: {
      /** Classes to add to the form group (for example to show error state for the whole group). */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the form group. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** Content to add before the input used by the text input component. */
      readonly beforeInput?: {
        /** Text to add before the input. */
        readonly text?: string;
        /** HTML to add before the input. */
        readonly html?: string;
      };
      /** Content to add after the input used by the text input component. */
      readonly afterInput?: {
        /** Text to add after the input. */
        readonly text?: string;
        /** HTML to add after the input. */
        readonly html?: string;
      };
    };
    /** Classes to add to the input. */
    readonly classes?: string;
    /** Attribute to meet [WCAG success criterion 1.3.5: Identify input purpose](https://www.w3.org/WAI/WCAG22/Understanding/identify-input-purpose.html). */
    readonly autocomplete?: string;
    /** HTML attributes (for example data attributes) to add to the input. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Button text when the password is hidden. */
    readonly showPasswordText?: string;
    /** Button text when the password is visible. */
    readonly hidePasswordText?: string;
    /** Button text exposed to assistive technologies, like screen readers, when the password is hidden. */
    readonly showPasswordAriaLabelText?: string;
    /** Button text exposed to assistive technologies, like screen readers, when the password is visible. */
    readonly hidePasswordAriaLabelText?: string;
    /** Announcement made to screen reader users when their password has become visible in plain text. */
    readonly passwordShownAnnouncementText?: string;
    /** Announcement made to screen reader users when their password has been obscured and is not visible. */
    readonly passwordHiddenAnnouncementText?: string;
    /** Optional object allowing customisation of the toggle button. */
    readonly button?: {
      /** Classes to add to the button. */
      readonly classes?: string;
    };
  };
  readonly "phase-banner": {
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** The tag used by the phase banner component. */
    readonly tag: GovukComponents["tag"];
    /** Classes to add to the phase banner container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the phase banner container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly radios: {
    /** The fieldset used by the radios component. */
    readonly fieldset?: GovukComponents["fieldset"];
    /** Can be used to add a hint to the radios component. */
    readonly hint?: GovukComponents["hint"];
    /** Can be used to add an error message to the radios component. */
    readonly errorMessage?: GovukComponents["error-message"];
    /** Additional options for the form group containing the radios component. */
    readonly formGroup?: {
      /** Classes to add to the form group (for example to show error state for the whole group). */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the form group. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** Content to add before all radio items within the radios component. */
      readonly beforeInputs?: {
        /** Text to add before all radio items. */
        readonly text?: string;
        /** HTML to add before all radio items. */
        readonly html?: string;
      };
      /** Content to add after all radio items within the radios component. */
      readonly afterInputs?: {
        /** Text to add after all radio items. */
        readonly text?: string;
        /** HTML to add after all radio items. */
        readonly html?: string;
      };
    };
    /** Optional prefix. */
    readonly idPrefix?: string;
    /** Name attribute for the radio items. */
    readonly name: string;
    /** The radio items within the radios component. */
    readonly items: readonly {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
      /** Specific ID attribute for the radio item. */
      readonly id?: string;
      /** Value for the radio input. */
      readonly value: string;
      /** Subset of options for the label used by each radio item within the radios component. */
      readonly label?: GovukComponents["label"];
      /** Can be used to add a hint to each radio item within the radios component. */
      readonly hint?: GovukComponents["hint"];
      /** Divider text to separate radio items, for example the text `"or"`. */
      readonly divider?: string;
      /** Whether the radio should be checked when the page loads. */
      readonly checked?: boolean;
      /** Provide additional content to reveal when the radio is checked. */
      readonly conditional?: {
        /** The HTML to reveal when the radio is checked. */
        readonly html: string;
      };
      /** If `true`, radio will be disabled. */
      readonly disabled?: boolean;
      /** HTML attributes (for example data attributes) to add to the radio input tag. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** The value for the radio which should be checked when the page loads. */
    readonly value?: string;
    /** Classes to add to the radio container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the radio container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly select: {
    /** ID for the select box. */
    readonly id?: string;
    /** Name property for the select. */
    readonly name: string;
    /** The items within the select component. */
    readonly items: readonly {
      /** Value for the option. */
      readonly value?: string;
      /** Text for the option item. */
      readonly text: string;
      /** Whether the option should be selected when the page loads. */
      readonly selected?: boolean;
      /** Sets the option item as disabled. */
      readonly disabled?: boolean;
      /** HTML attributes (for example data attributes) to add to the option. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** Value for the option which should be selected. */
    readonly value?: string;
    /** If `true`, select box will be disabled. */
    readonly disabled?: boolean;
    /** One or more element IDs to add to the `aria-describedby` attribute, used to provide additional descriptive information for screenreader users. */
    readonly describedBy?: string;
    /** The label used by the select component. */
    readonly label: GovukComponents["label"];
    /** Can be used to add a hint to the select component. */
    readonly hint?: GovukComponents["hint"];
    /** Can be used to add an error message to the select component. */
    readonly errorMessage?: GovukComponents["error-message"];
    /** Additional options for the form group containing the select component. */
    readonly formGroup?: {
      /** Classes to add to the form group (for example to show error state for the whole group). */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the form group. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** Content to add before the select used by the select component. */
      readonly beforeInput?: {
        /** Text to add before the select. */
        readonly text?: string;
        /** HTML to add before the select. */
        readonly html?: string;
      };
      /** Content to add after the select used by the select component. */
      readonly afterInput?: {
        /** Text to add after the select. */
        readonly text?: string;
        /** HTML to add after the select. */
        readonly html?: string;
      };
    };
    /** Classes to add to the select. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the select. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "service-navigation": {
    /** Classes to add to the service navigation container. */
    readonly classes?: string;
    /** HTML attributes (for example, data attributes) to add to the service navigation container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** The text for the `aria-label` which labels the service navigation container when a service name is included. */
    readonly ariaLabel?: string;
    /** The text of the mobile navigation menu toggle. */
    readonly menuButtonText?: string;
    /** The screen reader label for the mobile navigation menu toggle. */
    readonly menuButtonLabel?: string;
    /** The screen reader label for the mobile navigation menu. */
    readonly navigationLabel?: string;
    /** The ID used to associate the mobile navigation toggle with the navigation menu. */
    readonly navigationId?: string;
    /** Classes to add to the navigation menu container. */
    readonly navigationClasses?: string;
    /** Whether the navigation should be collapsed inside a menu on mobile. */
    readonly collapseNavigationOnMobile?: boolean;
    /** The name of your service. */
    readonly serviceName?: string;
    /** The homepage of your service. */
    readonly serviceUrl?: string;
    /** Used to add navigation to the service header. */
    readonly navigation: readonly {
      /** If `true`, indicates that the user is currently on this page. */
      readonly current?: boolean;
      /** If `true`, indicates that the user is within this group of pages in the navigation hierarchy. */
      readonly active?: boolean;
      /** HTML for the navigation item. */
      readonly html?: string;
      /** Text for the navigation item. */
      readonly text?: string;
      /** URL of the navigation item anchor. */
      readonly href?: string;
      /** HTML attributes (for example data attributes) to add to the navigation item anchor. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** Specified points for injecting custom HTML into the service header. */
    readonly slots?: {
      /** HTML injected at the start of the service header container. */
      readonly start?: string;
      /** HTML injected at the end of the service header container. */
      readonly end?:
        | string
        | {
            /** HTML injected at the end of the service header container. */
            readonly html?: string;
            /** By default, the `end` slot renders below the navigation items. */
            readonly align?: string;
          };
      /** HTML injected before the first list item in the navigation list. */
      readonly navigationStart?: string;
      /** HTML injected after the last list item in the navigation list. */
      readonly navigationEnd?: string;
    };
  };
  readonly "skip-link": {
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** The value of the skip link’s `href` attribute. */
    readonly href?: string;
    /** Classes to add to the skip link. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the skip link. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "summary-list": {
    /** The rows within the summary list component. */
    readonly rows: readonly {
      /** Classes to add to the row `div`. */
      readonly classes?: string;
      /** The reference content (key) for each row item in the summary list component. */
      readonly key: {
        /** If `html` is set, this is not required. */
        readonly text?: string;
        /** If `text` is set, this is not required. */
        readonly html?: string;
        /** Classes to add to the key wrapper. */
        readonly classes?: string;
      };
      /** The value for each row item in the summary list component. */
      readonly value: {
        /** If `html` is set, this is not required. */
        readonly text?: string;
        /** If `text` is set, this is not required. */
        readonly html?: string;
        /** Classes to add to the value wrapper. */
        readonly classes?: string;
      };
      /** The action link content for each row item in the summary list component. */
      readonly actions?: {
        /** The action link items within the row item of the summary list component. */
        readonly items?: readonly {
          /** The value of the link's `href` attribute for an action item. */
          readonly href: string;
          /** If `html` is set, this is not required. */
          readonly text?: string;
          /** If `text` is set, this is not required. */
          readonly html?: string;
          /** Actions rely on context from the surrounding content so may require additional accessible text. */
          readonly visuallyHiddenText?: string;
          /** Classes to add to the action item. */
          readonly classes?: string;
          /** HTML attributes (for example data attributes) to add to the action item. */
          readonly attributes?: Readonly<Record<string, string | number | boolean>>;
        }[];
        /** Classes to add to the actions wrapper. */
        readonly classes?: string;
      };
    }[];
    /** Can be used to wrap a summary card around the summary list component. */
    readonly card?: {
      /** Data for the summary card header. */
      readonly title?: {
        /** Text to use within each title. */
        readonly text?: string;
        /** Text to use within each title. */
        readonly html?: string;
        /** Heading level, from `1` to `6`. */
        readonly headingLevel?: number;
        /** Classes to add to the title wrapper. */
        readonly classes?: string;
      };
      /** The action link content shown in the header of each summary card wrapped around the summary list component. */
      readonly actions?: {
        /** The action link items shown in the header within the summary card wrapped around the summary list component. */
        readonly items?: readonly {
          /** The value of the link's `href` attribute for an action item. */
          readonly href: string;
          /** If `html` is set, this is not required. */
          readonly text?: string;
          /** If `text` is set, this is not required. */
          readonly html?: string;
          /** Actions rely on context from the surrounding content so may require additional accessible text. */
          readonly visuallyHiddenText?: string;
          /** Classes to add to the action item. */
          readonly classes?: string;
          /** HTML attributes (for example data attributes) to add to the action item. */
          readonly attributes?: Readonly<Record<string, string | number | boolean>>;
        }[];
        /** Classes to add to the actions wrapper. */
        readonly classes?: string;
      };
      /** Classes to add to the container. */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the container. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    };
    /** Classes to add to the container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly table: {
    /** The rows within the table component. */
    readonly rows: readonly (readonly {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
      /** Specify format of a cell. */
      readonly format?: string;
      /** Classes to add to the table row cell. */
      readonly classes?: string;
      /** Specify how many columns a cell extends. */
      readonly colspan?: number;
      /** Specify how many rows a cell extends. */
      readonly rowspan?: number;
      /** HTML attributes (for example data attributes) to add to the table cell. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[])[];
    /** Can be used to add a row of table header cells (`<th>`) at the top of the table component. */
    readonly head?: readonly {
      /** If `html` is set, this is not required. */
      readonly text?: string;
      /** If `text` is set, this is not required. */
      readonly html?: string;
      /** Specify format of a cell. */
      readonly format?: string;
      /** Classes to add to the table head cell. */
      readonly classes?: string;
      /** Specify how many columns a cell extends. */
      readonly colspan?: number;
      /** Specify how many rows a cell extends. */
      readonly rowspan?: number;
      /** HTML attributes (for example data attributes) to add to the table cell. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    }[];
    /** Caption text. */
    readonly caption?: string;
    /** Classes for caption text size. */
    readonly captionClasses?: string;
    /** If set to `true`, the first cell in each row will be a table header (`<th>`). */
    readonly firstCellIsHeader?: boolean;
    /** Classes to add to the table container. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the table container. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly tabs: {
    /** This is used for the main component and to compose the ID attribute for each item. */
    readonly id?: string;
    /** Optional prefix. */
    readonly idPrefix?: string;
    /** Title for the tabs table of contents. */
    readonly title?: string;
    /** The individual tabs within the tabs component. */
    readonly items: readonly {
      /** Specific ID attribute for the tab item. */
      readonly id: string;
      /** The text label of a tab item. */
      readonly label: string;
      /** HTML attributes (for example data attributes) to add to the tab. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** The contents of each tab within the tabs component. */
      readonly panel: {
        /** If `html` is set, this is not required. */
        readonly text?: string;
        /** If `text` is set, this is not required. */
        readonly html?: string;
        /** HTML attributes (for example data attributes) to add to the tab panel. */
        readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      };
    }[];
    /** Classes to add to the tabs component. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the tabs component. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly tag: {
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** Classes to add to the tag. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the tag. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "task-list": {
    /** The items for each task within the task list component. */
    readonly items: readonly {
      /** The main title for the task within the task list component. */
      readonly title: {
        /** Text to use within the title. */
        readonly text?: string;
        /** HTML to use within the title. */
        readonly html?: string;
        /** Classes to add to the title wrapper. */
        readonly classes?: string;
      };
      /** Can be used to add a hint to each task within the task list component. */
      readonly hint?: {
        /** Text to use within the hint. */
        readonly text?: string;
        /** HTML to use within the hint. */
        readonly html?: string;
      };
      /** The status for each task within the task list component. */
      readonly status: {
        /** Can be used to add a tag to the status of the task within the task list component. */
        readonly tag?: GovukComponents["tag"];
        /** Text to use for the status, as an alternative to using a tag. */
        readonly text?: string;
        /** HTML to use for the status, as an alternative to using a tag. */
        readonly html?: string;
        /** Classes to add to the status container. */
        readonly classes?: string;
      };
      /** The value of the link’s `href` attribute for the task list item. */
      readonly href?: string;
      /** Classes to add to the item `div`. */
      readonly classes?: string;
    }[];
    /** Classes to add to the `ul` container for the task list. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the `ul` container for the task list. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
    /** Optional prefix. */
    readonly idPrefix?: string;
  };
  readonly textarea: {
    /** The ID of the textarea. */
    readonly id?: string;
    /** The name of the textarea, which is submitted with the form data. */
    readonly name: string;
    /** Optional field to enable or disable the `spellcheck` attribute on the textarea. */
    readonly spellcheck?: boolean;
    /** Optional number of textarea rows (default is 5 rows). */
    readonly rows?: string;
    /** Optional initial value of the textarea. */
    readonly value?: string;
    /** If `true`, textarea will be disabled. */
    readonly disabled?: boolean;
    /** One or more element IDs to add to the `aria-describedby` attribute, used to provide additional descriptive information for screenreader users. */
    readonly describedBy?: string;
    /** The label used by the textarea component. */
    readonly label: GovukComponents["label"];
    /** Can be used to add a hint to the textarea component. */
    readonly hint?: GovukComponents["hint"];
    /** Can be used to add an error message to the textarea component. */
    readonly errorMessage?: GovukComponents["error-message"];
    /** Additional options for the form group containing the textarea component. */
    readonly formGroup?: {
      /** Classes to add to the form group (for example to show error state for the whole group). */
      readonly classes?: string;
      /** HTML attributes (for example data attributes) to add to the form group. */
      readonly attributes?: Readonly<Record<string, string | number | boolean>>;
      /** Content to add before the textarea used by the textarea component. */
      readonly beforeInput?: {
        /** Text to add before the textarea. */
        readonly text?: string;
        /** HTML to add before the textarea. */
        readonly html?: string;
      };
      /** Content to add after the textarea used by the textarea component. */
      readonly afterInput?: {
        /** Text to add after the textarea. */
        readonly text?: string;
        /** HTML to add after the textarea. */
        readonly html?: string;
      };
    };
    /** Classes to add to the textarea. */
    readonly classes?: string;
    /** Attribute to meet [WCAG success criterion 1.3.5: Identify input purpose](https://www.w3.org/WAI/WCAG22/Understanding/identify-input-purpose.html), for instance `"bday-day"`. */
    readonly autocomplete?: string;
    /** HTML attributes (for example data attributes) to add to the textarea. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
  readonly "warning-text": {
    /** If `html` is set, this is not required. */
    readonly text?: string;
    /** If `text` is set, this is not required. */
    readonly html?: string;
    /** The fallback text for the icon. */
    readonly iconFallbackText?: string;
    /** Classes to add to the warning text. */
    readonly classes?: string;
    /** HTML attributes (for example data attributes) to add to the warning text. */
    readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  };
}
