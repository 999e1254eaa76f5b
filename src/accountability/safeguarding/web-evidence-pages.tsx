import Type from "typebox";
import type { Problem } from "../../kernel/index.js";
import { HttpError, type PageContext, type PageParts, type Pages } from "../../platform/http/index.js";
import { evidenceUploads } from "./evidence-files.js";
import type { AuditView } from "./service-audits.js";
import { addEvidence, readEvidence, removeEvidence } from "./service-evidence.js";
import { EvidenceContent, filesHref } from "./web-evidence.js";
import { auditAsked, auditHref, errorsOf, readable, type SafeguardingWeb, start, valueOr404 } from "./web-shared.js";

const officers = { roles: ["safeguarding-officer"] } as const;
const path = "/safeguarding/schools/:urn/audits/:audit/files/:requirement";

/** The pages of an audit's files of evidence: added and taken out by its officer, read by whoever may read the audit. */
export function addEvidencePages(
  pages: Pages,
  { database }: SafeguardingWeb,
  seen: (context: PageContext) => Promise<AuditView>,
): void {
  const page = async (context: PageContext, problems: readonly Problem[]): Promise<PageParts> => {
    const view = await seen(context);
    const asked = ({ id }: { readonly id: string }) => id === context.params.requirement;
    const section = view.sections.find(({ requirements }) => requirements.some(asked));
    if (!section || view.audit.state !== "begun")
      throw new HttpError(404, "not-found", "This audit has no such requirement to add files to now.");
    const { name } = view.about.school;
    return {
      title: `${problems.length > 0 ? "Error: " : ""}Files of evidence, ${name}`,
      ...{ section: "/proposals", breadcrumbs: [start, { text: name, href: auditHref(view.audit) }] },
      ...(problems.length > 0 && { status: 400 }),
      content: (
        <EvidenceContent
          {...{ view, section, requirement: section.requirements.find(asked)!, csrf: context.csrf }}
          error={problems[0] && `${problems[0].message}. ${problems[0].remedy}`}
          errors={errorsOf(problems, () => "#files")}
        />
      ),
    };
  };
  pages.get(path, officers, (context) => page(context, []));
  pages.upload(path, officers, evidenceUploads, Type.Object({}), async (context, _, files, problems) => {
    if (problems.length > 0) return page(context, problems);
    const requirement = context.params.requirement!;
    const added = valueOr404(
      await addEvidence(database, context.actor, auditAsked(context), { requirement, files }, context.now),
    );
    return added.ok
      ? {
          redirect: filesHref({ audit: added.value }, requirement),
          notice: `${files.length === 1 ? "The file is" : `${files.length} files are`} kept with the audit.`,
        }
      : page(context, added.error);
  });
  pages.post(`${path}/:file/removal`, officers, Type.Object({}), async (context) => {
    const { file, requirement } = context.params;
    const removed = valueOr404(await removeEvidence(database, context.actor, auditAsked(context), file!, context.now));
    return removed.ok
      ? { redirect: filesHref({ audit: removed.value }, requirement!), notice: "The file is taken out." }
      : page(context, removed.error);
  });
  pages.file(
    "/safeguarding/evidence-files/:file",
    { roles: ["safeguarding-officer", "school", "trust", "regional-officer", "regional-director"] },
    async ({ actor, params }) => {
      const { name, type, bytes } = readable(await readEvidence(database, actor, params.file ?? ""));
      return { name: name.replace(/[^\w. -]/g, "_"), type, body: bytes };
    },
  );
}
