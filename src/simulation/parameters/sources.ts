import { civilDate } from "../../kernel/index.js";
import type { Range, SourcedValue, ValueSource } from "./simulation-parameter.js";

/** One value from a day on. */
export function since(day: string, value: number, source: ValueSource): SourcedValue {
  return { from: civilDate(day), value, source };
}

/** An assumption of this model, with its reason. */
export function assumed(why: string): ValueSource {
  return { status: "assumption", why, owner: "Greenpaper's simulation" };
}

/** A value that a proposal of the paper sets in this model's reading of it. */
export function proposed(proposal: string, why: string): ValueSource {
  return { status: "proposal", proposal, why };
}

/** A range in which a draw stands for the value of every year. */
export function ranging(low: number, mode: number, high: number, why: string, together: string | null = null): Range {
  return { distribution: "triangular", low, mode, high, as: "value", why, together };
}

/** A range of factors about 1 by which every year's value is multiplied. */
export function scaling(low: number, high: number, why: string, together: string | null = null): Range {
  return { distribution: "triangular", low, mode: 1, high, as: "factor", why, together };
}

const published = (title: string, href: string, page: string | null, when: string): ValueSource => ({
  ...{ status: "published", title, href, page, published: when },
});

/** The documents that parameters cite. Each was read as a file, a table or a page; `page` says which part. */
export const documents = {
  workforceModel: (page: string) =>
    published(
      "Teacher Workforce Model, outputs of 23 April 2026 (Department for Education)",
      "https://github.com/dfe-analytical-services/teacher-workforce-analysis-dashboard",
      page,
      "2026-04-23",
    ),
  trainingCensus: (page: string) =>
    published(
      "Initial teacher training census 2024/25 (Department for Education)",
      "https://explore-education-statistics.service.gov.uk/find-statistics/initial-teacher-training-census",
      page,
      "2024-12",
    ),
  retentionGrids: (page: string) =>
    published(
      "Teachers analysis compendium 4: turnover and retention grids (Department for Education)",
      "https://github.com/dfe-analytical-services/turnover-and-retention-grids",
      page,
      "2018-10",
    ),
  workforceCensus: (page: string) =>
    published(
      "School workforce census, November 2020: school tables (Department for Education)",
      "https://www.compare-school-performance.service.gov.uk/download-data",
      page,
      "2021",
    ),
  loanThresholds: published(
    "Previous annual repayment thresholds (Student Loans Company)",
    "https://www.gov.uk/guidance/previous-annual-repayment-thresholds",
    null,
    "2026",
  ),
  loanTerms: published(
    "Repaying your student loan: what you pay (Department for Education)",
    "https://www.gov.uk/repaying-your-student-loan/what-you-pay",
    null,
    "2026",
  ),
  loanInterest: (year: number): ValueSource =>
    year < 2025
      ? published(
          "Student loans and interest rates: FAQs (House of Commons Library)",
          "https://commonslibrary.parliament.uk/student-loans-and-interest-rates-faqs/",
          "rates of 1 September 2024 to 31 August 2025; held before, where no result hangs on them",
          "2025-05",
        )
      : published(
          "Student loans interest rates and repayment threshold announcement (Department for Education)",
          "https://olaygazete.co.uk/news-in-english/student-loans-interest-rates-and-repayment-threshold-announcement.html",
          "retail prices index of March 2025, 3.2%, as reprinted; held after 31 August 2026",
          "2025-08-19",
        ),
  payScale: published(
    "School teachers' pay and conditions document 2025: advisory points, as printed by Teacher Pay Calculator",
    "https://teacherpaycalculator.com/pay-scales-2025-26",
    "main and upper ranges, rest of England",
    "2025-09",
  ),
  fundingGuarantee: published(
    "Schools and high needs funding update for 2024/25 (Nottingham City Council, from the department's announcement of 6 October 2023)",
    "https://committee.nottinghamcity.gov.uk/mgAi.aspx?ID=52233",
    "(f): the minimum funding guarantee, 0.5% for each pupil",
    "2023-10",
  ),
  feeLimits: (year: number): ValueSource =>
    year < 2025
      ? published(
          "Higher education tuition fees in England (House of Commons Library, CBP-10155)",
          "https://commonslibrary.parliament.uk/research-briefings/cbp-10155/",
          "history of the fee cap",
          "2024-12",
        )
      : year === 2025
        ? {
            status: "law",
            title:
              "The Higher Education (Fee Limits and Fee Limit Condition) (England) (Amendment) Regulations 2025, SI 2025/263",
            href: "https://www.legislation.gov.uk/ukdsi/2025/9780348267990",
            page: "higher amount, full-time courses",
            published: "2025-03-06",
          }
        : published(
            "Written answer 121333 to the House of Commons: fee limits of 2026/27 and 2027/28",
            "https://parallelparliament.co.uk/question/121333/higher-education-finance",
            null,
            "2026",
          ),
  sixteenToNineteen: published(
    "16 to 19 funding: rates for academic year 2025 to 2026, update of June 2025 (Department for Education)",
    "https://www.fenews.co.uk/skills/16-to-19-funding-updates-5-5-increase-and-enhanced-support-for-2025-26/",
    "table 1, band 5",
    "2025-06-05",
  ),
  pupilPremium: published(
    "Pupil premium: overview (Department for Education)",
    "https://www.gov.uk/government/publications/pupil-premium/pupil-premium",
    "rates by financial year; the rate of 2025 to 2026 is held in cash after it",
    "2026-03",
  ),
} as const satisfies Record<string, ValueSource | ((page: string) => ValueSource) | ((year: number) => ValueSource)>;

/** Studies behind the ranges of responses: title, who and when, and where to read them. */
export const studies = {
  loans: "Tang and Worth (NFER, 17 September 2024): 2,100 more teachers after a year, 900 to 3,000",
  payments:
    "NFER (26 June 2025): five schemes together 5.1% fewer leavers a year, not significant; phased mathematics bursary 10.9% fewer, significant",
  elasticity:
    "Sims and Benhenda (CEPEO working paper 22-04, 2022): 8% more pay, 23% fewer leavers; elasticity about −3",
  bursaries:
    "McLean, Tang and Worth (NFER, 9 November 2023): £5,000 more bursary, 47 for 41 of 100 trainees teaching after five years",
  earlyCareer:
    "evaluation of the Early Career Framework's early roll-out (NFER for EEF, 16 October 2024): no effect on staying after two years",
} as const;
