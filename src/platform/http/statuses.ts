/** The HTTP status of codes that several services use. Any other refusal by a rule is 422. */
const statuses: Readonly<Record<string, number>> = {
  "not-signed-in": 401,
  "role-missing": 403,
  "out-of-scope": 403,
  "not-allowed": 403,
  "not-found": 404,
  "school-unknown": 404,
  "changed-meanwhile": 409,
  "version-missing": 428,
};

/** The HTTP status of a problem's code: what a rule refuses is 422 unless the table says otherwise. */
export function statusOf(code: string): number {
  return statuses[code] ?? 422;
}
