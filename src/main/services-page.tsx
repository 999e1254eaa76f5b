import { pagesOn, type RouteGroup } from "../platform/http/index.js";
import type { Link } from "../platform/pages/index.js";
import type { PartsContext } from "./parts.js";

interface Service extends Link {
  readonly about: string;
}

/** What anybody can do here, without signing in. */
export const publicServices: readonly Service[] = [
  // One entry an address, so that two parts can be added at once.
  {
    text: "Find a school",
    href: "/schools",
    about: "By name, place or URN: one page a school, and schools side by side.",
  },
  {
    text: "The Quality Mark of a school",
    href: "/method",
    about: "How the mark is decided, with every number, its source and worked examples.",
  },
  {
    text: "Verify a certificate",
    href: "/verify-certificate",
    about: "Whether a certificate of the Quality Mark is genuine, and how the mark stands today.",
  },
  {
    text: "May this school be visited?",
    href: "/exemption",
    about: "Whether a school's mark spares it another accountability visit, why, and until when.",
  },
  {
    text: "Who is responsible for a school?",
    href: "/who-is-responsible",
    about: "Which office and which officer answers for what, school by school.",
  },
  {
    text: "Measures that may be used",
    href: "/measures",
    about: "Every accountability measure proposed, admitted or refused, with the rule it breaks.",
  },
  {
    text: "National Reference Assessments",
    href: "/reference-assessments",
    about:
      "Whether the school system improves: the trend since the first cycle and the disadvantage gap, with their intervals.",
  },
  {
    text: "The disadvantage gap",
    href: "/disadvantage",
    about: "How far disadvantaged pupils are from others, as a rank index and in months, assessed and as published.",
  },
  {
    text: "Enough teachers",
    href: "/teacher-supply",
    about: "The yearly statement of sufficiency: who is needed, who there is, and which subjects are short.",
  },
  {
    text: "Special schools, PRUs and alternative provision",
    href: "/specialist-framework",
    about: "Consultations of the Expert Working Group that anybody can answer, and the frameworks it adopted.",
  },
  {
    text: "Safeguarding audits",
    href: "/safeguarding",
    about: "The standard of the yearly audit, and whether somebody who comes to audit is chartered.",
  },
  {
    text: "Auditors' opinions on accounts",
    href: "/accounts/method",
    about: "What has to be filed, by when, and how a filing is judged.",
  },
  {
    text: "Simulate ten years",
    href: "/simulate",
    about: "Move the proposals' levers: what they do, what they cost, and how sure that is.",
  },
  { text: "Data and interface for programs", href: "/data", about: "Everything that is public, as CSV and JSON." },
];

function ServicesContent() {
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">Services</h1>
        <p class="govuk-body-l">
          What anybody can do here. Who works with schools{" "}
          <a class="govuk-link" href="/sign-in">
            signs in
          </a>{" "}
          and finds their tasks under{" "}
          <a class="govuk-link" href="/work">
            Your work
          </a>
          .
        </p>
        {publicServices.map(({ text, href, about }) => (
          <>
            <h2 class="govuk-heading-s govuk-!-margin-bottom-1">
              <a class="govuk-link" href={href}>
                {text}
              </a>
            </h2>
            <p class="govuk-body">{about}</p>
          </>
        ))}
      </div>
    </div>
  );
}

/** One page that leads to everything public. */
export function servicesPage(context: PartsContext): RouteGroup {
  return (server) => {
    pagesOn(server, context).get("/services", "anyone", async () => ({
      ...{ title: "Services", section: "/services", breadcrumbs: [] },
      content: <ServicesContent />,
    }));
  };
}
