// Works through the publications of a register until it is killed, and says when a step begins and when it is about to be saved.
// usage: node test/crash/worker.mjs LOCATION-AS-JSON
import { sql } from "drizzle-orm";
import { publishJob } from "../../dist/accountability/quality-mark/cases/jobs.js";
import { openDatabase } from "../../dist/platform/database/index.js";
import { runJobs } from "../../dist/platform/jobs/index.js";

const say = (line) => process.stdout.write(`${line}\n`);
const database = await openDatabase(JSON.parse(process.argv[2]));
const [counts] = await database.queries.execute(
  sql`select (select count(*) from quality_mark.school_case where state = 'published') as published,
    (select count(*) from log.event where kind = 'decision-published') as events,
    (select done from jobs.job) as done, (select state from jobs.job) as state`,
);
say(JSON.stringify(counts));
const telling = {
  ...publishJob,
  async step(context) {
    say("begins");
    const outcome = await publishJob.step(context);
    say("done");
    return outcome;
  },
};
runJobs(database, [telling], { pause: 20 });
// Stays until it is killed; looks now and then whether the job is done.
for (;;) {
  await new Promise((resolve) => setTimeout(resolve, 500));
  const [job] = await database.queries.execute(sql`select state from jobs.job`);
  if (job.state === "succeeded") say("finished");
}
