import Type from "typebox";
import type { Problem } from "../../../kernel/index.js";
import { Form, type PageContext, type Pages } from "../../../platform/http/index.js";
import { ErrorSummary, Govuk, RadioField, TextField } from "../../../platform/pages/index.js";
import type { SampledSchool } from "./field.js";
import { problem } from "./problem.js";
import { type Arrangement, type Attendance, arrangements, attendances, type FieldPupil } from "./pupil.js";
import { type Asker, askers, erasePupil, mayErase } from "./service-erase-pupil.js";
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
      <PupilContent
        pupil={shown}
        erases={study.erasedAt === null && mayErase(context.actor, school.urn)}
        {...{ typed, chosen, problems, csrf: context.csrf }}
      />,
      problems,
    );
  };
  pages.get(path, inSchool, (context) => one(context, null, [], []));
  const erasure = Type.Object({ asked: text(20), version: text(20) });
  pages.post(`${path}/erasure`, { roles: ["school", "statistician"] }, erasure, async (context, { asked, version }) => {
    const [urn, study, line] = [context.params.urn!, context.params.study!, Number(context.params.line)];
    const asker = (Object.keys(askers) as Asker[]).find((one) => one === asked);
    if (!asker) return one(context, null, [], [askerUnsaid]);
    const order = { study, urn, line, asked: asker, expected: Number(version) || 0 };
    const done = orNotFound(await erasePupil(database, context.actor, order, context.now));
    if (!done.ok) return one(context, null, [], done.error);
    const copies =
      done.value.files.length > 0 ? " Files that held the pupil are taken away: destroy copies of them." : "";
    return { redirect: `${schoolHref(urn)}/studies/${study}`, notice: `The pupil of line ${line} is erased.${copies}` };
  });
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

const askerUnsaid = problem(
  "fieldwork-pupil-invalid",
  "asked",
  "it isn't said who asks for it",
  "Choose one of the two.",
);

interface PupilProps {
  readonly pupil: FieldPupil;
  /** Whether the reader may erase the pupil. */
  readonly erases: boolean;
  readonly typed: Typed | null;
  readonly chosen: readonly string[];
  readonly problems: readonly Problem[];
  readonly csrf: string;
}

function PupilContent({ pupil, erases, typed, chosen, problems, csrf }: PupilProps) {
  const errors = formErrors(problems, [...pupilNames, "asked"]);
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
        {erases && <EraseForm pupil={pupil} csrf={csrf} error={errors.of.asked} />}
      </div>
    </div>
  );
}

/** Erasing on request, below what is written of the pupil. */
function EraseForm({ pupil, csrf, error }: { pupil: FieldPupil; csrf: string; error: string | undefined }) {
  const action = `${schoolHref(pupil.urn)}/studies/${pupil.study}/pupils/${pupil.line}/erasure`;
  return (
    <>
      <h2 class="govuk-heading-m">Erase this pupil on request</h2>
      <p class="govuk-body">
        A parent, a carer or the pupil may object at any time until the day of erasing. Every answer and all that is
        written here is then taken away, and the ticket stops working; the other pupils of your school stand for this
        one. Nothing that was published names or shows a pupil, and it stays.
      </p>
      <Form action={action} csrf={csrf} version={pupil.version}>
        <RadioField
          id="asked"
          value=""
          label="Who asks for it?"
          items={Object.entries(askers).map(([value, text]) => ({ value, text }))}
          error={error}
        />
        <Govuk
          is="button"
          options={{ text: "Erase this pupil", classes: "govuk-button--warning", preventDoubleClick: true }}
        />
      </Form>
    </>
  );
}
