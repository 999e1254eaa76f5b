import { civilDate, type Parameter } from "../../../kernel/index.js";

/** A ground on which a published decision may be appealed. */
export interface AppealGround {
  readonly code: string;
  readonly label: string;
  readonly hint: string;
}

const ground = (code: string, label: string, hint: string): AppealGround => ({ code, label, hint });

/** The grounds of an appeal. */
export const appealGrounds: Parameter<readonly AppealGround[]> = {
  id: "accountability.quality-mark.appeal-grounds",
  label: "Grounds on which a decision may be appealed",
  unit: "grounds",
  values: [
    {
      from: civilDate("2016-09-01"),
      value: [
        ground("fact-wrong", "A fact that the decision rests on is wrong", "Say which, and attach what shows it."),
        ground(
          "evidence-left-out",
          "Evidence that was handed in was not considered",
          "Say which, and when it was handed in.",
        ),
        ground(
          "rule-wrongly-applied",
          "The rule was not applied as it is written",
          "Say which step, and what it should have given.",
        ),
        ground(
          "procedure",
          "The procedure was not followed",
          "For example, the school was not heard, or the same person decided twice.",
        ),
        ground("conflict", "Somebody who decided was not impartial", "Say who, and why."),
      ],
      source: {
        kind: "assumption",
        why:
          "The paper sets none. These are the grounds on which decisions of public bodies can be questioned: error of fact, relevant matter left out, " +
          "error of rule, unfair procedure, bias. That the line should lie elsewhere is no ground: it is the same for every school and is settled in the agreed measure",
      },
    },
  ],
};
