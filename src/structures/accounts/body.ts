import { err, type GroupUid, ok, parseGroupUid, parseUrn, type Result, type Urn } from "../../kernel/index.js";

/** Whose accounts they are: a trust's, which reach each of its schools, or those of a school outside any trust. */
export type AccountsBody =
  | { readonly kind: "trust"; readonly uid: GroupUid }
  | { readonly kind: "school"; readonly urn: Urn };

/** `trust-1234` or `school-100000`, as in addresses and streams. */
export function keyOfBody(body: AccountsBody): string {
  return body.kind === "trust" ? `trust-${body.uid}` : `school-${body.urn}`;
}

/** Reads `trust-1234` or `school-100000`. */
export function parseBody(text: string): Result<AccountsBody, string> {
  const [kind, ...rest] = text.split("-");
  const id = rest.join("-");
  if (kind === "trust") {
    const uid = parseGroupUid(id);
    return uid.ok ? ok({ kind, uid: uid.value }) : uid;
  }
  if (kind === "school") {
    const urn = parseUrn(id);
    return urn.ok ? ok({ kind, urn: urn.value }) : urn;
  }
  return err(`"${text}" is neither trust- with a group's UID nor school- with a URN`);
}
