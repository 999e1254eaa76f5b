export type { AttainmentYear } from "./attainment.js";

/** The tables of attainment by disadvantage. */
export const disadvantageMigrations = { schema: "disadvantage", folder: new URL("./", import.meta.url) };
