import { type FileProfile, guessStudy, type StudyGuess } from "./guess.js";

/** A study file that was drafted, and in sentences what it was drafted from. */
export interface StudyDraft {
  readonly text: string;
  readonly found: readonly string[];
}

/** A word as YAML takes it: in quotes unless it can't be anything else. */
const quoted = (text: string) =>
  /^[A-Za-z_][\w.*-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);

const listed = (texts: readonly string[]) => `[${texts.map(quoted).join(", ")}]`;

/** Patterns that fit several of some columns and no others: their common beginning, or the name with its number left open; else the names. */
function patternsOf(wanted: readonly string[], all: readonly string[]): readonly string[] {
  const set = new Set(wanted);
  const patterns = new Set<string>();
  for (const name of wanted) {
    const numbers = [...name.matchAll(/\d+/g)];
    const letters = /^[A-Za-z_.]+/.exec(name)?.[0] ?? "";
    const candidates: readonly (readonly [head: string, tail: string])[] = [
      [letters, ""],
      ...numbers.map(({ 0: number, index }) => [name.slice(0, index), name.slice(index + number.length)] as const),
    ];
    const found = candidates.find(([head, tail]) => {
      const fitting = all.filter((other) => other.startsWith(head) && other.endsWith(tail));
      return head !== "" && fitting.length > 1 && fitting.every((other) => set.has(other));
    });
    patterns.add(found ? `${found[0]}*${found[1]}` : name);
  }
  return [...patterns];
}

const key = (name: string, value: string | null, words = "") =>
  value === null ? [] : [`${name}: ${quoted(value)},${words === "" ? "" : ` # ${words}`}`];

/** Which of the other files tell of items: a column holds names of the pupils' columns. */
function tablesOfItems(files: readonly FileProfile[]) {
  const known = new Set(files.flatMap(({ columns }) => columns.map(({ name }) => name)));
  return files.slice(1).flatMap((file) => {
    const item = file.columns.find(
      ({ levels }) => levels.length > 1 && levels.filter((text) => known.has(text)).length * 2 > levels.length,
    );
    if (!item) return [];
    const booklet = file.columns.find(({ name }) => name !== item.name && /book|form|heft/i.test(name));
    return [{ file, item: item.name, booklet: booklet?.name ?? null }];
  });
}

/** How a survey's replicates are made, by the names it is known to give them. */
function methodOf([first]: readonly string[]): string {
  if (/fstu?r/i.test(first!)) return "method: Fay, fay: 0.5 }  # as PISA has it";
  if (/srwt/i.test(first!)) return "method: JK2 }  # as NAEP has it";
  return "method: BRR }  # or what the survey's documentation names: Fay with its factor, JK2, JKn, bootstrap";
}

function designLines({ replicates, zone, half, stratum, school }: StudyGuess, all: readonly string[]): string[] {
  if (replicates.length > 0)
    return [`design: { replicates: ${listed(patternsOf(replicates, all))}, ${methodOf(replicates)}`];
  if (zone !== null)
    return [
      `design: { zone: ${quoted(zone)},${half === null ? "" : ` replicate: ${quoted(half)},`} method: JK2 }  # sides: both is the IEA's rule since 2015`,
    ];
  if (stratum !== null) return [`design: { stratum: ${quoted(stratum)}, method: JKn }`];
  return school === null ? ["# No design was found: errors would be those of a simple random sample."] : [];
}

function responseLines(guess: StudyGuess, all: readonly string[]): string[] {
  const { values, items, lettered, codes } = guess;
  if (values.length > 0)
    return [
      `plausibleValues: ${listed(patternsOf(values, all))}  # nothing is calibrated: the file has its own`,
      ...(items.length > 0
        ? [
            `# To calibrate responses instead, take that line out; they may be ${listed(patternsOf(items, all).slice(0, 20))}`,
          ]
        : []),
    ];
  if (items.length === 0)
    return ["# No column looks like scores of a question: name them, or the files that hold them, as responses."];
  const coded = Object.entries(codes).flatMap(([kind, list]) =>
    list.length > 0 ? [`${kind}: [${list.join(", ")}]`] : [],
  );
  return [
    "responses:",
    `  items: ${listed(patternsOf(items, all))}  # ${items.length} columns`,
    ...(coded.length > 0
      ? [`  codes: { ${coded.join(", ")} }  # as surveys use them as a rule: hold them against the codebook`]
      : []),
    ...(lettered.length > 0
      ? [
          `# ${lettered.length} columns hold letters (${lettered.slice(0, 3).join(", ")}). Right answers stand in a table of items:`,
          "# items: { files: key.csv, item: item, key: key }",
        ]
      : []),
  ];
}

/** A study file for somebody's own files, with what can be seen in them filled in. @param files the pupils' own first */
export function draftStudy(files: readonly FileProfile[]): StudyDraft {
  const [own, ...others] = files;
  const aside = tablesOfItems(files);
  const joined = others.filter((file) => !aside.some((one) => one.file === file));
  const guess = guessStudy([own!, ...joined]);
  const all = [own!, ...joined].flatMap(({ columns }) => columns.map(({ name }) => name));
  const comma = [own!, ...joined].some(({ columns }) => columns.some((column) => column.comma));
  const maps = aside.filter(({ booklet }) => booklet !== null);
  const lines = [
    "# A draft, made from the names and values of the columns. Read it through: only you know what they are.",
    `title: ${quoted(own!.path.replace(/^.*\//, "").replace(/\.[^.]*$/, ""))}`,
    "persons: {",
    ...[
      `files: ${quoted(own!.path)},`,
      ...key("person", guess.person),
      ...key("cycle", guess.cycle),
      ...key("booklet", guess.booklet),
      ...key("weight", guess.weight),
      ...key("frequency", guess.frequency, "each row stands for as many pupils"),
      ...key("school", guess.school),
      ...(comma ? ['decimal: ",",'] : []),
      ...(joined.length > 0 ? [`join: [${joined.map(({ path }) => `{ files: ${quoted(path)} }`).join(", ")}],`] : []),
    ].map((line) => `  ${line}`),
    "}",
    ...responseLines(guess, all),
    ...(guess.values.length > 0 ? [] : maps).map(
      ({ file, item, booklet }) =>
        `booklets: { files: ${quoted(file.path)}, item: ${quoted(item)}, booklet: ${quoted(booklet!)} }`,
    ),
    ...aside
      .filter(({ booklet }) => booklet === null)
      .map(
        ({ file, item }) =>
          `items: { files: ${quoted(file.path)}, item: ${quoted(item)} }  # and maximum, key, model, content …`,
      ),
    ...designLines(guess, all),
    ...(guess.groups.length > 0 ? [`groups: ${listed(guess.groups)}`] : []),
    ...(guess.others.length > 0
      ? [
          `# Nothing was made of: ${guess.others.slice(0, 40).join(", ")}${guess.others.length > 40 ? " …" : ""}. They may be groups or background.`,
        ]
      : []),
  ];
  const said = (count: number, what: string) => (count > 0 ? [`${count} ${what}`] : []);
  return {
    text: `${lines.join("\n")}\n`,
    found: [
      ...said(own!.rows, "pupils or rows"),
      ...said(guess.items.length, "columns of responses"),
      ...said(guess.values.length, "plausible values"),
      ...said(guess.replicates.length, "replicate weights"),
      ...(guess.weight === null ? ["no weight"] : [`the weight ${guess.weight}`]),
    ],
  };
}
