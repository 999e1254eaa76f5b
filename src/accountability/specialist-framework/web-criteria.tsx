import { Table } from "../../platform/pages/index.js";
import type { Criterion } from "./framework.js";

/** What a framework judges by, one row a criterion. */
export function CriteriaList({ criteria }: { criteria: readonly Criterion[] }) {
  return (
    <Table
      caption="Criteria"
      rows={criteria}
      columns={[
        { heading: "Criterion", cell: ({ title }) => title },
        { heading: "What is asked", cell: ({ question }) => question },
        { heading: "What shows it", cell: ({ evidence }) => evidence.join("; ") },
        { heading: "Required", cell: ({ required }) => (required ? "Yes" : "No") },
        { heading: "Rests on", cell: ({ statement, without }) => without ?? `statement ${statement}` },
      ]}
    />
  );
}
