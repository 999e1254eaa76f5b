/** Who of the proposals may read whom, beside value added, which is under several. */
const edges = [
  ["accountability/quality-mark", "accountability/safeguarding"],
  ["accountability/quality-mark", "accountability/measures"],
  ["accountability/quality-mark", "accountability/specialist-framework"],
  ["accountability/quality-mark", "structures/accounts"],
  ["accountability/specialist-framework", "accountability/measures"],
  ["accountability/school-information", "accountability/quality-mark"],
  ["accountability/school-information", "accountability/regions"],
  ["accountability/disadvantage", "accountability/reference-assessments"],
];

/** The walls of the house, each with its reason. `npm run check` runs them. */
module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "Two files that need each other are one idea in two places, and can't be read or tested alone.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "kernel-imports-nothing",
      comment: "The kernel is under everything: dates, money and ids depend on no package, no file and no clock.",
      severity: "error",
      from: { path: "^src/kernel/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^src/kernel/" },
    },
    {
      name: "statistics-imports-only-itself",
      comment: "The statistics are usable alone and know no school, no pupil and no pound.",
      severity: "error",
      from: { path: "^src/statistics/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^src/statistics/" },
    },
    {
      name: "simulation-is-pure",
      comment: "The simulation runs in Node and in a browser's worker: no package, no Node module, no page.",
      severity: "error",
      from: { path: "^src/simulation/", pathNot: "\\.test\\.ts$" },
      to: { pathNot: "^src/(simulation|statistics|kernel)/" },
    },
    {
      name: "proposals-by-the-front-door",
      comment: "What another folder may rely on stands in a proposal's index.ts; everything else may change without asking.",
      severity: "error",
      from: { path: "^src/(accountability|teachers|structures|funding)/([^/]+)/", pathNot: "\\.test\\.tsx?$" },
      to: {
        path: "^src/(accountability|teachers|structures|funding)/[^/]+/.+",
        pathNot: ["^src/(accountability|teachers|structures|funding)/$2/", "/index\\.ts$"],
      },
    },
    {
      name: "edges-between-proposals",
      comment:
        "An edge between proposals is declared once, here, as [from, to]: the Quality Mark (A2) reads value added, audits (A5), accounts (S5), admitted measures (A3) and the specialist framework (A4); the public page (A8) reads the mark and who answers for a school (A6); the gap (A9) is one of the reference assessments (A1).",
      severity: "error",
      from: { path: "^src/(accountability|teachers|structures|funding)/([^/]+)/", pathNot: "\\.test\\.tsx?$" },
      to: {
        path: "^src/(accountability|teachers|structures|funding)/[^/]+/index\\.ts$",
        pathNot: [
          "^src/(accountability|teachers|structures|funding)/$2/",
          "^src/accountability/value-added/index\\.ts$",
          ...edges.map(([, to]) => `^src/${to}/index\\.ts$`),
        ],
      },
    },
    ...edges.map(([from, to]) => ({
      name: `edge-${from.split("/")[1]}-${to.split("/")[1]}`,
      comment: `Only ${from} reads ${to}.`,
      severity: "error",
      from: {
        path: "^src/(accountability|teachers|structures|funding)/",
        pathNot: [...edges.filter(([, other]) => other === to).map(([reader]) => `^src/${reader}/`), `^src/${to}/`, "\\.test\\.tsx?$"],
      },
      to: { path: `^src/${to}/index\\.ts$` },
    })),
    {
      name: "rules-are-pure",
      comment: "A rule is read by heads and officers and tried with thousands of made-up values: no Node module, no package.",
      severity: "error",
      from: {
        path: "^src/(accountability|teachers|structures|funding)/.+\\.ts$",
        pathNot: ["\\.test\\.tsx?$", "/(cli|store|service|api|web|report|index|jobs|assign|review-file|review-service|review-thread)[^/]*\\.ts$"],
      },
      to: { dependencyTypes: ["npm", "core"] },
    },
    {
      name: "files-are-read-by-ingest",
      comment: "DuckDB stays where files are read: sums that are published are made in a fixed order by our own code.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(ingest|england)/", "\\.test\\.ts$"] },
      to: { path: "node_modules/@duckdb" },
    },
    {
      name: "platform-knows-no-proposal",
      comment: "The platform serves every proposal and must not learn the ways of one.",
      severity: "error",
      from: { path: "^src/platform/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^src/(accountability|teachers|structures|funding|england|main|ingest|register)/" },
    },
    {
      name: "nobody-imports-main",
      comment: "main puts the parts together; a part that needs it is in the wrong place.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/main/" },
      to: { path: "^src/main/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/|(^|/)node_modules/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js"], conditionNames: ["import", "node", "default"] },
  },
};
