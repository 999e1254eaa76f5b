import { academicYearOf } from "../../runs/amounts.js";
import { Breakdown, counts, divisions, isCounted } from "../results-breakdown.js";
import type { RunToShow } from "../shown.js";
import { byId } from "./elements.js";
import { showIn } from "./show.js";

const select = (name: string) => byId(`explorer-${name}`, HTMLSelectElement);

/** One count of a run by one division: the choices, a chart and a table. */
export class Explorer {
  #run: RunToShow | null = null;

  constructor() {
    for (const { series, label } of counts) select("series").append(new Option(label, series));
    for (const { name, label } of divisions) select("breakdown").append(new Option(label, name));
    select("breakdown").value = "subject";
    for (const name of ["series", "breakdown", "year"]) select(name).addEventListener("change", () => this.#draw());
  }

  show(run: RunToShow): void {
    this.#run = run;
    if (select("year").options.length === 0) {
      for (let t = 0; t < run.years; t++) select("year").append(new Option(academicYearOf(run.first + t), String(t)));
      select("year").value = String(run.years - 1);
    }
    this.#draw();
  }

  #draw(): void {
    const run = this.#run;
    if (!run) return;
    const choice = {
      count: counts.find(({ series }) => series === select("series").value) ?? counts[0],
      division: divisions.find(({ name }) => name === select("breakdown").value) ?? divisions[1],
      at: Number(select("year").value),
    };
    const place = byId("explorer-result", HTMLDivElement);
    showIn(place, (download) =>
      isCounted(run, choice) ? (
        <Breakdown run={{ ...run, download }} choice={choice} />
      ) : (
        <p class="govuk-inset-text">
          {choice.count.label}: not counted by {choice.division.label.toLowerCase()}, or still being run.
        </p>
      ),
    );
  }
}
