export { type Asset, asset, fontStack, type SiteAssets, siteAssets } from "./assets.js";
export { Figure, type FigureOptions, Fold } from "./figure.js";
export {
  DateField,
  dateNames,
  errorsOf,
  FileField,
  RadioField,
  TextArea,
  TextField,
  typedDate,
} from "./form-fields.js";
export { Govuk, govuk } from "./govuk.js";
export type { GovukComponents } from "./govuk-types.js";
export { type Headline, Headlines } from "./headlines.js";
export { changedMeanwhile, type Meanwhile, TypedFields } from "./meanwhile.js";
export { ErrorSummary, type Link, type PageOptions, renderPage, type Site, tag } from "./page.js";
export { Table, type TableColumn, type TableOptions } from "./table.js";
