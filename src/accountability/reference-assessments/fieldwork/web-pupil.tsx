import Type from "typebox";
import type { Problem } from "../../../kernel/index.js";
import { Form, type PageContext, type Pages } from "../../../platform/http/index.js";
import { ErrorSummary, Govuk, RadioField, TextField } from "../../../platform/pages/index.js";
import type { SampledSchool } from "./field.js";
import { type Arrangement, type Attendance, arrangements, attendances, type FieldPupil } from "./pupil.js";
import { describePupils, viewSchool } from "./service-schools.js";
import { type FieldworkWeb, formErrors, found, inSchool, orNotFound, page, start, type Typed } from "./web-shared.js";

const text = (maxLength: number) => Type.String({ maxLength, default: "" });
/** Where a school's part stands. */
export const base = "/assessment-fieldwork/schools/:urn";
/** A school's samples. */
export const schoolHref = (urn: string) => `/assessment-fieldwork/schools/${urn}`;
/** A school's part in a study. */
export const partHref = ({ urn, study }: SampledSchool) => `${schoolHref(urn)}/studies/${study}`;

const pupilNames = ["sex", "disadvantaged", "born", "attendance"] as const;

/** The page of one line of the school's list. */
export function addPupilPages(pages: Pages, options: FieldworkWeb): void {
  const { database } = options;
  const path = `${base}/studies/:study/pupils/:line`;
  const one = async (
    context: PageContext,
    typed: Typed | null,
    chosen: readonly string[],
    problems: readonly Problem[],
  ) => {
    const { study, school, pupils } = found(
      await viewSchool(database, context.actor, context.params.study!, context.params.urn!),
    );
    const pupil = pupils.find(({ line }) => String(line) === context.params.line);
    const unknown = {
      code: "fieldwork-pupil-unknown",
      place: "line",
      message: "No pupil of this line was drawn",
      remedy: "Look at the list.",
    };
    const shown = found<FieldPupil>(pupil ? { ok: true, value: pupil } : { ok: false, error: [unknown] });
    return page(
      `Line ${shown.line}`,
      [start, { text: study.title, href: partHref(school) }],
      <PupilContent pupil={shown} typed={typed} chosen={chosen} problems={problems} csrf={context.csrf} />,
      problems,
    );
  };
  pages.get(path, inSchool, (context) => one(context, null, [], []));
  const fields = Type.Object({
    ...{ sex: text(20), disadvantaged: text(20), born: text(20), attendance: text(20), version: text(20) },
    arrangements: Type.Array(Type.String({ maxLength: 30 }), { maxItems: 20, default: [] }),
  });
  pages.post(path, inSchool, fields, async (context, { arrangements: chosen, ...typed }) => {
    const [urn, study, line] = [context.params.urn!, context.params.study!, Number(context.params.line)];
    const given = { ...typed, arrangements: chosen };
    const change = { line, fields: given, place: "pupil", expected: Number(typed.version) || 0 };
    const done = orNotFound(await describePupils(database, context.actor, { study, urn }, [change]));
    return done.ok
      ? { redirect: `${schoolHref(urn)}/studies/${study}`, notice: `Line ${line} is saved.` }
      : one(context, typed, chosen, done.error);
  });
}

interface PupilProps {
  readonly pupil: FieldPupil;
  readonly typed: Typed | null;
  readonly chosen: readonly string[];
  readonly problems: readonly Problem[];
  readonly csrf: string;
}

function PupilContent({ pupil, typed, chosen, problems, csrf }: PupilProps) {
  const errors = formErrors(problems, pupilNames);
  const value = (name: (typeof pupilNames)[number]) => typed?.[name] ?? pupil[name] ?? "";
  const field = (id: (typeof pupilNames)[number]) => ({ id, value: value(id), error: errors.of[id] });
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors.summary} />
        <h1 class="govuk-heading-xl">Line {pupil.line}</h1>
        <Form
          action={`${schoolHref(pupil.urn)}/studies/${pupil.study}/pupils/${pupil.line}`}
          csrf={csrf}
          version={pupil.version}
        >
          <RadioField
            {...field("sex")}
            label="Sex"
            items={[
              { value: "female", text: "Female" },
              { value: "male", text: "Male" },
              { value: "not-said", text: "Not said" },
            ]}
          />
          <RadioField
            {...field("disadvantaged")}
            label="Does the pupil attract the pupil premium?"
            items={[
              { value: "yes", text: "Yes" },
              { value: "no", text: "No" },
              { value: "not-known", text: "Not known" },
            ]}
          />
          <TextField {...field("born")} label="Month of birth" hint="As 2018-11, without the day" width={10} />
          <Govuk
            is="checkboxes"
            options={{
              ...{ idPrefix: "arrangements", name: "arrangements", values: [...(typed ? chosen : pupil.arrangements)] },
              fieldset: { legend: { text: "Access arrangements", classes: "govuk-fieldset__legend--s" } },
              hint: { text: "What the pupil has in lessons" },
              items: (Object.keys(arrangements) as Arrangement[]).map((one) => ({
                value: one,
                text: arrangements[one],
              })),
            }}
          />
          <RadioField
            {...field("attendance")}
            label="Does the pupil take part?"
            items={(Object.keys(attendances) as Attendance[]).map((one) => ({ value: one, text: attendances[one] }))}
          />
          <Govuk is="button" options={{ text: "Save" }} />
        </Form>
      </div>
    </div>
  );
}
