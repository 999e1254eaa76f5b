import { type CivilDate, dateInWords } from "../../../kernel/index.js";
import type { Pages } from "../../../platform/http/index.js";
import { Govuk, Table } from "../../../platform/pages/index.js";
import type { DrawCheck } from "./draw-check.js";
import { frameCsv } from "./draw-file.js";
import { sampleCsv } from "./sample-file.js";
import { viewStudy } from "./service.js";
import { checkStudyDraw, readDraw, readDrawFrame } from "./service-draw.js";
import type { NamedSchool } from "./store.js";
import { type FieldStudy, phaseFacts } from "./study.js";
import { type FieldworkWeb, found, hrefOf, page, start, statisticians } from "./web-shared.js";

/** The sample, its record and frame as files, and drawing anew. */
export function addSamplePages(pages: Pages, { database }: FieldworkWeb): void {
  const path = "/assessment-fieldwork/studies/:study";
  pages.get(`${path}/sample`, statisticians, async ({ actor, params }) => {
    const { study, schools } = found(await viewStudy(database, actor, params.study!));
    return page(
      "The sample",
      [start, { text: study.title, href: hrefOf(study.id) }],
      <SampleContent study={study} schools={schools} />,
    );
  });
  pages.file(`${path}/sample.csv`, statisticians, async ({ actor, params }) => {
    const { study, schools } = found(await viewStudy(database, actor, params.study!));
    return { name: `${study.id}-sample.csv`, type: "text/csv; charset=utf-8", body: sampleCsv(schools) };
  });
  pages.file(`${path}/frame.csv`, statisticians, async ({ actor, params }) => {
    const frame = found(await readDrawFrame(database, actor, params.study!));
    return { name: `${params.study}-frame.csv`, type: "text/csv; charset=utf-8", body: frameCsv(frame) };
  });
  pages.file(`${path}/draw.json`, statisticians, async ({ actor, params }) => {
    const draw = found(await readDraw(database, actor, params.study!));
    const body = `${JSON.stringify(draw, null, 2)}\n`;
    return { name: `${params.study}-draw.json`, type: "application/json; charset=utf-8", body };
  });
  pages.get(`${path}/draw-check`, statisticians, async ({ actor, params }) => {
    const check = found(await checkStudyDraw(database, actor, params.study!));
    const href = hrefOf(params.study!);
    return page("Drawn again", [start, { text: "The sample", href: `${href}/sample` }], <CheckContent check={check} />);
  });
}

function CheckContent({ check: { same, frame, schools, differences } }: { check: DrawCheck }) {
  return (
    <div>
      <h1 class="govuk-heading-xl">Drawn again</h1>
      <Govuk
        is="inset-text"
        options={{
          text: same
            ? `The same ${schools.toLocaleString("en-GB")} schools and replacements come out, with the same probabilities.`
            : "Something else comes out.",
        }}
      />
      <p class="govuk-body">
        Drawn from the frame that was kept{frame ? ", whose fingerprint is the record’s," : ""} with the record’s seed
        and order.
      </p>
      {differences.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {differences.map((one) => (
            <li>{one}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function SampleContent({ study, schools }: { study: FieldStudy; schools: readonly NamedSchool[] }) {
  const { record, design } = study;
  if (!record || !design)
    return (
      <div>
        <h1 class="govuk-heading-xl">The sample</h1>
        <p class="govuk-body">No schools have been drawn yet.</p>
      </div>
    );
  const choices = ["drawn", "first replacement", "second replacement"];
  return (
    <div>
      <h1 class="govuk-heading-xl">The sample</h1>
      <p class="govuk-body">
        Drawn by {record.drawnBy} on {dateInWords(record.drawnAt.slice(0, 10) as CivilDate)}: {design.method}, seed{" "}
        {design.seed}, {design.schools} units, {design.pupilsPerSchool} pupils each, oversampling {design.tilt}. The
        frame had {record.frame.schools.toLocaleString("en-GB")} schools with about{" "}
        {record.frame.pupils.toLocaleString("en-GB")} pupils in {phaseFacts[study.phase].words}; {record.frame.joined}{" "}
        units join small schools.
      </p>
      <p class="govuk-body">
        Fingerprint of the frame: <span class="site-hash">{record.frame.sha256}</span>
      </p>
      {record.frame.leftOut.length > 0 && (
        <p class="govuk-body">
          Not covered: {record.frame.leftOut.map(({ why, schools: count }) => `${count} ${why}`).join("; ")}.
        </p>
      )}
      <ul class="govuk-list">
        {(
          [
            ["sample.csv", "The sample (CSV)"],
            ["draw.json", "The record of the draw (JSON)"],
            ["frame.csv", "The frame that was drawn from (CSV)"],
            ["draw-check", "Draw again, and compare"],
          ] as const
        ).map(([name, text]) => (
          <li>
            <a class="govuk-link" href={`${hrefOf(study.id)}/${name}`}>
              {text}
            </a>
          </li>
        ))}
      </ul>
      <Table
        caption="Strata"
        columns={[
          { heading: "Stratum", cell: (row) => row.name },
          { heading: "Units there are", numeric: true, cell: (row) => String(row.units) },
          { heading: "Drawn", numeric: true, cell: (row) => String(row.drawn) },
          { heading: "Certain", numeric: true, cell: (row) => String(row.certain) },
        ]}
        rows={record.draw.strata}
      />
      <Table
        caption="Schools"
        columns={[
          {
            heading: "School",
            cell: (school: NamedSchool) =>
              school.state === "reserve" ? (
                school.name
              ) : (
                <a class="govuk-link" href={`/assessment-fieldwork/schools/${school.urn}/studies/${study.id}`}>
                  {school.name}
                </a>
              ),
          },
          { heading: "Unit", numeric: true, cell: (school) => String(school.unit) },
          { heading: "Choice", cell: (school) => choices[school.choice] ?? String(school.choice) },
          { heading: "Probability", numeric: true, cell: (school) => school.probability.toFixed(4) },
          {
            heading: "Stands at",
            cell: (school) => (school.reason === "" ? school.state : `${school.state}: ${school.reason}`),
          },
        ]}
        rows={schools}
        small
      />
    </div>
  );
}
