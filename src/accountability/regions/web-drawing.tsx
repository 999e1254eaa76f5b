import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Figure, Fold, Govuk, type Link, Table } from "../../platform/pages/index.js";
import { type DrawingMeasure, limitsOf, slotName } from "./drawing/measure.js";
import { southEastAndSouthLondon, southEastSource } from "./drawing/regions-before-2022.js";
import type { MeasuredScenario } from "./service.js";
import { counted, qualityOf, signedPercent } from "./web-words.js";

/** What a move was tried with, and what came of it. */
export interface Tried {
  readonly authority: string;
  readonly slot: string;
  readonly measure: DrawingMeasure | null;
}

interface DrawingProps {
  readonly drawing: MeasuredScenario;
  readonly map: string | null;
  readonly csrf: string;
  readonly errors: readonly Link[];
  readonly tried: Tried | null;
  readonly wish: Readonly<Record<"title" | "startsOn" | "reasons", string>>;
}

/** One drawing: how good it is, the map, the balance, who changes; and what can be done with it. */
export function DrawingContent(props: DrawingProps) {
  const { drawing, errors } = props;
  const { scenario, measure } = drawing;
  return (
    <>
      <ErrorSummary errors={errors} />
      <span class="govuk-caption-xl">Drawing {scenario.id}</span>
      <h1 class="govuk-heading-xl">{scenario.title}</h1>
      {scenario.state === "waiting" ? (
        <p class="govuk-body-l">
          It is being drawn.{" "}
          <a class="govuk-link" href={`/jobs/${scenario.job ?? ""}`}>
            See how far it is
          </a>
          , or load this page again.
        </p>
      ) : (
        <p class="govuk-body-l">{qualityOf(drawing)}</p>
      )}
      <Impossible drawing={drawing} />
      {measure && <Drawn {...props} measure={measure} />}
    </>
  );
}

function Impossible({ drawing: { scenario } }: { drawing: MeasuredScenario }) {
  const why = scenario.result?.impossible;
  if (!why) return null;
  const tolerance = (what: string, value: number | null, given: number) =>
    value === null
      ? []
      : [`The tolerance in ${what} must be more than ${value.toFixed(1)}% instead of ${given}%, all else as asked.`];
  const sentences = [
    ...tolerance("schools", why.schoolsTolerancePercent, scenario.settings.schoolsTolerancePercent),
    ...tolerance("pupils", why.pupilsTolerancePercent, scenario.settings.pupilsTolerancePercent),
    ...why.wishes.map((wish) => `It stands in the way ${wish}.`),
  ];
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body">What would have to give, each by itself:</p>
      <ul class="govuk-list govuk-list--bullet">
        {sentences.map((sentence) => (
          <li>{sentence}</li>
        ))}
        {sentences.length === 0 && <li>No single tolerance and no single wish: more than one has to give.</li>}
      </ul>
    </div>
  );
}

function Drawn(props: DrawingProps & { readonly measure: DrawingMeasure }) {
  const { drawing, measure, map } = props;
  const { scenario, task } = drawing;
  const { units } = scenario.country;
  const limits = limitsOf(task);
  return (
    <>
      {measure.broken.length > 0 && <Broken broken={measure.broken} />}
      <Govuk
        is="summary-list"
        options={{
          rows: [
            [
              "Schools that change office",
              `${counted(measure.schoolsChanged)} (${measure.schoolsChangedPercent.toFixed(1)}%)`,
            ],
            [
              "Pupils whose school changes office",
              `${counted(measure.pupilsChanged)} (${measure.pupilsChangedPercent.toFixed(1)}%)`,
            ],
            ["Authorities that change office", String(measure.changed.length)],
            ["Border between regions", `${counted(measure.cutKm)} km, ${measure.cutPercent.toFixed(0)}% of today's`],
          ].map(([key, value]) => ({ key: { text: key! }, value: { text: value! } })),
        }}
      />
      <h2 class="govuk-heading-m">The regions</h2>
      {map !== null && (
        <Figure
          title="The drawing"
          lead="A ring marks an authority whose office changes. With boundaries, thin dashed lines are today's borders; without them each authority is a circle, as large as its number of schools."
          chart={map}
          tableTitle="Show the authorities that change"
          table={
            <Table
              caption="Authorities whose office changes"
              columns={[
                { heading: "Authority", cell: (i) => units[i]!.name },
                { heading: "From", cell: (i) => scenario.country.offices[units[i]!.today]?.name ?? "" },
                { heading: "To", cell: (i) => slotName(task, scenario.result!.slotOf[i]!) },
                { heading: "Schools", numeric: true, cell: (i) => counted(units[i]!.schools) },
              ]}
              rows={[...measure.changed]}
            />
          }
        />
      )}
      <Balance drawing={drawing} measure={measure} />
      <p class="govuk-body-s">
        Asked for: {counted(Math.ceil(limits.schools.least))} to {counted(Math.floor(limits.schools.most))} schools and{" "}
        {counted(Math.ceil(limits.pupils.least))} to {counted(Math.floor(limits.pupils.most))} pupils a region.
      </p>
      <Before drawing={drawing} />
      <Record drawing={drawing} />
      <p class="govuk-body">
        Download{" "}
        <a class="govuk-link" href={`/drawings/${scenario.id}/regions.csv`}>
          the regions as CSV
        </a>{" "}
        or{" "}
        <a class="govuk-link" href={`/drawings/${scenario.id}/regions.geojson`}>
          as GeoJSON
        </a>
        .
      </p>
      {scenario.state !== "adopted" && <MoveForm {...props} />}
      {scenario.state === "drawn" && measure.broken.length === 0 && <AdoptForm {...props} />}
    </>
  );
}

function Broken({ broken }: { broken: readonly string[] }) {
  return (
    <div class="govuk-inset-text">
      <p class="govuk-body">What doesn't hold:</p>
      <ul class="govuk-list govuk-list--bullet">
        {broken.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

function Balance({ drawing: { task }, measure }: { drawing: MeasuredScenario; measure: DrawingMeasure }) {
  return (
    <Table
      caption="Balance of the regions"
      columns={[
        { heading: "Region", cell: ({ slot }, i) => `${i + 1} ${slotName(task, slot)}` },
        { heading: "Authorities", numeric: true, cell: ({ units }) => String(units.length) },
        { heading: "Schools", numeric: true, cell: ({ schools }) => counted(schools) },
        { heading: "From the average", numeric: true, cell: ({ schoolsPercent }) => signedPercent(schoolsPercent) },
        { heading: "Pupils", numeric: true, cell: ({ pupils }) => counted(pupils) },
        { heading: "From the average", numeric: true, cell: ({ pupilsPercent }) => signedPercent(pupilsPercent) },
      ]}
      rows={[...measure.regions]}
    />
  );
}

/** How the one commissioner's region whose list is known would be served. */
function Before({ drawing: { scenario, task } }: { drawing: MeasuredScenario }) {
  const slots = scenario.country.units.flatMap(({ code }, i) =>
    southEastAndSouthLondon.includes(code) ? [scenario.result!.slotOf[i]!] : [],
  );
  if (slots.length === 0) return null;
  const names = [...new Set(slots)].map(
    (slot) => `${slotName(task, slot)} (${slots.filter((one) => one === slot).length})`,
  );
  return (
    <Fold summary="Compare with the commissioners' regions of 2014 to 2022">
      <p class="govuk-body">
        Of the eight, the list of authorities is at hand for one: South-East England and South London. Its{" "}
        {slots.length} authorities lie here in {names.join(", ")}.
      </p>
      <p class="govuk-body-s">{southEastSource.kind === "published" ? southEastSource.citation : ""}</p>
    </Fold>
  );
}

function Record({ drawing: { scenario } }: { drawing: MeasuredScenario }) {
  const record = scenario.result?.record;
  return (
    <Fold summary="How it was drawn">
      {record ? (
        <p class="govuk-body">
          {record.searches} searches of {counted(record.steps)} steps from seed {scenario.settings.seed} found{" "}
          {record.found.map((value) => value?.toFixed(2) ?? "nothing that holds").join("; ")}. The bound:{" "}
          {record.solver}, {record.cuts} cuts in {record.rounds} rounds.
          {record.stoppedByTime && " The proof was stopped by its limit, so the bound may differ on another machine."}
        </p>
      ) : (
        <p class="govuk-body">
          Moved by hand from drawing {scenario.result?.from}, whose bound holds for the same settings.
        </p>
      )}
      <p class="govuk-body">
        Each office of today keeps the authority in which it has the most pupils, its seat. Islands are joined to where
        their ferries go.
      </p>
    </Fold>
  );
}

const errorOf = (errors: readonly Link[], id: string) => {
  const found = errors.find(({ href }) => href === `#${id}`);
  return found ? { errorMessage: { text: found.text } } : {};
};

function MoveForm({ drawing, csrf, errors, tried }: DrawingProps) {
  const { scenario, task, measure } = drawing;
  return (
    <>
      <h2 class="govuk-heading-l">Move an authority by hand</h2>
      {tried?.measure && (
        <Govuk
          is="inset-text"
          options={{
            text: `With this move ${counted(tried.measure.schoolsChanged)} schools change office and the value is ${tried.measure.value.toFixed(2)}. ${tried.measure.broken.length === 0 ? "Everything that was asked holds." : `What breaks: ${tried.measure.broken.join("; ")}.`}`,
          }}
        />
      )}
      <Form action={`/drawings/${scenario.id}/move`} csrf={csrf}>
        <Govuk
          is="select"
          options={{
            ...{ id: "authority", name: "authority", label: { text: "Authority" }, value: tried?.authority ?? "" },
            items: [
              { value: "", text: "Choose one" },
              ...scenario.country.units.map(({ code, name }) => ({ value: code, text: name })),
            ],
            ...errorOf(errors, "authority"),
          }}
        />
        <Govuk
          is="select"
          options={{
            ...{ id: "slot", name: "slot", label: { text: "To region" }, value: tried?.slot ?? "" },
            items: (measure?.regions ?? []).map(({ slot }) => ({ value: String(slot), text: slotName(task, slot) })),
            ...errorOf(errors, "slot"),
          }}
        />
        <div class="govuk-button-group">
          <Govuk
            is="button"
            options={{ text: "Try it", name: "action", value: "try", classes: "govuk-button--secondary" }}
          />
          <Govuk is="button" options={{ text: "Keep it as a new drawing", name: "action", value: "keep" }} />
        </div>
      </Form>
    </>
  );
}

function AdoptForm({ drawing, csrf, errors, wish }: DrawingProps) {
  const { scenario } = drawing;
  return (
    <>
      <h2 class="govuk-heading-l">Adopt it</h2>
      <p class="govuk-body">
        From its first day the offices of these regions answer for every duty in them. Cases that are open on that day
        stay with the office that opened them.
      </p>
      <Form action={`/drawings/${scenario.id}/adopt`} csrf={csrf} version={scenario.version}>
        <Govuk
          is="input"
          options={{
            id: "title",
            name: "title",
            value: wish.title,
            classes: "govuk-input--width-20",
            label: { text: "Title" },
            ...errorOf(errors, "title"),
          }}
        />
        <Govuk
          is="input"
          options={{
            ...{ id: "startsOn", name: "startsOn", value: wish.startsOn, classes: "govuk-input--width-10" },
            ...{
              label: { text: "First day" },
              hint: { text: "As 2027-09-01; after today" },
              ...errorOf(errors, "startsOn"),
            },
          }}
        />
        <Govuk
          is="textarea"
          options={{
            id: "reasons",
            name: "reasons",
            value: wish.reasons,
            label: { text: "Reasons" },
            ...errorOf(errors, "reasons"),
          }}
        />
        <Govuk
          is="button"
          options={{ text: "Adopt this drawing", classes: "govuk-button--warning", preventDoubleClick: true }}
        />
      </Form>
    </>
  );
}

/** Two drawings side by side. */
export function CompareContent({ drawings }: { drawings: readonly [MeasuredScenario, MeasuredScenario] }) {
  const [a, b] = drawings;
  const rows: readonly (readonly [string, (drawing: MeasuredScenario) => string])[] = [
    ["Regions", ({ measure }) => String(measure?.regions.length ?? "")],
    ["Schools that change office", ({ measure }) => (measure ? counted(measure.schoolsChanged) : "")],
    ["Pupils whose school changes office", ({ measure }) => (measure ? counted(measure.pupilsChanged) : "")],
    ["Border, percent of today's", ({ measure }) => (measure ? measure.cutPercent.toFixed(0) : "")],
    [
      "Largest distance from the average, schools",
      ({ measure }) =>
        measure ? `${Math.max(...measure.regions.map((r) => Math.abs(r.schoolsPercent))).toFixed(1)}%` : "",
    ],
    [
      "Largest distance from the average, pupils",
      ({ measure }) =>
        measure ? `${Math.max(...measure.regions.map((r) => Math.abs(r.pupilsPercent))).toFixed(1)}%` : "",
    ],
    ["Value", ({ measure }) => measure?.value.toFixed(2) ?? ""],
    ["How good", qualityOf],
  ];
  const slotOf = new Map(b.scenario.country.units.map(({ code }, i) => [code, b.scenario.result?.slotOf[i] ?? -1]));
  const differing = a.scenario.country.units.flatMap(({ code, name }, i) => {
    const [first, second] = [a.scenario.result?.slotOf[i] ?? -1, slotOf.get(code) ?? -1];
    return first === second || first === -1 || second === -1
      ? []
      : [{ name, first: slotName(a.task, first), second: slotName(b.task, second) }];
  });
  return (
    <>
      <h1 class="govuk-heading-xl">Two drawings compared</h1>
      <Table
        caption="Both in figures"
        columns={[
          { heading: "Figure", cell: ([name]) => name },
          { heading: `${a.scenario.id} ${a.scenario.title}`, cell: ([, of]) => of(a) },
          { heading: `${b.scenario.id} ${b.scenario.title}`, cell: ([, of]) => of(b) },
        ]}
        rows={[...rows]}
      />
      <Table
        caption={`Authorities that the two serve from different regions: ${differing.length}`}
        columns={[
          { heading: "Authority", cell: ({ name }) => name },
          { heading: `In ${a.scenario.id}`, cell: ({ first }) => first },
          { heading: `In ${b.scenario.id}`, cell: ({ second }) => second },
        ]}
        rows={differing}
      />
    </>
  );
}
