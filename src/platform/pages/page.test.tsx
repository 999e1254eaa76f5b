import { describe, expect, it } from "vitest";
import { Figure, Fold, Headlines, renderPage, type Site, siteAssets, Table } from "./index.js";

const site: Site = {
  product: "Greenpaper",
  assets: siteAssets(),
  navigation: [
    { text: "Country", href: "/" },
    { text: "Schools", href: "/schools" },
  ],
  phase: { tag: "Alpha", text: "A working model." },
  footer: [{ text: "Accessibility", href: "/accessibility" }],
  colophon: ["MIT Licence"],
};

const page = (band: string | null) =>
  renderPage({
    site,
    title: "St <b>Bold</b>",
    section: "/schools",
    breadcrumbs: [{ text: "A & B", href: "/" }],
    band,
    content: <h1>{"St <b>Bold</b>"}</h1>,
  });

describe("the page shell", () => {
  it("escapes every text it is given", () => {
    expect(page(null)).not.toContain("<b>");
    expect(page(null)).toContain("<title>St &lt;b&gt;Bold&lt;/b&gt; – Greenpaper</title>");
    expect(page(null)).toContain("A &amp; B");
  });

  it("holds no script, no inline style and no event handler, so that the policy can forbid them", () => {
    expect(page("Made up")).not.toMatch(/<script|<style|\sstyle=|\son[a-z]+=|javascript:/i);
  });

  it("loads only addresses of its own, each with a hash of its content", () => {
    const loaded = [...page(null).matchAll(/<link [^>]*href="([^"]+)"/g)].map((match) => match[1]);
    expect(loaded).toHaveLength(3);
    for (const href of loaded) expect(href).toMatch(/^\/assets\/[a-z]+-[0-9a-f]{12}\.(css|svg)$/);
  });

  it("says which entry of the navigation the reader is in", () => {
    expect(page(null)).toMatch(/<a class="govuk-service-navigation__link" href="\/schools"\s+aria-current="true"/);
    expect(page(null).match(/aria-current/g)).toHaveLength(1);
  });

  it("shows the band where there is one", () => {
    expect(page("Made-up pupils")).toContain('<p class="site-band__text">Made-up pupils</p>');
    expect(page(null)).not.toContain("site-band");
  });

  it("bears no crown and no crest", () => {
    expect(page(null)).not.toMatch(/crown|crest|logotype|GOV\.UK/i);
  });
});

describe("a table", () => {
  const rows = [{ name: "<i>Ash</i>", n: 1 }];

  it("names its rows and columns for screen readers, and escapes texts but not elements", () => {
    const html = String(
      <Table
        caption="Counts & more"
        rows={rows}
        columns={[
          { heading: "School", cell: (r) => r.name },
          { heading: "Number", numeric: true, cell: (r) => <strong>{String(r.n)}</strong> },
        ]}
      />,
    );
    expect(html).toContain('<th scope="row" class="govuk-table__header site-table__name">&lt;i&gt;Ash&lt;/i&gt;</th>');
    expect(html).toContain('<td class="govuk-table__cell govuk-table__cell--numeric"><strong>1</strong></td>');
    expect(html).toContain("Counts &amp; more</caption>");
    expect(html).not.toContain("tabindex");
  });

  it("of many columns scrolls within a named region that the keyboard reaches", () => {
    const column = { heading: "School", cell: (r: { name: string }) => r.name };
    const html = String(<Table caption="Wide" rows={rows} columns={[column, column, column]} />);
    expect(html).toContain('<section class="site-table-scroll" aria-label="Wide" tabindex="0">');
  });

  it("without columns is a mistake of the program, said at once", () => {
    expect(() => String(<Table caption="Nothing" rows={[]} columns={[]} />)).toThrow(
      'the table "Nothing" has no columns',
    );
  });
});

it("a figure has its words, its chart and its figures as a table in a fold", () => {
  const html = String(<Figure title="How many" lead="Most." chart="<svg></svg>" table={<table />} />);
  expect(html).toMatch(/<figcaption>.*How many.*Most\..*<\/figcaption><svg><\/svg><details.*<table>.*<\/details>/);
});

it("a fold opens without a script", () => {
  expect(String(<Fold summary="More">text</Fold>)).toMatch(/^<details class="govuk-details"><summary/);
});

it("headlines lead to what they count", () => {
  const html = String(
    <Headlines
      items={[{ label: "Awarded", figure: "12", link: { text: "See", href: "/schools?decision=awarded" } }]}
    />,
  );
  expect(html).toContain('href="/schools?decision=awarded"');
});
