// Makes the pictures of the README with the product itself: the synthetic North East, reviewed, as the report draws it.
// Run it with `node scripts/pictures.mjs` after a change of the charts, the model or the synthetic England.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildIfChanged } from "./build.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
await buildIfChanged();
const built = (path) => import(pathToFileURL(join(root, "dist", path)).href);
const [{ makeNationalReview }, { caterpillarChart, standaloneSvg }] = await Promise.all([
  built("main/national-review.js"),
  built("platform/charts/index.js"),
]);

const silent = { stage() {}, done() {}, note() {} };
const northEast = "E12000001";
const made = makeNationalReview({ seed: 1, regions: [northEast], cohorts: 3, version: "picture" }, silent);
if (!made.ok) throw new Error(made.error.map(({ message }) => message).join("; "));

const { measures } = made.value.review;
const { line, outcomeDeviation, refusalProbability, title } = measures.find(({ phase }) => phase === "secondary");
const schools = made.value.schools.filter((school) => school.phase === "secondary" && school.valueAdded !== null);
const refusedOnMeasure = ({ probabilityBelow }) => probabilityBelow >= refusalProbability;
const refused = schools.filter(refusedOnMeasure).length;
const below = schools.filter(({ valueAdded }) => valueAdded < line).length;

const chart = caterpillarChart({
  id: "north-east",
  title: "What each secondary school of a synthetic North East added",
  description:
    `${schools.length} invented schools from lowest to highest, each with its 95% interval. ${below} have a figure below ` +
    `the agreed line; ${refused} are below it with a probability of ${100 * refusalProbability}% or more and are refused for it (squares).`,
  points: schools.map((school) => ({
    value: school.valueAdded,
    lower: school.lower,
    upper: school.upper,
    mark: refusedOnMeasure(school) ? 1 : 0,
  })),
  marks: [
    { shape: "dot", label: "not clearly below the line" },
    { shape: "square", label: "clearly below the line" },
  ],
  line: { at: line, label: "agreed line" },
  average: { at: 0, label: "average of all schools" },
  scaleName: `${title}, points`,
});
mkdirSync(join(root, "docs/pictures"), { recursive: true });
const picture = join(root, "docs/pictures/schools.svg");
writeFileSync(picture, `${standaloneSvg(chart, 760).replaceAll("><", ">\n<")}\n`);
process.stdout.write(
  `${picture}\n${schools.length} schools, ${below} below the line of ${line.toFixed(2)} (${(line / outcomeDeviation).toFixed(2)} SD), ${refused} clearly\n`,
);
