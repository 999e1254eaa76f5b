import type { Command } from "commander";
import { type Hindcast, hindcast, hindcastQuantities } from "../../simulation/hindcast/hindcast.js";
import { hindcastTable } from "../../simulation/hindcast/table.js";

const say = (words: string) => void process.stdout.write(`${words}\n`);
const percent = (share: number) => `${(share * 100).toPrecision(2)}%`.padStart(7);

/** Adds `greenpaper simulate hindcast`. */
export function addHindcastCommand(simulate: Command): void {
  simulate
    .command("hindcast")
    .description("The model started in an earlier year beside what was published since, misses included")
    .option(
      "--again",
      "run it again (some minutes) and say whether the committed table still holds; exits 1 where it doesn't",
    )
    .option("--json", "as JSON")
    .action((_: unknown, command: Command) => {
      const { again, json } = command.optsWithGlobals<{ again?: boolean; json?: boolean }>();
      const shown = again ? hindcastTable.map(({ census, trainees }) => hindcast({ census, trainees })) : hindcastTable;
      if (json) say(JSON.stringify(shown));
      else for (const one of shown) say(inWords(one));
      if (!again) return;
      const moved = shown.filter(({ hash }, k) => hash !== hindcastTable[k]!.hash);
      if (moved.length > 0) process.stderr.write("The model has moved since the table was made.\n");
      process.exitCode = moved.length > 0 ? 1 : 0;
    });
}

/** Errors by quantity and subject; where a subject is worse than holding the first known value, a mark says so. */
function inWords({ census, trainees, hash, rows }: Hindcast): string {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const width = Math.max(...subjects.map((subject) => subject.length));
  const cell = (subject: string, quantity: string) => {
    const row = rows.find((one) => one.subject === subject && one.quantity === quantity);
    if (!row) return "".padStart(9);
    return `${percent(row.error)} ${row.overPersistence !== null && row.overPersistence > 1 ? "!" : " "}`;
  };
  return [
    `From the census of ${census}, trainees ${trainees === "held" ? "held" : "as they came"}: mean absolute error of each quantity; ! worse than holding its first value; result ${hash}`,
    [" ".repeat(width), ...hindcastQuantities.map((quantity) => quantity.slice(0, 20).padStart(20))].join(" "),
    ...subjects.map((subject) =>
      [subject.padEnd(width), ...hindcastQuantities.map((quantity) => cell(subject, quantity).padStart(20))].join(" "),
    ),
  ].join("\n");
}
