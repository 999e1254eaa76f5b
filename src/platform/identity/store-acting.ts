import { sql } from "drizzle-orm";
import { personRole, type Queries } from "../database/index.js";

/** Takes on the role without rights of its own and says for whom, until the transaction ends. */
export async function takeOn(queries: Queries, person: string, grants: string): Promise<void> {
  await queries.execute(
    sql`select set_config('greenpaper.person', ${person}, true), set_config('greenpaper.grants', ${grants}, true),
      set_config('role', ${personRole}, true)`,
  );
}
