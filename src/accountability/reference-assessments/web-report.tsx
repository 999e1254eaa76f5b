import { dateInWords } from "../../kernel/index.js";
import { Table } from "../../platform/pages/index.js";
import type {
  ConditionalItemRow,
  ConditionalRecord,
  DifRow,
  DriftRow,
  ItemRow,
  StudyResults,
} from "./published/results.js";
import { componentsInWords, conditionalInWords, sharedInWords, testInWords } from "./published/words.js";
import type { StudyRecord } from "./service.js";
import type { Publication } from "./store.js";
import { MadeUp } from "./web-list.js";
import { nameOf, publishedOn, shown } from "./web-words.js";

const list = (sentences: readonly string[]) =>
  sentences.length === 0 ? null : (
    <ul class="govuk-list govuk-list--bullet">
      {[...new Set(sentences)].map((sentence) => (
        <li>{sentence}</li>
      ))}
    </ul>
  );

const number = (value: number | null, decimals = 3) => (value === null ? "–" : shown(value, decimals));

function Calibration({ results }: { results: StudyResults }) {
  const { calibration, items } = results;
  if (!calibration) return null;
  return (
    <>
      <h2 class="govuk-heading-m">Calibration</h2>
      <p class="govuk-body">
        {`${calibration.model}, by marginal maximum likelihood: ${calibration.persons.toLocaleString("en-GB")} pupils, ${items.length} questions, ${calibration.parameters} parameters. `}
        {`Log-likelihood ${calibration.logLikelihood.toFixed(3)} after ${calibration.iterations} evaluations over ${calibration.nodes} nodes; it converged (largest gradient ${calibration.gradient.toPrecision(2)} standard errors). Errors of the questions: ${calibration.errors}.`}
      </p>
      {list(calibration.cautions)}
      <Table
        caption="Ability distributions in logits of the calibration"
        rows={calibration.groups}
        columns={[
          { heading: "Group", cell: ({ group }) => group },
          { heading: "Pupils", numeric: true, cell: ({ n }) => n.toLocaleString("en-GB") },
          { heading: "Mean", numeric: true, cell: ({ mean }) => number(mean) },
          { heading: "Error", numeric: true, cell: ({ meanError }) => number(meanError) },
          { heading: "Standard deviation", numeric: true, cell: ({ sd }) => number(sd) },
        ]}
      />
    </>
  );
}

/** The marginal difficulties beside the conditional ones: the largest differences by themselves; the whole table is in the file. */
function Conditional({ results }: { results: StudyResults }) {
  const { conditional, calibration } = results;
  if (conditional.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">Conditional likelihood</h2>
      <p class="govuk-body">
        {calibration
          ? "The same answers, calibrated by conditional maximum likelihood, which assumes nothing of how able pupils are. Where marginal difficulties are far from it in their error, the normal distribution or the groups are wrong; where Andersen's tests find a difference, questions are not equally difficult for all, or differ in slope."
          : "The answers were calibrated by conditional maximum likelihood alone, which assumes nothing of how able pupils are. Where Andersen's tests find a difference, questions are not equally difficult for all, or differ in slope."}
      </p>
      {conditional.map((record) => (
        <>
          {list([conditionalInWords(record), ...record.tests.map(testInWords), ...record.cautions])}
          <Table
            caption={`${calibration ? "The largest differences" : "Difficulties"} in logits, mean 0${record.cycle === null ? "" : `: ${record.cycle}`}; errors ${record.errors}`}
            rows={calibration ? largestDifferences(record) : record.items}
            small
            columns={[
              { heading: "Question", cell: ({ item }) => item },
              { heading: "Conditional", numeric: true, cell: ({ difficulty }) => number(difficulty) },
              { heading: "Error", numeric: true, cell: ({ difficultyError }) => number(difficultyError) },
              ...(calibration
                ? [
                    {
                      heading: "Marginal",
                      numeric: true,
                      cell: ({ marginal }: ConditionalItemRow) => number(marginal),
                    },
                    {
                      heading: "Difference",
                      numeric: true,
                      cell: ({ difference }: ConditionalItemRow) => number(difference),
                    },
                    { heading: "In its error", numeric: true, cell: ({ z }: ConditionalItemRow) => number(z, 2) },
                    {
                      heading: "p, corrected",
                      numeric: true,
                      cell: ({ adjustedP }: ConditionalItemRow) => number(adjustedP),
                    },
                  ]
                : []),
            ]}
          />
        </>
      ))}
    </>
  );
}

/** The ten questions whose difference is largest in its error. */
const largestDifferences = ({ items }: ConditionalRecord): readonly ConditionalItemRow[] =>
  items
    .filter(({ z }) => z !== null)
    .sort((a, b) => Math.abs(b.z!) - Math.abs(a.z!))
    .slice(0, 10);

function Links({ results }: { results: StudyResults }) {
  const { links, drift } = results;
  if (links.length === 0) return null;
  const flagged: readonly DriftRow[] = drift.filter((row) => row.flagged);
  return (
    <>
      <h2 class="govuk-heading-m">Links between cycles</h2>
      <Table
        caption="What holds the cycles on one scale"
        rows={links}
        columns={[
          { heading: "Cycles", cell: ({ from, to }) => `${from} to ${to}` },
          { heading: "Method", cell: ({ method, errorMethod }) => `${method}; ${errorMethod}` },
          { heading: "Common questions", numeric: true, cell: ({ commonItems }) => String(commonItems) },
          { heading: "Error of a mean, points", numeric: true, cell: ({ linkingError }) => number(linkingError, 2) },
          {
            heading: "With estimating the questions",
            numeric: true,
            cell: ({ jackknifeError }) => number(jackknifeError ?? null, 2),
          },
          { heading: "Error of the unit, %", numeric: true, cell: ({ unitError }) => number(100 * unitError, 2) },
        ]}
      />
      {list([
        ...links.flatMap(({ cautions }) => cautions),
        ...links.flatMap(({ from, to, leftOut = [] }) =>
          leftOut.map(({ item, reason }) => `${from} to ${to}: ${item} does not tie them: ${reason}.`),
        ),
      ])}
      {flagged.length > 0 && (
        <Table
          caption="Questions that moved beside the others"
          rows={flagged}
          columns={[
            { heading: "Question", cell: ({ item }) => item },
            { heading: "Cycles", cell: ({ from, to }) => `${from} to ${to}` },
            { heading: "Harder by, logits", numeric: true, cell: ({ change }) => number(change, 2) },
            { heading: "Error", numeric: true, cell: ({ error }) => number(error ?? null, 2) },
          ]}
        />
      )}
    </>
  );
}

/** The worst class by either method; A where neither tells. */
const classOf = ({ class: own, logistic }: DifRow) => [own ?? "A", logistic?.class ?? "A"].sort().at(-1)!;

/** How questions function for groups: those of class B and C by themselves, the worst first; the whole table is in the file. */
function Functioning({ dif }: { dif: readonly DifRow[] }) {
  if (dif.length === 0) return null;
  const groups = [...new Set(dif.map(({ group }) => group))];
  const size = ({ delta, effect }: DifRow) => Math.abs(delta ?? 6 * (effect ?? 0));
  const found = dif
    .filter((row) => classOf(row) !== "A")
    .sort((a, b) => classOf(b).localeCompare(classOf(a)) || size(b) - size(a));
  return (
    <>
      <h2 class="govuk-heading-m">Questions beside groups of pupils</h2>
      <p class="govuk-body">
        {`${dif.length} comparisons of a question between pupils of the same score, by ${groups.join(", ")}: ${found.length === 0 ? "all of class A, negligible." : `${found.length} beyond class A, by Mantel and Haenszel's Δ or by logistic regression. The others are of class A, negligible.`} A class tells of a difference beside the other questions; whether it is unfair, who reads the question has to say.`}
      </p>
      {found.length > 0 && (
        <Table
          caption="Questions of class B and C, the largest first"
          rows={found}
          small
          columns={[
            { heading: "Question", cell: ({ item }) => item },
            {
              heading: "Harder or easier for",
              cell: ({ focal, reference, group }) => `${group}: ${focal} beside ${reference}`,
            },
            { heading: "Δ", numeric: true, cell: ({ delta }) => number(delta, 2) },
            { heading: "Error", numeric: true, cell: ({ deltaError }) => number(deltaError, 2) },
            { heading: "Effect", numeric: true, cell: ({ effect }) => number(effect, 2) },
            { heading: "ETS class", cell: (row) => row.class ?? "–" },
            { heading: "Logistic R²", numeric: true, cell: ({ logistic }) => number(logistic?.addedR2 ?? null) },
            { heading: "Class", cell: ({ logistic }) => logistic?.class ?? "–" },
            { heading: "RMSD", numeric: true, cell: ({ rmsd }) => number(rmsd) },
          ]}
        />
      )}
    </>
  );
}

function Items({ items }: { items: readonly ItemRow[] }) {
  if (items.length === 0) return null;
  return (
    <Table
      caption="Questions"
      rows={items}
      small
      columns={[
        { heading: "Question", cell: ({ item }) => item },
        { heading: "Measures", cell: ({ construct }) => construct ?? "–" },
        { heading: "Pupils", numeric: true, cell: ({ n }) => n.toLocaleString("en-GB") },
        { heading: "Share right", numeric: true, cell: ({ facility }) => number(facility, 2) },
        { heading: "Slope", numeric: true, cell: ({ slope }) => number(slope, 2) },
        { heading: "Error", numeric: true, cell: ({ slopeError }) => number(slopeError, 2) },
        { heading: "Difficulty", numeric: true, cell: ({ difficulty }) => number(difficulty, 2) },
        { heading: "Infit", numeric: true, cell: ({ infit }) => number(infit, 2) },
      ]}
    />
  );
}

function Regressions({ results }: { results: StudyResults }) {
  return (
    <>
      {results.regressions.map(({ cycle, coefficients, residualSd, explained, reliability, components, cautions }) => (
        <>
          <Table
            caption={`Population model of ${cycle}, logits`}
            rows={coefficients}
            small
            columns={[
              { heading: "Coefficient", cell: ({ name }) => name },
              { heading: "Estimate", numeric: true, cell: ({ estimate }) => number(estimate) },
              { heading: "Error", numeric: true, cell: ({ standardError }) => number(standardError) },
            ]}
          />
          <p class="govuk-body-s">
            {`Residual standard deviation ${number(residualSd)}; background explains ${shown(100 * explained)}% of the variance; reliability ${number(reliability, 2)}.${components ? ` ${componentsInWords(components)}` : ""}`}
          </p>
          {list(cautions)}
        </>
      ))}
    </>
  );
}

/** What a technical report shows. */
export interface TechnicalReport {
  readonly title: string;
  readonly results: StudyResults;
  readonly record: StudyRecord;
  /** Whether the pupils are made up. */
  readonly synthetic: boolean;
  /** Null where the results were not published. */
  readonly publication: Pick<Publication, "number" | "publishedAt"> | null;
}

/** The report of a publication. */
export const reportOf = (publication: Publication): TechnicalReport => {
  const { results, record, synthetic } = publication;
  return { title: nameOf(publication), results, record, synthetic, publication };
};

function PlausibleValues({ results }: { results: StudyResults }) {
  const { plausibleValues, calibration, scale } = results;
  if (plausibleValues === 0) return null;
  const drawn = calibration ? "drawn from each pupil's posterior on a grid" : "which the files hold";
  const units = calibration ? ` (score = ${scale.slope.toFixed(3)} × logit + ${scale.intercept.toFixed(2)})` : "";
  return (
    <>
      <h2 class="govuk-heading-m">Population models and plausible values</h2>
      <p class="govuk-body">
        {`${plausibleValues} plausible values a pupil, ${drawn}. Scale: ${scale.words}${units}.`}
      </p>
      <Regressions results={results} />
    </>
  );
}

/** The technical report: made from the records of the study, word for word. */
export function ReportContent({ report }: { report: TechnicalReport }) {
  const { title, results, record, publication } = report;
  const { disclosed } = results;
  return (
    <>
      <span class="govuk-caption-xl">Technical report</span>
      <h1 class="govuk-heading-xl">{title}</h1>
      <MadeUp publications={[report]} />
      <p class="govuk-body">
        {`${results.population ?? "Pupils"}; cycles ${results.cycles.join(", ")}. ${publication ? `Publication ${publication.number} of ${publishedOn(publication)}` : `Not published; calculated on ${dateInWords(record.date)}`}, made by version ${record.code} from the files below, with seed ${record.seed}. The same files, version and seed give the same figures.`}
      </p>
      {results.designs.length > 0 && <h2 class="govuk-heading-m">Sample and errors</h2>}
      {list([
        ...results.designs.map(({ cycle, words }) => `${cycle}: ${words}.`),
        ...results.shared.map(sharedInWords),
      ])}
      <Calibration results={results} />
      <Conditional results={results} />
      <Functioning dif={results.dif} />
      <Links results={results} />
      <PlausibleValues results={results} />
      <h2 class="govuk-heading-m">Disclosure control</h2>
      <p class="govuk-body">
        {`No figure of fewer than ${disclosed.rule.fewestPupils} pupils or of pupils of fewer than ${disclosed.rule.fewestSchools} schools; no proportion with fewer than ${disclosed.rule.fewestOnASide} pupils on a side; no grouping by school. ${disclosed.heldBack.length === 0 ? "Nothing was held back." : `Held back (${disclosed.heldBack.length}):`}`}
      </p>
      {list(
        disclosed.heldBack.map(
          ({ cycle, group, level, reason }) =>
            `${cycle}${group === null ? "" : `, ${group}${level === null ? "" : `: ${level}`}`}: ${reason}.`,
        ),
      )}
      {results.notes.length > 0 && <h2 class="govuk-heading-m">Choices</h2>}
      {list(results.notes)}
      {results.items.length > 0 && <h2 class="govuk-heading-m">Questions</h2>}
      <Items items={results.items} />
      <h2 class="govuk-heading-m">Files it was made from</h2>
      <Table
        caption="Files, by the beginning of their SHA-256"
        rows={record.inputs}
        small
        columns={[
          { heading: "File", cell: ({ name }) => name.split(/[\\/]/).at(-1)! },
          { heading: "SHA-256", cell: ({ sha256 }) => `${sha256.slice(0, 16)}…` },
        ]}
      />
    </>
  );
}
