import { type Override, type SimulationParameter, simulationParameters } from "../../../simulation/parameters/index.js";
import { modelHorizon, overrideProblems } from "../../../simulation/scenario/index.js";
import { academicYearOf } from "../../runs/amounts.js";
import { type FieldProblem, shortNumber, tellField, typedNumber } from "./controls.js";
import { byId, escapeMarkup, openAround } from "./elements.js";

const years = { from: modelHorizon.first, to: modelHorizon.first + modelHorizon.years };
const find = (path: string): SimulationParameter | undefined => simulationParameters.find((one) => one.path === path);
const field = (name: string) => byId(`other-${name}`, HTMLInputElement);

/** What is known of a parameter, in a sentence. */
function about({ label, unit, bounds, forms }: SimulationParameter): string {
  const allowed = forms
    ? forms.map(({ value, label: form }) => `${value} ${form}`).join(", ")
    : `${bounds.low} to ${bounds.high}`;
  return `${label}, ${unit}. Allowed: ${allowed}.`;
}

/** Changes of numbers that no lever makes. */
export class OtherChanges {
  #overrides: readonly Override[] = [];
  #problems: readonly FieldProblem[] = [];
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
    const list = document.createElement("datalist");
    list.id = "other-paths";
    for (const { path, label } of simulationParameters) list.append(new Option(label, path));
    const path = field("path");
    path.after(list);
    path.setAttribute("list", list.id);
    path.addEventListener("input", () => this.#describe());
    byId("other-add", HTMLButtonElement).addEventListener("click", () => this.#add());
  }

  get overrides(): readonly Override[] {
    return this.#overrides;
  }

  get problems(): readonly FieldProblem[] {
    return this.#problems;
  }

  set(overrides: readonly Override[]): void {
    this.#overrides = overrides;
    this.#problems = [];
    for (const name of ["path", "value", "from", "to"]) tellField(`other-${name}`, null);
    this.#list();
  }

  /** Opens the form with a parameter's name in it. */
  choose(path: string): void {
    field("path").value = path;
    this.#describe();
    openAround(field("path"));
    field("value").focus();
  }

  #describe(): void {
    const parameter = find(field("path").value.trim());
    byId("other-about", HTMLParagraphElement).textContent = parameter ? about(parameter) : "";
  }

  #add(): void {
    const read = (name: string) => field(name).value.trim();
    const [path, value, from] = [read("path"), typedNumber(read("value")), typedNumber(read("from"))];
    const last = read("to") === "" ? null : typedNumber(read("to"));
    const problems: FieldProblem[] = [];
    const wrong = (name: string, message: string) => problems.push({ id: `other-${name}`, message });
    if (value === null)
      wrong("value", `"${read("value")}" is no number. ${find(path) ? about(find(path)!) : "Type one."}`);
    if (from === null) wrong("from", `"${read("from")}" is no year. Choose one from ${years.from} to ${years.to - 1}.`);
    if (read("to") !== "" && last === null) wrong("to", `"${read("to")}" is no year. Choose one, or leave it empty.`);
    if (problems.length === 0) {
      const override = { path, from: from!, to: last === null ? null : last + 1, value: value! };
      for (const { code, message, remedy } of overrideProblems(override, 0, {
        parameters: simulationParameters,
        years,
      }))
        wrong(
          code === "scenario-parameter-unknown" ? "path" : code === "scenario-years" ? "from" : "value",
          `${path}: ${message}. ${remedy}`,
        );
      if (problems.length === 0) this.#overrides = [...this.#overrides, override];
    }
    this.#problems = problems;
    for (const name of ["path", "value", "from", "to"]) {
      const found = problems.find(({ id }) => id === `other-${name}`);
      tellField(`other-${name}`, found?.message ?? null);
    }
    if (problems.length === 0) field("value").value = "";
    this.#list();
    this.#changed();
  }

  #list(): void {
    const place = byId("other-changes", HTMLDivElement);
    place.innerHTML =
      this.#overrides.length === 0
        ? ""
        : `<ul class="govuk-list">${this.#overrides
            .map(({ path, from, to, value }, i) => {
              const until = to === null ? "on" : `to ${academicYearOf(to - 1)}`;
              const words = `${find(path)?.label ?? path}: ${shortNumber(value)} from ${academicYearOf(from)} ${until}`;
              return (
                `<li>${escapeMarkup(words)} <button type="button" class="site-link-button" data-remove="${i}">Remove` +
                `<span class="govuk-visually-hidden">: ${escapeMarkup(words)}</span></button></li>`
              );
            })
            .join("")}</ul>`;
    for (const button of place.querySelectorAll<HTMLButtonElement>("[data-remove]"))
      button.addEventListener("click", () => {
        const at = Number(button.dataset.remove);
        this.#overrides = this.#overrides.filter((_, i) => i !== at);
        this.#list();
        field("path").focus();
        this.#changed();
      });
  }
}
