import type { Proposal } from "./proposals.js";

/**
 * The text of `PROPOSALS.md`.
 * @param chapters the proposals in the order of the paper
 */
export function proposalsDocument(
  chapters: readonly { readonly title: string; readonly proposals: readonly Proposal[] }[],
): string {
  const all = chapters.flatMap((chapter) => chapter.proposals);
  const count = (state: Proposal["state"]) => all.filter((proposal) => proposal.state === state).length;
  const parts = chapters.flatMap(({ title, proposals }) => [
    `## ${title}\n`,
    "| | proposal | for whom | state | page | where |",
    "|---|---|---|---|---|---|",
    ...proposals.map(line),
    "",
  ]);
  return [
    "# The proposals, and how far they are\n",
    "<!-- Made from src/main/proposals.ts by `npm run proposals`; a test holds the two equal. -->\n",
    `${all.length} entries: ${count("working")} working, ${count("partly")} partly, ${count("not yet")} not yet. A proposal works when the person named can do the job`,
    "from start to finish through the page, the API and the command line. The words are ours; the paper's own are in",
    "*Schools that Enable All to Thrive and Flourish* (Headteachers' Roundtable).\n",
    ...parts,
  ].join("\n");
}

function line({ id, title, sentence, who, state, stateNote, folder, alsoIn, page }: Proposal): string {
  const standing = stateNote === "" ? state : `${state}: ${stateNote}`;
  const where = [folder, ...alsoIn].map((path) => `[${path.replace("src/", "")}](${path}/README.md)`).join(", ");
  const shown = page === null ? "" : `\`${page}\``;
  return `| ${id} | **${title}.** ${sentence} | ${who} | ${standing} | ${shown} | ${where} |`;
}
