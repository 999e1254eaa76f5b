import { type Command, Option } from "commander";
import { describeProblems } from "../ingest/index.js";
import { DatabaseError, databaseLocation, migrate, openDatabase } from "../platform/database/index.js";
import type { ListenAddress } from "../platform/http/index.js";
import { type CommandContext, wholeNumber } from "../platform/terminal/index.js";

const help = `
It serves the newest review that the register holds, as published by \`greenpaper publish\` or made by \`npm start\`, and makes
nothing itself. DATABASE_URL=postgres://… serves from PostgreSQL.`;

/** Adds `greenpaper serve`. */
export function addServeCommand(program: Command, context: CommandContext): void {
  program
    .command("serve")
    .description("Serve the pages of the review that the register holds")
    .addOption(
      new Option("--port <number>", "port to serve on").env("PORT").default(3000).argParser(wholeNumber(0, 65_535)),
    )
    .option("--host <address>", "address to serve on (or HOST)", process.env.HOST || "127.0.0.1")
    .addHelpText("after", help)
    .action(async (options: { port: number; host: string }) => {
      process.exitCode = await serve({ host: options.host, port: options.port }, context);
    });
}

async function serve(address: ListenAddress, context: CommandContext): Promise<number> {
  // The web server is read here, so that other commands start without it.
  const [{ portIsFree }, { serveReview }, { migrationSets }, { readServerSettings }] = await Promise.all([
    import("../platform/http/index.js"),
    import("./serve.js"),
    import("./parts.js"),
    import("./server-settings.js"),
  ]);
  const settings = readServerSettings(process.env, address.host);
  if (!settings.ok) return complain(describeProblems(settings.error));
  const taken = await portIsFree(address);
  if (!taken.ok) return complain(describeProblems([taken.error]));
  try {
    const database = await openDatabase(databaseLocation(process.env, context.projectFolder));
    try {
      await migrate(database, migrationSets);
      const served = await serveReview(database, context.version, [], address, settings.value);
      if (served.ok) {
        process.stderr.write(`${served.value}\n`);
        return 0;
      }
      await database.close();
      return complain(describeProblems([served.error]));
    } catch (error) {
      await database.close();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return complain(error.message);
  }
}

function complain(words: string): number {
  process.stderr.write(`${words}\n`);
  return 1;
}
