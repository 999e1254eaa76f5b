import { formatSheet } from "../../ingest/index.js";

/** Rows as CSV for spreadsheets, the header first. */
export const formatCsv = ([header = [], ...rows]: readonly (readonly string[])[]): string => formatSheet(header, rows);
