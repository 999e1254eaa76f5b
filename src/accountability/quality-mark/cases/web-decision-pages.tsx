import Type, { type Static } from "typebox";
import type { CivilDate } from "../../../kernel/index.js";
import type { PageContext } from "../../../platform/http/index.js";
import type { Link } from "../../../platform/pages/index.js";
import { isDecision } from "../web-words.js";
import type { CaseCommand } from "./case.js";
import { caseParametersOn } from "./parameters.js";
import { officers } from "./service.js";
import type { StoredCase } from "./store-case.js";
import { whyNotDecide } from "./transitions-decision.js";
import type { CaseKit } from "./web-case-kit.js";
import { CheckDecisionContent, DecideContent, errorsOf } from "./web-steps.js";

const access = { roles: officers };
const decisionFields = Type.Object({
  decision: Type.String({ maxLength: 40, default: "" }),
  words: Type.String({ maxLength: 5000, default: "" }),
  version: Type.String({ maxLength: 9, default: "" }),
});

/** The pages of a decision, and of a decision on an appeal: the question, the check, the confirmation. */
export function addDecisionPages({ pages, read, page, take }: CaseKit): void {
  const kinds = [
    ["decide", "Decide the case", "decide"],
    ["appeal", "Decide the appeal", "decide-appeal"],
  ] as const;
  for (const [action, title, kind] of kinds) {
    const ask = (
      context: PageContext,
      found: StoredCase,
      typed: { readonly decision: string; readonly words: string },
      errors: readonly Link[],
    ) => {
      const content = <DecideContent {...{ found, errors, action, title, ...typed, csrf: context.csrf }} />;
      return page(found, title, errors, content);
    };
    const wrong = (found: StoredCase, typed: Static<typeof decisionFields>, today: CivilDate): Link[] => {
      if (!isDecision(typed.decision)) return [{ href: "#decision", text: "Choose a decision" }];
      if (action === "appeal")
        return typed.words === "" ? [{ href: "#words", text: "Write the reasons of the decision on the appeal" }] : [];
      const refusals = whyNotDecide(found, typed.decision, typed.words, today);
      return errorsOf(refusals.map((one) => ({ ...one, place: "", remedy: "" })));
    };
    pages.get(`/cases/:year/:urn/${action}`, access, async (context) => {
      const { found } = await read(context);
      return ask(context, found, { decision: action === "decide" ? found.proposal.decision : "", words: "" }, []);
    });
    pages.post(`/cases/:year/:urn/${action}`, access, decisionFields, async (context, typed) => {
      const { found } = await read(context);
      const errors = wrong(found, typed, context.today);
      if (errors.length > 0 || !isDecision(typed.decision)) return ask(context, found, typed, errors);
      const parameters = caseParametersOn(context.today);
      const checked = { found, action, parameters, decision: typed.decision, words: typed.words, csrf: context.csrf };
      return { ...page(found, "Check your decision", [], <CheckDecisionContent {...checked} />), status: 200 };
    });
    pages.post(`/cases/:year/:urn/${action}/confirm`, access, decisionFields, async (context, typed) => {
      if (!isDecision(typed.decision))
        return ask(
          context,
          (await read(context)).found,
          typed,
          wrong((await read(context)).found, typed, context.today),
        );
      const { decision, words: written } = typed;
      const command: CaseCommand =
        kind === "decide"
          ? { kind, decision, words: written === "" ? null : written }
          : { kind, decision, words: written };
      return take(context, typed, command, "Your decision is kept.", (found, errors) =>
        ask(context, found, typed, errors),
      );
    });
  }
}
