import type { CivilDate } from "../../kernel/index.js";
import { findAuthority } from "../../register/index.js";
import { type Duty, dutiesOn, isPost, posts } from "./duties.js";
import { covers, type Delegation, type Period, type Responsibility } from "./responsibility.js";

/** An office of a region or of the whole country. */
export interface Office {
  readonly code: string;
  readonly name: string;
  readonly kind: "regional" | "national";
  readonly contact: string;
}

/** Somebody in a post. */
export interface Officer extends Period {
  readonly office: string;
  readonly post: string;
  readonly name: string;
  readonly contact: string;
}

/** A region of the drawing in force. */
export interface RegionOnTheDay {
  readonly code: string;
  readonly name: string;
  readonly office: string;
}

/** Everything that says who answers on one day. */
export interface DutyRegister {
  readonly on: CivilDate;
  /** The number of the drawing in force, or null before the first. */
  readonly drawing: number | null;
  readonly regions: readonly RegionOnTheDay[];
  /** Region of each open authority. */
  readonly regionOf: ReadonlyMap<string, string>;
  readonly offices: ReadonlyMap<string, Office>;
  readonly held: readonly Responsibility[];
  readonly delegations: readonly Delegation[];
  readonly officers: readonly Officer[];
}

/** What has to be known of a school to say who answers for it. */
export interface SchoolPlace {
  readonly urn: string;
  readonly authority: string;
  /** The trust that runs it on the day, or null where no trust does. */
  readonly trust: string | null;
}

/** One duty at one school, and who holds it. */
export interface Answerable {
  /** In a parent's words. */
  readonly duty: string;
  readonly office: string;
  /** Null where the post is vacant, where nobody has been recorded, or where the holder is not one of our offices. */
  readonly officer: string | null;
  readonly contact: string;
  readonly dutyCode: string;
  readonly officeCode: string | null;
  readonly post: string | null;
  /** The office that still answers for the duty while another carries it out, and why; null as a rule. */
  readonly delegated: { readonly by: string; readonly until: CivilDate; readonly reasons: string } | null;
  readonly standing: Duty["standing"];
}

/**
 * The region of an authority in a drawing. An abolished authority lies where all of its successors lie, and in no region where they
 * lie in several.
 */
export function regionOfAuthority(regionOf: ReadonlyMap<string, string>, code: string): string | null {
  const own = regionOf.get(code);
  if (own !== undefined) return own;
  const followed = new Set(findAuthority(code)?.successors.map((next) => regionOfAuthority(regionOf, next)) ?? []);
  const [only] = followed;
  return followed.size === 1 ? (only ?? null) : null;
}

/** Who answers for each duty at a school, in the order of the duties; duties of a region are left out where it lies in none. */
export function answerables(register: DutyRegister, school: SchoolPlace): readonly Answerable[] {
  const region = regionOfAuthority(register.regionOf, school.authority);
  return dutiesOn(register.on).flatMap((duty) => {
    const found = holderOf(register, duty, school, region);
    return found === null ? [] : [found];
  });
}

const outside = { officer: null, officeCode: null, post: null, delegated: null };

function holderOf(register: DutyRegister, duty: Duty, school: SchoolPlace, region: string | null): Answerable | null {
  const common = { duty: duty.title, dutyCode: duty.code, standing: duty.standing };
  if (duty.holder === "local-authority") {
    const name = findAuthority(school.authority)?.name ?? `authority ${school.authority}`;
    return { ...common, ...outside, office: name, contact: duty.department ?? "The council's education department" };
  }
  if (duty.holder === "responsible-body") {
    const office = school.trust ?? "The school's governing body";
    return { ...common, ...outside, office, contact: "Through the school" };
  }
  const place = duty.holder === "regional-office" ? region : null;
  if (duty.holder === "regional-office" && place === null) return null;
  const same = (row: { readonly duty: string; readonly region: string | null } & Period) =>
    row.duty === duty.code && row.region === place && covers(row, register.on);
  const held = register.held.find(same);
  if (!held) return null;
  const delegation = register.delegations.find(same);
  const carrier = delegation
    ? { office: delegation.toOffice, post: delegation.toPost }
    : { office: held.office, post: held.post };
  const office = register.offices.get(carrier.office)!;
  const officer = register.officers.find(
    (one) => one.office === carrier.office && one.post === carrier.post && covers(one, register.on),
  );
  return {
    ...common,
    office: office.name,
    officeCode: office.code,
    post: isPost(carrier.post) ? posts[carrier.post] : carrier.post,
    officer: officer?.name ?? null,
    contact: officer?.contact ?? office.contact,
    delegated: delegation
      ? { by: register.offices.get(held.office)!.name, until: delegation.to, reasons: delegation.reasons }
      : null,
  };
}
