import { dayInEngland, Form } from "../../platform/http/index.js";
import { ErrorSummary, FileField, Govuk, type Link } from "../../platform/pages/index.js";
import { evidenceUploads } from "./evidence-files.js";
import { erasureDay } from "./retention.js";
import type { AuditView } from "./service-audits.js";
import type { Requirement, Section } from "./standard.js";
import type { ListedEvidence } from "./store-evidence.js";
import { auditHref, dayWords, elementId } from "./web-shared.js";

/** The address of a file. */
const fileHref = (id: string) => `/safeguarding/evidence-files/${id}`;
/** The page on which a requirement's files are added and taken out. */
export const filesHref = (view: Pick<AuditView, "audit">, requirement: string) =>
  `${auditHref(view.audit)}/files/${requirement}`;

const momentWords = (moment: string) => dayWords(dayInEngland(new Date(moment)));

const sizeWords = (bytes: number) =>
  bytes >= 100_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1000))} KB`;

/** The files of one requirement, to download, with their hashes; nothing where there are none. */
export function EvidenceList({ files }: { readonly files: readonly ListedEvidence[] }) {
  if (files.length === 0) return null;
  return (
    <ul class="govuk-list safeguarding-files">
      {files.map(({ id, name, size, sha256, addedAt, erasedAt }) => (
        <li>
          {erasedAt === null ? (
            <a class="govuk-link" href={fileHref(id)} download>
              {name}
            </a>
          ) : (
            name
          )}{" "}
          ({sizeWords(size)}, added on {momentWords(addedAt)}
          {erasedAt !== null && (
            <>
              , <strong>erased on {momentWords(erasedAt)}</strong>
            </>
          )}
          )
          <br />
          <span class="govuk-hint govuk-!-font-size-16">
            SHA-256 <code class="site-code">{sha256}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How long the files of a signed audit are kept; nothing where it has none. */
export function KeptUntilPart({ view }: { readonly view: AuditView }) {
  const { audit, files, fileMonths } = view;
  if (files.every(({ erasedAt }) => erasedAt !== null) || audit.signedOn === null) return null;
  return (
    <p class="govuk-body">
      Files of evidence are kept until {dayWords(erasureDay(audit.signedOn, fileMonths))}, and longer while an
      escalation, an action or the school’s case can still turn on them. Then the files are erased, and their names,
      sizes and hashes stay.
    </p>
  );
}

/** The files of one requirement: what is there, and the form for more. */
export function EvidenceContent(props: {
  readonly view: AuditView;
  readonly section: Section;
  readonly requirement: Requirement;
  readonly csrf: string;
  readonly error: string | undefined;
  readonly errors: readonly Link[];
}) {
  const { view, section, requirement, csrf, error, errors } = props;
  const files = view.files.filter((one) => one.requirement === requirement.id);
  const here = filesHref(view, requirement.id);
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} />
        <span class="govuk-caption-xl">
          {view.about.school.name}, {section.title.toLowerCase()}
        </span>
        <h1 class="govuk-heading-xl">Files of evidence</h1>
        <p class="govuk-body">
          <strong>{requirement.text}</strong>
        </p>
        {files.length === 0 && <p class="govuk-body">No file has been added.</p>}
        {files.map((file) => (
          <div class="safeguarding-answer">
            <EvidenceList files={[file]} />
            <Form action={`${here}/${file.id}/removal`} csrf={csrf}>
              <button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-3">
                Take it out<span class="govuk-visually-hidden"> : {file.name}</span>
              </button>
            </Form>
          </div>
        ))}
        <Form action={here} csrf={csrf} multipart>
          <FileField
            id="files"
            label={files.length === 0 ? "Add files" : "Add more files"}
            hint="PDF, PNG or JPEG, at most 5 MB each, 5 at once. Cover the names of children first; leave DBS certificates in the school."
            accept={evidenceUploads.types.map((type) => `.${type}`)}
            multiple
            error={error}
          />
          <div class="govuk-button-group">
            <Govuk is="button" options={{ text: "Add", preventDoubleClick: true }} />
            <a class="govuk-link" href={`${auditHref(view.audit)}/sections/${section.id}#${elementId(requirement.id)}`}>
              Back to the section
            </a>
          </div>
        </Form>
        <p class="govuk-body">
          Files need a connection: without one nothing is sent from here, and you add them later. What you typed in the
          section is kept. A file goes with the words that name what was seen; it doesn’t stand in their place.
        </p>
        <p class="govuk-body">
          The files are erased {view.fileMonths} months after the audit is signed, or when nothing open needs them any
          more. Their names, sizes and hashes stay.
        </p>
      </div>
    </div>
  );
}
