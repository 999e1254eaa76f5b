export { type CommonItemOptions, itemLocation, median } from "./common-items.js";
export type { CurveOptions, WeightedNodes } from "./curves.js";
export { type Form, type FormsLink, linkForms, type Robustness } from "./haberman.js";
export { type Influence, type LinkInfluence, stockingLordInfluence } from "./influence.js";
export { type Link, type LinkKind, type LinkOptions, link } from "./link.js";
export {
  type LinkingError,
  type LinkingErrorOptions,
  linkingError,
  pisa2012LinkingError,
  pisa2015LinkingError,
} from "./linking-error.js";
export { type MovedParameter, slopeSensitivity } from "./sensitivity.js";
export {
  chainLinks,
  type Transformation,
  transformAbilities,
  transformGroup,
  transformItems,
} from "./transform.js";
