import { intervalRowsChart, readableNumber } from "../../platform/charts/index.js";
import { Figure, Table } from "../../platform/pages/index.js";
import type { InfluenceGroup } from "../value-added/index.js";

const size = (equivalents: number) => readableNumber(equivalents, Number.isInteger(equivalents) ? 0 : 1);
const sizes = ({ fromEquivalents, toEquivalents }: InfluenceGroup) =>
  `${size(fromEquivalents)} to ${size(toEquivalents)} pupil-equivalents`;

/** How far one pupil moves a school's figure, by size of school: a distribution over schools, never a pupil or a school. */
export function InfluenceFigure({
  id,
  about,
  groups,
  decimals,
}: {
  id: string;
  about: string;
  groups: readonly InfluenceGroup[];
  decimals: number;
}) {
  const smallest = groups[0]!;
  const title = "How much one pupil can move a school's figure";
  const lead =
    `For each school in turn, the pupil who matters most to its figure is left out. Among the smallest schools (${sizes(smallest)}) this moves the figure of the ` +
    `middle school by ${readableNumber(smallest.change.middle, decimals + 1)}, or ${readableNumber(smallest.inErrors.middle, 2)} of its standard error, ` +
    `and no school's by more than ${readableNumber(Math.max(...groups.map((g) => g.inErrors.largest)), 2)} standard errors.`;
  return (
    <Figure
      title={title}
      lead={lead}
      chart={intervalRowsChart({
        id: `${id}-influence`,
        title: `${title}: ${about}`,
        description: lead,
        rows: groups.map((g) => ({
          label: sizes(g),
          value: g.inErrors.middle,
          lower: g.inErrors.middle,
          upper: g.inErrors.ninth,
        })),
        line: null,
        average: { at: 0, label: "No change" },
        scaleName: "Largest change in standard errors: the middle school, to nine in ten",
        decimals: 2,
      })}
      table={
        <Table
          caption={`Largest change of a school's figure by leaving out one pupil: ${about}`}
          rows={groups}
          small
          columns={[
            { heading: "Size", cell: sizes },
            { heading: "Schools", numeric: true, cell: (g) => readableNumber(g.schools) },
            { heading: "Middle school", numeric: true, cell: (g) => readableNumber(g.change.middle, decimals + 1) },
            { heading: "Nine in ten below", numeric: true, cell: (g) => readableNumber(g.change.ninth, decimals + 1) },
            { heading: "Largest", numeric: true, cell: (g) => readableNumber(g.change.largest, decimals + 1) },
            { heading: "Middle, in standard errors", numeric: true, cell: (g) => readableNumber(g.inErrors.middle, 2) },
            {
              heading: "Largest, in standard errors",
              numeric: true,
              cell: (g) => readableNumber(g.inErrors.largest, 2),
            },
          ]}
        />
      }
    />
  );
}
