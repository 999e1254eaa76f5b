import { intervalRowsChart, readableNumber, signedNumber } from "../../platform/charts/index.js";
import { Figure, Govuk, Table } from "../../platform/pages/index.js";
import type { SchoolPage } from "../quality-mark/index.js";
import { type ComparedSchool, pairsOf, toldApart } from "./compare.js";
import { mostCompared, type Side } from "./sides.js";
import type { FigureWords } from "./web-ports.js";
import { counted, listed, phaseName } from "./words.js";

export interface ComparePage {
  readonly sides: readonly Side[];
  /** By phase, how the figures are written. */
  readonly wordsOf: (phase: string) => FigureWords | null;
  /** Sentences on what couldn't be done, as that no place is known. */
  readonly notes: readonly string[];
  readonly csv: string;
  readonly chosen: { readonly urn: readonly string[]; readonly with: string };
}

const ways = [
  ["", "only these schools"],
  ["near", "the nearest schools of the phase"],
  ["authority", "schools of the same authority and phase"],
  ["alike", "schools with a similar intake"],
] as const;

function ChoiceForm({ chosen }: Pick<ComparePage, "chosen">) {
  return (
    <form method="get" action="/schools/compare" class="site-search">
      <div class="site-search__text">
        <Govuk
          is="input"
          options={{
            id: "urns",
            name: "urn",
            label: { text: "URNs of the schools, with commas", classes: "govuk-label--s" },
            hint: { text: `Up to ${mostCompared}; a school's page has its URN and a link to here` },
            value: chosen.urn.join(", "),
          }}
        />
      </div>
      <Govuk
        is="select"
        options={{
          id: "with",
          name: "with",
          label: { text: "And compare the first with" },
          items: ways.map(([value, text]) => ({ value, text, selected: value === chosen.with })),
        }}
      />
      <Govuk is="button" options={{ text: "Compare" }} />
    </form>
  );
}

type Full = Side & { readonly measured: SchoolPage & { valueAdded: number; lower: number; upper: number } };

function isFull(side: Side): side is Full {
  return side.measured !== null && side.measured.valueAdded !== null && side.measured.predictionError !== null;
}

/** The pairs that can be told apart, in a sentence; most can't, and that is the point. */
function Difference({ sides, words }: { sides: readonly Full[]; words: FigureWords }) {
  const confidence = words.confidence ?? 0.95;
  const schools = sides.map(({ school, measured }): ComparedSchool => {
    const { urn, name } = school;
    const { phase, valueAdded, predictionError } = measured;
    return { urn, name, phase, valueAdded, error: predictionError! };
  });
  const pairs = pairsOf(schools);
  const apart = toldApart(pairs, confidence);
  const number = (value: number) => readableNumber(value, words.decimals);
  return (
    <>
      {apart.length === 0 ? (
        <p class="govuk-body">{`No two of these ${sides.length} schools can be told apart: every difference may be chance.`}</p>
      ) : (
        <>
          <p class="govuk-body">
            {pairs.length === 1
              ? "These two schools can be told apart."
              : `${counted(apart.length, "pair")} of ${pairs.length} can be told apart; the other differences may be chance.`}
          </p>
          <ul class="govuk-list govuk-list--bullet">
            {apart.map(({ first, second, difference, error }) => {
              const [more, less] = difference > 0 ? [first, second] : [second, first];
              return (
                <li>{`${more.name} adds more than ${less.name}, by ${number(Math.abs(difference))} (give or take ${number(1.96 * error)}).`}</li>
              );
            })}
          </ul>
        </>
      )}
      <p class="govuk-body-s">
        {`Told apart means: so probable that among all pairs of this list chance alone would name one with a probability of at most ${readableNumber(100 * (1 - confidence))}%. ` +
          "The differences use the prediction errors, as if the schools' figures were independent; they share the model's coefficients, so a pair is called different rather too seldom than too often. " +
          "Two intervals may overlap and the schools still differ, or not overlap with a third in between: read the pairs, not the order."}
      </p>
    </>
  );
}

function Intervals({ phase, sides, words }: { phase: string; sides: readonly Full[]; words: FigureWords }) {
  const number = (value: number) => readableNumber(value, words.decimals);
  const title = `Value added, ${phaseName(phase).toLowerCase()} schools`;
  return (
    <>
      <Figure
        title={title}
        lead="In order of name or distance, not of the figure. Each bar is the interval that probably holds the school's own figure."
        chart={intervalRowsChart({
          id: `compare-${phase}`,
          title,
          description: sides
            .map(({ school, measured }) => `${school.name}: ${number(measured.lower)} to ${number(measured.upper)}`)
            .join("; "),
          rows: sides.map(({ school, measured }) => ({
            label: school.name,
            value: measured.valueAdded,
            lower: measured.lower,
            upper: measured.upper,
          })),
          line: { at: words.line, label: `Agreed line ${number(words.line)}` },
          average: { at: 0, label: "Average, 0" },
          scaleName: words.outcome,
          decimals: words.decimals,
        })}
        table={
          <Table
            caption={title}
            small
            rows={sides}
            columns={[
              { heading: "School", cell: ({ school }) => school.name },
              {
                heading: "Value added",
                numeric: true,
                cell: ({ measured }) => signedNumber(measured.valueAdded, words.decimals),
              },
              {
                heading: "Interval",
                numeric: true,
                cell: ({ measured }) => `${number(measured.lower)} to ${number(measured.upper)}`,
              },
              {
                heading: "Prediction error",
                numeric: true,
                cell: ({ measured }) => readableNumber(measured.predictionError!, words.decimals + 1),
              },
            ]}
          />
        }
      />
      {sides.length > 1 && <Difference sides={sides} words={words} />}
    </>
  );
}

/** Schools side by side, without ranks. */
export function CompareContent(page: ComparePage) {
  const { sides, wordsOf, notes, csv } = page;
  const full = sides.filter(isFull);
  const without = sides.filter((side) => !isFull(side)).map(({ school }) => school.name);
  const phases = [...new Set(full.map(({ measured }) => measured.phase))];
  return (
    <>
      <h1 class="govuk-heading-xl">Compare schools</h1>
      <ChoiceForm {...page} />
      {notes.map((note) => (
        <Govuk is="inset-text" options={{ text: note }} />
      ))}
      {sides.length > 0 && (
        <>
          <h2 class="govuk-heading-l">The schools</h2>
          <Table
            caption="Schools compared"
            captionHidden
            rows={sides}
            columns={[
              {
                heading: "School",
                cell: ({ school }) => (
                  <a class="govuk-link" href={`/schools/${school.urn}`}>
                    {school.name}
                  </a>
                ),
              },
              { heading: "Why it is here", cell: ({ because }) => because ?? "chosen" },
              { heading: "Town", cell: ({ school }) => school.town ?? "not in the register" },
              { heading: "Local authority", cell: ({ school }) => school.authority },
            ]}
          />
        </>
      )}
      {phases.map((phase) => {
        const words = wordsOf(phase);
        return (
          words && (
            <Intervals phase={phase} sides={full.filter((side) => side.measured.phase === phase)} words={words} />
          )
        );
      })}
      {phases.length > 1 && (
        <p class="govuk-body">
          Measures of different phases are of different tests, and are not set against each other.
        </p>
      )}
      {without.length > 0 && <p class="govuk-body">{`Without a measure in the newest review: ${listed(without)}.`}</p>}
      {sides.length > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href={csv}>
            Download these figures (CSV)
          </a>
        </p>
      )}
    </>
  );
}
