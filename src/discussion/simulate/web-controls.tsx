import { Fold } from "../../platform/pages/index.js";
import { type Control, type Lever, levers } from "../../simulation/levers/index.js";
import { simulationParameters } from "../../simulation/parameters/index.js";
import { modelHorizon, reformFrom, scenarioLimits } from "../../simulation/scenario/index.js";
import { academicYearOf } from "../runs/amounts.js";
import { usualRun } from "./usual-run.js";

const short = (value: number) => String(Number(value.toFixed(3)));

function Hint({ id, children }: { id: string; children?: string }) {
  return (
    <div id={`${id}-hint`} class="govuk-hint">
      {children}
    </div>
  );
}

/** Where an error of a field is written. */
const ErrorPlace = ({ id }: { id: string }) => <p id={`${id}-error`} class="govuk-error-message" hidden />;

function SelectControl({ control }: { control: Control }) {
  const parameter = simulationParameters.find(({ path }) => path === control.paths[0]);
  return (
    <select class="govuk-select" id={control.id} name={control.id} aria-describedby={`${control.id}-error`}>
      {(parameter?.forms ?? []).map(({ value, label }) => (
        <option value={String(value)} selected={value === control.neutral}>
          {label}
        </option>
      ))}
    </select>
  );
}

/** A number, and beside it a slider where the lever is one to move about. */
function NumberControl({ control }: { control: Control }) {
  const { id, label, widget, low, high, step, neutral } = control;
  return (
    <>
      <input
        class="govuk-input govuk-input--width-5"
        id={id}
        name={id}
        inputmode="decimal"
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`${id}-hint ${id}-error`}
        value={short(neutral)}
      />
      {widget === "range" && (
        <input
          class="site-slider"
          id={`${id}-slider`}
          type="range"
          aria-label={`${label}, slider`}
          min={String(low)}
          max={String(high)}
          step={String(step)}
          value={String(neutral)}
        />
      )}
    </>
  );
}

function ControlField({ control }: { control: Control }) {
  const { id, label, unit, low, high, neutral } = control;
  const isSelect = control.widget === "select";
  return (
    <div class="govuk-form-group" data-control={id}>
      <label class="govuk-label" for={id}>
        {label}
      </label>
      {!isSelect && (
        <Hint id={id}>
          {`${unit[0]!.toUpperCase()}${unit.slice(1)}, from ${low.toLocaleString("en-GB")} to ${high.toLocaleString("en-GB")}. Unchanged at ${short(neutral)}.`}
        </Hint>
      )}
      <ErrorPlace id={id} />
      {isSelect ? <SelectControl control={control} /> : <NumberControl control={control} />}
    </div>
  );
}

/** A lever with its controls behind a fold that says whether it is moved. */
function LeverFields({ lever, page }: { lever: Lever; page: string | null }) {
  const { id, proposal, label, changes, controls } = lever;
  return (
    <details class="govuk-details site-lever" data-lever={id}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          {label}
          <span class="site-lever__state" data-state />
        </span>
      </summary>
      <div class="govuk-details__text">
        <p class="govuk-body-s">
          {changes}{" "}
          {proposal !== "pay" && (
            <a class="govuk-link" href={page ?? `/proposals#${proposal.toLowerCase()}`}>
              Proposal {proposal}
            </a>
          )}
        </p>
        <fieldset class="govuk-fieldset">
          <legend class="govuk-visually-hidden">{label}</legend>
          {controls.map((control) => (
            <ControlField control={control} />
          ))}
        </fieldset>
        <div class="govuk-button-group">
          <button type="button" class="govuk-button govuk-button--secondary" data-suggest={id}>
            Set as suggested<span class="govuk-visually-hidden">: {label}</span>
          </button>
          <button type="button" class="govuk-button govuk-button--secondary" data-unset={id}>
            Set back<span class="govuk-visually-hidden">: {label}</span>
          </button>
        </div>
      </div>
    </details>
  );
}

interface PlainField {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly width?: 5 | 10;
}

function PlainInput({ id, label, hint, value = "", width }: PlainField) {
  return (
    <div class="govuk-form-group" data-control={id}>
      <label class="govuk-label" for={id}>
        {label}
      </label>
      {hint !== undefined && <Hint id={id}>{hint}</Hint>}
      <ErrorPlace id={id} />
      <input
        class={`govuk-input${width ? ` govuk-input--width-${width}` : ""}`}
        {...{ id, name: id, value, autocomplete: "off", spellcheck: false }}
        aria-describedby={`${hint === undefined ? "" : `${id}-hint `}${id}-error`}
      />
    </div>
  );
}

/** Any other parameter, for certain years. */
function OtherChange() {
  const last = modelHorizon.first + modelHorizon.years - 1;
  return (
    <Fold summary="Change any other number">
      <div id="other-changes" />
      <fieldset class="govuk-fieldset">
        <legend class="govuk-visually-hidden">Change any other number</legend>
        <PlainInput
          id="other-path"
          label="Name"
          hint="As it stands on the page of all numbers; type a part of it to choose."
        />
        <p id="other-about" class="govuk-body-s" />
        <PlainInput id="other-value" label="Value" width={5} />
        <PlainInput
          id="other-from"
          label="First academic year"
          hint={`The year it begins in, ${modelHorizon.first} to ${last}`}
          value={String(reformFrom)}
          width={5}
        />
        <PlainInput id="other-to" label="Last academic year" hint={`Empty: up to ${academicYearOf(last)}`} width={5} />
        <button type="button" class="govuk-button govuk-button--secondary" id="other-add">
          Add this change
        </button>
      </fieldset>
      <p class="govuk-body-s">
        <a class="govuk-link" href="/simulate/parameters">
          Every number with its source
        </a>
      </p>
    </Fold>
  );
}

function Luck() {
  const [least, most] = scenarioLimits.draws;
  return (
    <Fold summary="Draws and luck">
      <PlainInput
        id="draws"
        label="Draws of the uncertain numbers"
        hint={`From ${least} to ${most}. More are slower and surer; with 1 there is no interval.`}
        value={String(usualRun.draws)}
        width={5}
      />
      <PlainInput
        id="seed"
        label="Seed"
        hint="Same seed, same luck: a whole number from 0 to 4,294,967,295"
        value={String(usualRun.seed)}
        width={10}
      />
    </Fold>
  );
}

/** Every lever as fields of a form; they do nothing without a script, which shows them. */
export function Controls({ pageOf }: { pageOf: (proposal: string) => string | null }) {
  return (
    <form id="simulator-levers" class="govuk-grid-column-one-third" novalidate hidden>
      <details id="simulator-fold" class="site-simulate-fold">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">Change the proposals</span>
        </summary>
        <h2 class="govuk-heading-m">Levers</h2>
        <p class="govuk-body-s">They act from {academicYearOf(reformFrom)} on.</p>
        {levers.map((lever) => (
          <LeverFields lever={lever} page={pageOf(lever.proposal)} />
        ))}
        <OtherChange />
        <Luck />
        <button type="button" class="govuk-button govuk-button--secondary" id="simulator-reset">
          Set everything back
        </button>
        <div class="site-simulate-summary">
          <p id="simulator-summary" class="govuk-body-s" />
          <button type="button" class="site-link-button" id="simulator-to-results">
            Go to the results
          </button>
        </div>
      </details>
    </form>
  );
}
