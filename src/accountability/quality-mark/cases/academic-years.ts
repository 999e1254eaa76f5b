import { academicYear, formatAcademicYear } from "../../../kernel/index.js";

/** A year as addresses write it, `2025-26`, or as pages do, `2025/26`, in the latter form; null where it is none. */
export function readAcademicYear(text: string): string | null {
  const match = /^(\d{4})[-/](\d{2})$/.exec(text);
  if (!match) return null;
  const start = Number(match[1]);
  if (start < 1900 || start > 2200) return null;
  const written = formatAcademicYear(academicYear(start));
  return written.endsWith(match[2]!) ? written : null;
}

/** A year as addresses write it. */
export const yearInAddress = (year: string): string => year.replace("/", "-");
