import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, Table } from "../../platform/pages/index.js";
import type { Scenario } from "./scenario.js";
import type { SettingFields } from "./web-form.js";

const states = {
  waiting: "Being drawn",
  drawn: "Drawn",
  impossible: "Nothing holds what was asked",
  adopted: "Adopted",
} as const;

interface FieldsProps {
  readonly fields: SettingFields;
  readonly errors: readonly Link[];
}

const errorOf = (errors: readonly Link[], id: string) => {
  const found = errors.find(({ href }) => href === `#${id}`);
  return found ? { errorMessage: { text: found.text } } : {};
};

function Field(
  props: FieldsProps & {
    readonly id: keyof SettingFields;
    readonly label: string;
    readonly hint?: string;
    readonly width?: string;
    readonly rows?: number;
  },
) {
  const { fields, errors, id, label, hint, width, rows } = props;
  const shared = {
    ...{ id, name: id, value: fields[id], label: { text: label, classes: "govuk-label--s" } },
    ...(hint && { hint: { text: hint } }),
    ...errorOf(errors, id),
  };
  return rows ? (
    <Govuk is="textarea" options={{ ...shared, rows: String(rows) }} />
  ) : (
    <Govuk is="input" options={{ ...shared, classes: width ?? "govuk-input--width-4" }} />
  );
}

function Choice(
  props: FieldsProps & {
    readonly id: "changeBy" | "effort";
    readonly legend: string;
    readonly items: readonly (readonly [string, string])[];
  },
) {
  return (
    <Govuk
      is="radios"
      options={{
        ...{ idPrefix: props.id, name: props.id, value: props.fields[props.id] },
        fieldset: { legend: { text: props.legend, classes: "govuk-fieldset__legend--s" } },
        items: props.items.map(([value, text]) => ({ value, text })),
        ...errorOf(props.errors, props.id),
      }}
    />
  );
}

/** The list of drawings and the form for a new one. */
export function DrawingsContent(
  props: FieldsProps & { readonly csrf: string; readonly scenarios: readonly Omit<Scenario, "country" | "job">[] },
) {
  const { fields, errors, csrf, scenarios } = props;
  const shared = { fields, errors };
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">Draw regions</h1>
      <p class="govuk-body-l">
        Regions of whole authorities, in one piece each, balanced, and with as few schools as possible that change
        office.
      </p>
      {scenarios.length > 0 && (
        <Table
          caption="Drawings"
          columns={[
            {
              heading: "Drawing",
              cell: ({ id, title }) => <a class="govuk-link" href={`/drawings/${id}`}>{`${id} ${title}`}</a>,
            },
            { heading: "State", cell: ({ state }) => states[state] },
            { heading: "Regions", numeric: true, cell: ({ settings }) => String(settings.regions) },
            { heading: "Made by", cell: ({ madeBy }) => madeBy },
          ]}
          rows={[...scenarios]}
        />
      )}
      {scenarios.length > 1 && <Compare scenarios={scenarios} />}
      <h2 class="govuk-heading-l">A new drawing</h2>
      <Form action="/drawings" csrf={csrf}>
        <Field {...shared} id="title" label="Title" width="govuk-input--width-20" />
        <Field {...shared} id="regions" label="Number of regions" hint="From 6 to 15; today there are nine." />
        <Field
          {...shared}
          id="schoolsTolerancePercent"
          label="Tolerance in schools, in percent"
          hint="How far a region may be from the average of the regions."
        />
        <Field {...shared} id="pupilsTolerancePercent" label="Tolerance in pupils, in percent" />
        <Choice
          {...shared}
          id="changeBy"
          legend="What counts as change"
          items={[
            ["schools", "Schools that change office"],
            ["pupils", "Pupils whose school changes office"],
          ]}
        />
        <Field
          {...shared}
          id="borderWeight"
          label="Weight of the borders"
          hint="How many percent of change one percent of today's inner borders is worth. 0 leaves the shape out of account."
        />
        <Field
          {...shared}
          id="together"
          label="Kept together"
          hint="One group of authorities a line, by their codes, as 350 351 352"
          rows={3}
        />
        <Field {...shared} id="apart" label="Kept apart" hint="One pair a line, as 330 383" rows={3} />
        <Field
          {...shared}
          id="fixed"
          label="Fixed to a region of today"
          hint="One authority and region a line, as 825 E12000006"
          rows={3}
        />
        <Field {...shared} id="seed" label="Seed" hint="The same seed and settings draw the same regions." />
        <Choice
          {...shared}
          id="effort"
          legend="Effort"
          items={[
            ["quick", "Quick: a minute or less"],
            ["thorough", "Thorough: some minutes, for a better proof"],
          ]}
        />
        <Govuk is="button" options={{ text: "Draw", preventDoubleClick: true }} />
      </Form>
      <Files csrf={csrf} />
    </>
  );
}

function Compare({ scenarios }: { scenarios: readonly { readonly id: number; readonly title: string }[] }) {
  const items = scenarios.map(({ id, title }) => ({ value: String(id), text: `${id} ${title}` }));
  return (
    <form method="get" action="/drawings/compare" novalidate>
      <h2 class="govuk-heading-m">Compare two</h2>
      <Govuk is="select" options={{ id: "a", name: "a", label: { text: "First" }, items }} />
      <Govuk is="select" options={{ id: "b", name: "b", label: { text: "Second" }, items: items.toReversed() }} />
      <Govuk is="button" options={{ text: "Compare", classes: "govuk-button--secondary" }} />
    </form>
  );
}

function Files({ csrf }: { csrf: string }) {
  return (
    <>
      <h2 class="govuk-heading-l">Regions from a file</h2>
      <Form action="/drawings/given" csrf={csrf} multipart>
        <Govuk
          is="file-upload"
          options={{
            ...{ id: "file", name: "file" },
            label: { text: "Regions as CSV", classes: "govuk-label--s" },
            hint: { text: "Columns authority, region_code, region_name, office; a line for each authority of today" },
          }}
        />
        <Govuk
          is="input"
          options={{ id: "given-title", name: "title", classes: "govuk-input--width-20", label: { text: "Title" } }}
        />
        <Govuk
          is="input"
          options={{
            id: "given-startsOn",
            name: "startsOn",
            classes: "govuk-input--width-10",
            label: { text: "First day" },
            hint: { text: "As 2027-09-01" },
          }}
        />
        <Govuk is="input" options={{ id: "given-reasons", name: "reasons", label: { text: "Reasons" } }} />
        <Govuk is="button" options={{ text: "Adopt these regions", classes: "govuk-button--warning" }} />
      </Form>
      <h2 class="govuk-heading-l">Boundaries</h2>
      <Form action="/drawings/boundaries" csrf={csrf} multipart>
        <Govuk
          is="file-upload"
          options={{
            ...{ id: "boundaries", name: "file" },
            label: { text: "Boundaries of the authorities as GeoJSON", classes: "govuk-label--s" },
            hint: { text: "Longitude and latitude, also compressed (.gz). Maps then show true shapes." },
          }}
        />
        <Govuk is="button" options={{ text: "Bring boundaries", classes: "govuk-button--secondary" }} />
      </Form>
    </>
  );
}
