import { type Control, controls, levers, type Settings } from "../../../simulation/levers/index.js";
import { scenarioLimits } from "../../../simulation/scenario/index.js";
import { byId } from "./elements.js";

/** What is wrong with a field, for the summary and beside the field. */
export interface FieldProblem {
  readonly id: string;
  readonly message: string;
}

/** Writes what is wrong with a field beside it, or takes it away. */
export function tellField(id: string, message: string | null): void {
  const place = byId(`${id}-error`, HTMLParagraphElement);
  const field = document.getElementById(id);
  place.hidden = message === null;
  place.textContent = message === null ? "" : `Error: ${message}`;
  place.closest(".govuk-form-group")?.classList.toggle("govuk-form-group--error", message !== null);
  field?.classList.toggle("govuk-input--error", message !== null && field instanceof HTMLInputElement);
}

/** What a reader typed, as a number; null for what is none. */
export function typedNumber(text: string): number | null {
  const plain = text
    .trim()
    .replace(/[£\s]|,(?=\d{3}(?:\D|$))/g, "")
    .replace("\u2212", "-");
  if (plain === "" || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(plain)) return null;
  return Number(plain);
}

/** A number as it stands in a field. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(12)));

const fieldOf = ({ id }: Control): HTMLInputElement | HTMLSelectElement => {
  const field = document.getElementById(id);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) return field;
  throw new Error(`the page has no field "${id}"`);
};

const sliderOf = ({ id }: Control): HTMLInputElement | null => {
  const slider = document.getElementById(`${id}-slider`);
  return slider instanceof HTMLInputElement ? slider : null;
};

const grouped = (value: number) => value.toLocaleString("en-GB", { maximumFractionDigits: 6 });

/** The levers of the page: where they stand, and what is wrong with what was typed. */
export class LeverControls {
  /** Where controls stand that have no shorter number than their field shows, as a third of a year. */
  #settings: Record<string, number> = {};
  readonly #problems = new Map<string, string>();

  /** @param changed that a lever moved; `settled` once it is let go */
  constructor(changed: (settled: boolean) => void) {
    for (const control of controls) {
      const [field, slider] = [fieldOf(control), sliderOf(control)];
      field.addEventListener("change", () => {
        this.#take(control, field.value);
        changed(true);
      });
      slider?.addEventListener("input", () => {
        this.#take(control, slider.value);
        field.value = slider.value;
        changed(false);
      });
      slider?.addEventListener("change", () => changed(true));
    }
    for (const lever of levers) {
      const button = (name: string) => document.querySelector<HTMLButtonElement>(`[data-${name}="${lever.id}"]`);
      button("suggest")?.addEventListener("click", () => {
        this.set({ ...this.#settings, ...Object.fromEntries(lever.controls.map((one) => [one.id, one.suggested])) });
        changed(true);
      });
      button("unset")?.addEventListener("click", () => {
        const ids = new Set(lever.controls.map(({ id }) => id));
        this.set(Object.fromEntries(Object.entries(this.#settings).filter(([id]) => !ids.has(id))));
        changed(true);
      });
    }
  }

  get settings(): Settings {
    return this.#settings;
  }

  get problems(): readonly FieldProblem[] {
    return [...this.#problems].map(([id, message]) => ({ id, message }));
  }

  /** Moves every control to where it stands in some settings; those left out to where they change nothing. */
  set(settings: Settings): void {
    this.#settings = { ...settings };
    this.#problems.clear();
    for (const control of controls) {
      const value = settings[control.id] ?? control.neutral;
      const [field, slider] = [fieldOf(control), sliderOf(control)];
      field.value = field instanceof HTMLSelectElement ? String(value) : String(Number(value.toFixed(6)));
      if (slider) slider.value = String(value);
      tellField(control.id, null);
    }
    this.#sayStates();
  }

  #take(control: Control, text: string): void {
    const { id, label, low, high } = control;
    const value = typedNumber(text);
    const isForm = control.widget === "select";
    if (value === null || value < low || value > high) {
      const message = `${label}: ${value === null ? `"${text}" is no number` : `${grouped(value)} is outside of what is allowed`}. Choose a number from ${grouped(low)} to ${grouped(high)}.`;
      this.#problems.set(id, message);
      tellField(id, message);
      return;
    }
    this.#problems.delete(id);
    tellField(id, null);
    const slider = sliderOf(control);
    if (slider && !isForm) slider.value = String(value);
    this.#settings = { ...this.#settings, [id]: value };
    this.#sayStates();
  }

  #sayStates(): void {
    for (const lever of levers) {
      const moved = lever.controls.some(({ id, neutral }) => (this.#settings[id] ?? neutral) !== neutral);
      const place = document.querySelector(`[data-lever="${lever.id}"] [data-state]`);
      if (place) place.textContent = moved ? "changed" : "";
    }
  }
}

/** Seed and draws, whole numbers within what a run can do. */
export class RunFields {
  #values = { seed: 1, draws: 40 };
  readonly #problems = new Map<string, string>();

  constructor(changed: (settled: boolean) => void) {
    for (const name of ["seed", "draws"] as const) {
      const field = byId(name, HTMLInputElement);
      const [low, high] = scenarioLimits[name];
      field.addEventListener("change", () => {
        const value = typedNumber(field.value);
        const fits = value !== null && Number.isInteger(value) && value >= low && value <= high;
        const message = `${name === "seed" ? "Seed" : "Draws"}: "${field.value}" can't be used. Choose a whole number from ${grouped(low)} to ${grouped(high)}.`;
        if (fits) {
          this.#problems.delete(name);
          this.#values = { ...this.#values, [name]: value };
        } else this.#problems.set(name, message);
        tellField(name, fits ? null : message);
        changed(true);
      });
    }
  }

  get values(): { readonly seed: number; readonly draws: number } {
    return this.#values;
  }

  get problems(): readonly FieldProblem[] {
    return [...this.#problems].map(([id, message]) => ({ id, message }));
  }

  set(values: { readonly seed: number; readonly draws: number }): void {
    this.#values = { seed: values.seed, draws: values.draws };
    this.#problems.clear();
    for (const name of ["seed", "draws"] as const) {
      byId(name, HTMLInputElement).value = String(values[name]);
      tellField(name, null);
    }
  }
}
