import { pagesOn, type RouteGroup } from "../../../platform/http/index.js";
import { addItemPage } from "./web-item.js";
import { addItemPages } from "./web-items.js";
import { addPlanPages } from "./web-plan.js";
import { addSamplePages } from "./web-sample.js";
import { addSchoolPages } from "./web-school.js";
import { addSessionPages } from "./web-session.js";
import type { FieldworkWeb } from "./web-shared.js";
import { addStudyPages } from "./web-studies.js";
import { addStudyItemPages } from "./web-study-items.js";

/** The pages of running assessments (A1): the statistician's, the school's, the pupil's. */
export function fieldworkPages(options: FieldworkWeb): RouteGroup {
  return (server) => {
    const pages = pagesOn(server, options);
    addStudyPages(pages, options);
    addPlanPages(pages, options);
    addItemPages(pages, options);
    addItemPage(pages, options);
    addSamplePages(pages, options);
    addStudyItemPages(pages, options);
    addSchoolPages(pages, options);
    addSessionPages(server, pages, options);
  };
}
