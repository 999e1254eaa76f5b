/** The tables of enquiries; they refer to the register's. */
export const exemptionMigrations = { schema: "exemption", folder: new URL("./", import.meta.url) };
