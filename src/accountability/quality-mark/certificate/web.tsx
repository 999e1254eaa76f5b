import { dateInWords } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import {
  HttpError,
  type PageParts,
  type PagesOptions,
  pagesOn,
  type RouteGroup,
} from "../../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, TextField } from "../../../platform/pages/index.js";
import { WithSchoolLinks } from "../cases/web-school-links.js";
import { markSentence } from "../marks/index.js";
import type { CodeFinding } from "./certificate.js";
import { certificatePdf } from "./report-certificate.js";
import { type CodeCheck, checkCode, currentCertificate, type Issued } from "./service.js";

export interface CertificatePagesOptions extends PagesOptions {
  readonly database: Database;
}

const page = (title: string, breadcrumbs: readonly Link[], content: PageParts["content"], status = 200): PageParts => ({
  ...{ title, section: null, breadcrumbs, content, status },
});

/** What a finding means. */
export const findingWords: Readonly<Record<CodeFinding, { readonly title: string; readonly text: string }>> = {
  unreadable: {
    title: "This is no code of a certificate",
    text: "A code looks like QM-123456-2026-ABCD-EFGH-JKMN-PQRS.",
  },
  unknown: {
    title: "There is no such certificate",
    text: "No award of the Quality Mark to this school in this year was published.",
  },
  different: {
    title: "This code is not genuine",
    text: "The certificate that carries it was altered or made up: the register would give this school and year another code.",
  },
  holds: {
    title: "The certificate is genuine, and the mark holds",
    text: "Compare what stands here with what stands on the certificate.",
  },
  suspended: {
    title: "The certificate is genuine, but the mark is suspended",
    text: "While it is suspended the school is spared nothing.",
  },
  expired: { title: "The certificate is genuine, but the mark has expired", text: "It held, and no longer does." },
  withdrawn: {
    title: "The certificate is genuine, but the mark no longer holds",
    text: "It was withdrawn, or ended with the school.",
  },
  replaced: {
    title: "The certificate is genuine, and a later review has taken its place",
    text: "What counts is the school’s newest mark.",
  },
};

function Facts({ issued: { certificate } }: { issued: Issued }) {
  const { name, urn, authority, academicYear, awardedOn, until, event, reasons } = certificate;
  const rows: readonly (readonly [string, string])[] = [
    ["School", name],
    ["URN", urn],
    ["Local authority", authority],
    ["Review", academicYear],
    ["Awarded", dateInWords(awardedOn)],
    ["Holds until", `${dateInWords(until)}, and from that day no longer`],
    ["Event of the log", String(event)],
  ];
  return (
    <>
      <Govuk
        is="summary-list"
        options={{ rows: rows.map(([key, value]) => ({ key: { text: key }, value: { text: value } })) }}
      />
      <h2 class="govuk-heading-m">The reasons</h2>
      <ul class="govuk-list govuk-list--bullet">
        {reasons.map(({ text }) => (
          <li>{text}</li>
        ))}
      </ul>
    </>
  );
}

function CertificateContent({ issued }: { issued: Issued }) {
  const { certificate, code } = issued;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <span class="govuk-caption-xl">{certificate.name}</span>
        <h1 class="govuk-heading-xl">Certificate of the Quality Mark</h1>
        {certificate.synthetic && <Govuk is="inset-text" options={{ text: "Made up: this school does not exist." }} />}
        <Facts issued={issued} />
        <p class="govuk-body">
          Code: <strong class="site-hash">{code}</strong>
        </p>
        <p class="govuk-body">
          <a class="govuk-link" href={`/schools/${certificate.urn}/certificate.pdf`}>
            The certificate as a PDF
          </a>
          . The PDF has no structure for screen readers; this page says the same.
        </p>
        <p class="govuk-body">
          <a class="govuk-link" href={`/verify-certificate?code=${code}`}>
            Check the code
          </a>
        </p>
      </div>
    </div>
  );
}

function CheckContent({ asked, check }: { asked: string; check: CodeCheck | null }) {
  const words = check && findingWords[check.finding];
  const error = check?.finding === "unreadable" ? `${words!.title}. ${words!.text}` : undefined;
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={error === undefined ? [] : [{ text: error, href: "#code" }]} />
        <h1 class="govuk-heading-xl">Verify a certificate</h1>
        {check && words && error === undefined && (
          <section
            class={`site-decision site-decision--${check.finding === "holds" ? "awarded" : "refused"}`}
            aria-labelledby="finding"
          >
            <h2 class="govuk-heading-m" id="finding">
              {words.title}
            </h2>
            <p class="govuk-body">{words.text}</p>
            {check.issued && check.now && (
              <p class="govuk-body">
                <WithSchoolLinks text={markSentence(check.now)} />
              </p>
            )}
          </section>
        )}
        {check?.issued && <Facts issued={check.issued} />}
        <form method="get" action="/verify-certificate" novalidate>
          <TextField
            id="code"
            label="Code"
            hint="At the foot of the certificate, as QM-123456-2026-ABCD-EFGH-JKMN-PQRS"
            value={asked}
            error={error}
          />
          <Govuk is="button" options={{ text: "Check" }} />
        </form>
        <p class="govuk-body">
          The code is made of all that the certificate says and of the entry in the register’s log by which the mark was
          published. A certificate with another name, date or reason has another code.
        </p>
      </div>
    </div>
  );
}

/** The pages of certificates: each school's own, its PDF, and the check of a code. */
export function certificatePages({ database, ...options }: CertificatePagesOptions): RouteGroup {
  return (server) => {
    const pages = pagesOn(server, options);
    const issuedOf = async (urn: string, now: Date) => {
      const issued = await currentCertificate(database, urn, now);
      if (issued.ok) return issued.value;
      const { code, message, remedy } = issued.error;
      throw new HttpError(404, code, `There is no certificate of the school ${urn}: ${message}. ${remedy}`);
    };
    pages.get("/schools/:urn/certificate", "anyone", async ({ params, now }) => {
      const issued = await issuedOf(params.urn ?? "", now);
      const school = { text: issued.certificate.name, href: `/schools/${issued.certificate.urn}` };
      return page(`Certificate of ${issued.certificate.name}`, [school], <CertificateContent issued={issued} />);
    });
    pages.file("/schools/:urn/certificate.pdf", "anyone", async ({ params, now }) => {
      const { certificate, code } = await issuedOf(params.urn ?? "", now);
      const body = Buffer.from(await certificatePdf(certificate, code));
      return { name: `quality-mark-${certificate.urn}.pdf`, type: "application/pdf", body };
    });
    pages.get("/verify-certificate", "anyone", async ({ query, now }) => {
      const asked = typeof query.code === "string" ? query.code.trim().slice(0, 100) : "";
      const check = asked === "" ? null : await checkCode(database, asked, now);
      const wrong = check?.finding === "unreadable";
      return page(
        `${wrong ? "Error: " : ""}Verify a certificate`,
        [],
        <CheckContent asked={asked} check={check} />,
        wrong ? 400 : 200,
      );
    });
  };
}
