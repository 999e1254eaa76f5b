import { desc, eq } from "drizzle-orm";
import type { Queries } from "../../platform/database/index.js";
import { type PupilCount, pupilCountTable, type SchoolDirectory } from "../../register/index.js";
import { type AlikeSchools, alikeSchools, type Intake } from "./alike.js";

const share = (part: number | null, whole: number | null) =>
  part === null || whole === null || whole === 0 ? null : part / whole;

function intakeOf(count: PupilCount, phase: string): Intake {
  const { urn, pupils, mealsSixYears, mealsOf, otherLanguage, support, plans } = count;
  return {
    ...{ urn, phase, pupils },
    meals: share(mealsSixYears, mealsOf),
    otherLanguage: share(otherLanguage, pupils),
    support: share(support, pupils),
    plans: share(plans, pupils),
  };
}

async function loadAlike(queries: Queries, directory: SchoolDirectory): Promise<AlikeSchools> {
  const [newest] = await queries
    .select({ year: pupilCountTable.academicYear })
    .from(pupilCountTable)
    .orderBy(desc(pupilCountTable.academicYear))
    .limit(1);
  if (!newest) return alikeSchools([]);
  const counts = await queries.select().from(pupilCountTable).where(eq(pupilCountTable.academicYear, newest.year));
  return alikeSchools(
    counts.flatMap((count) => {
      const school = directory.school(count.urn);
      return school?.phase && school.status !== "closed" ? [intakeOf(count, school.phase)] : [];
    }),
  );
}

/** Schools by their intakes in the newest census, made once for a directory. */
export function alikeReader(queries: Queries): (directory: SchoolDirectory) => Promise<AlikeSchools> {
  let kept: { readonly directory: SchoolDirectory; readonly alike: Promise<AlikeSchools> } | null = null;
  return (directory) => {
    if (kept?.directory === directory) return kept.alike;
    const alike = loadAlike(queries, directory);
    kept = { directory, alike };
    alike.catch(() => {
      if (kept?.alike === alike) kept = null; // ask again next time
    });
    return alike;
  };
}
