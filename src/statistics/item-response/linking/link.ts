import type { ItemParameters } from "../items.js";
import type { Caution, Outcome } from "../outcome.js";
import { type CommonItemOptions, type CommonItems, commonItems } from "./common-items.js";
import { type CurveOptions, curvesLink } from "./curves.js";
import { linkForms } from "./haberman.js";
import { momentsLink } from "./moments.js";
import type { Transformation } from "./transform.js";

/** How two calibrations are linked. The first two are for diagnosis. */
export type LinkKind = "mean-mean" | "mean-sigma" | "haebara" | "stocking-lord" | "haberman" | "haberman-bisquare";

/** How two calibrations are linked; see the parts. */
export interface LinkOptions extends CommonItemOptions, CurveOptions {
  /** Whether the scales may differ in their unit. Default: not where every common item has slope 1 in both, as with Rasch and partial credit. */
  readonly slope?: "free" | "one";
}

/** A new calibration on the scale of an old one: θ_old = slope · θ_new + intercept. */
export interface Link extends Transformation {
  readonly kind: LinkKind;
  /** Names of the items that tie the two. */
  readonly items: readonly string[];
  readonly leftOut: CommonItems["leftOut"];
  /** Of the curves' methods; null for the others. */
  readonly criterion: number | null;
  readonly converged: boolean;
  /** Mean-sigma over the same items, to be compared; null where it has none. */
  readonly meanSigma: Transformation | null;
  readonly cautions: readonly Caution[];
}

/** Methods that differ by more than this in A or B don't see the same link. */
const disagreement = 0.25;

/**
 * Links a new calibration to an old one by their common items, which are those of the same name.
 *
 * @returns the link with what speaks against it; or why there is none, with the forms' names
 */
export function link(
  kind: LinkKind,
  old: ItemParameters,
  next: ItemParameters,
  options: LinkOptions = {},
): Outcome<Link> {
  const found = commonItems(old, next, options);
  if (!found.ok) return found;
  const common = found.value;
  const { forms = ["old", "new"] } = options;
  const isOne = common.used.every((item) => common.old.slope[item.old] === 1 && common.new.slope[item.new] === 1);
  const slopeIsOne = options.slope === undefined ? isOne : options.slope === "one";
  if (!slopeIsOne && common.used.length < 2)
    return {
      ok: false,
      error: [
        {
          code: "link-needs-two-items",
          place: `${forms[0]} and ${forms[1]}`,
          message: `only ${common.used[0]!.name} ties them, and a scale has an origin and a unit`,
          remedy: 'Link by more items, or hold the unit with slope: "one"',
        },
      ],
    };
  const linked = byKind(kind, common, options, slopeIsOne, forms);
  if (!linked.ok) return linked;
  const meanSigma = momentsLink(common, "mean-sigma", slopeIsOne);
  const { criterion, converged } = linked.value;
  const upright = linked.value;
  const cautions = [...common.cautions, ...linked.value.cautions];
  if (meanSigma && apart(meanSigma, upright) > disagreement)
    cautions.push({
      code: "link-methods-disagree",
      names: [],
      text: `${kind} gives ${told(upright)}, mean-sigma over the same items ${told(meanSigma)}: some items have moved, or tell too little of where they are.`,
    });
  if (!converged)
    cautions.push({ code: "link-not-converged", names: [], text: "The criterion's minimum was not found." });
  return {
    ok: true,
    value: {
      kind,
      ...facing(upright, common.turned),
      items: common.used.map(({ name }) => name),
      leftOut: common.leftOut,
      criterion,
      converged,
      meanSigma: meanSigma && facing(meanSigma, common.turned),
      cautions,
    },
  };
}

const told = ({ slope, intercept }: Transformation) => `A = ${slope.toFixed(3)}, B = ${intercept.toFixed(3)}`;
const apart = (a: Transformation, b: Transformation) =>
  Math.max(Math.abs(a.slope - b.slope), Math.abs(a.intercept - b.intercept));

/** The transformation between the forms as they were given, of which each may have been turned round for linking. */
function facing({ slope, intercept }: Transformation, turned: CommonItems["turned"]): Transformation {
  const old = turned.old ? -1 : 1;
  return { slope: old * (turned.new ? -slope : slope), intercept: old * intercept };
}

interface Linked extends Transformation {
  readonly criterion: number | null;
  readonly converged: boolean;
  readonly cautions: readonly Caution[];
}

function byKind(
  kind: LinkKind,
  common: CommonItems,
  options: LinkOptions,
  slopeIsOne: boolean,
  forms: readonly [string, string],
): Outcome<Linked> {
  switch (kind) {
    case "haebara":
    case "stocking-lord":
      return { ok: true, value: { ...curvesLink(common, kind, options, slopeIsOne), cautions: [] } };
    case "haberman":
    case "haberman-bisquare": {
      const only = (items: ItemParameters, at: readonly number[]): ItemParameters => ({
        names: at.map((j) => items.names[j]!),
        models: at.map((j) => items.models[j]!),
        slope: Float64Array.from(at, (j) => (slopeIsOne ? 1 : items.slope[j]!)),
        intercepts: at.map((j) => items.intercepts[j]!),
        guessing: Float64Array.from(at, (j) => items.guessing[j]!),
      });
      const two = [
        {
          name: forms[0],
          items: only(
            common.old,
            common.used.map((item) => item.old),
          ),
        },
        {
          name: forms[1],
          items: only(
            common.new,
            common.used.map((item) => item.new),
          ),
        },
      ];
      const found = linkForms(two, kind === "haberman" ? "least-squares" : "bisquare");
      if (!found.ok) return found;
      const { slope, intercept } = found.value.forms[1]!;
      return {
        ok: true,
        value: { slope, intercept, criterion: null, converged: true, cautions: found.value.cautions },
      };
    }
    default: {
      const moments = momentsLink(common, kind, slopeIsOne);
      if (moments) return { ok: true, value: { ...moments, criterion: null, converged: true, cautions: [] } };
      return {
        ok: false,
        error: [
          {
            code: "link-items-unusable",
            place: `${forms[0]} and ${forms[1]}`,
            message: `${kind} has no slope above nought over the ${common.used.length} common items`,
            remedy: "Link by haebara or stocking-lord, or leave out the items with a negative slope",
          },
        ],
      };
    }
  }
}
