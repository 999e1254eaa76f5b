import { dateInWords } from "../../kernel/index.js";
import { Form } from "../../platform/http/index.js";
import { ErrorSummary, Govuk, type Link, Table } from "../../platform/pages/index.js";
import { duties, posts } from "./duties.js";
import type { officerTable, officeTable } from "./store-tables.js";
import type { DutyRegister } from "./who-answers.js";

interface PostsProps {
  readonly register: DutyRegister;
  readonly offices: readonly (typeof officeTable.$inferSelect)[];
  readonly officers: readonly (typeof officerTable.$inferSelect)[];
  readonly csrf: string;
  readonly errors: readonly Link[];
  readonly typed: Readonly<Record<string, string>>;
}

/** Who is in which post, and the forms that fill posts and delegate duties. */
export function PostsContent({ register, offices, officers, csrf, errors, typed }: PostsProps) {
  const open = offices.filter(({ closedOn }) => closedOn === null || closedOn > register.on);
  const officeItems = open.map(({ code, name }) => ({ value: code, text: name }));
  const postItems = Object.entries(posts).map(([value, text]) => ({ value, text }));
  const regional = duties.filter(({ holder }) => holder === "regional-office");
  const errorOf = (id: string) => {
    const found = errors.find(({ href }) => href === `#${id}`);
    return found ? { errorMessage: { text: found.text } } : {};
  };
  const select = (id: string, name: string, text: string, items: readonly { value: string; text: string }[]) => (
    <Govuk
      is="select"
      options={{ id, name, label: { text }, value: typed[id] ?? "", items: [...items], ...errorOf(id) }}
    />
  );
  const input = (id: string, name: string, text: string, hint = "") => (
    <Govuk
      is="input"
      options={{
        ...{ id, name, value: typed[id] ?? "", classes: "govuk-input--width-20", label: { text } },
        ...(hint !== "" && { hint: { text: hint } }),
        ...errorOf(id),
      }}
    />
  );
  return (
    <>
      <ErrorSummary errors={errors} />
      <h1 class="govuk-heading-xl">Offices and posts</h1>
      <Table
        caption="Who is and was in post"
        columns={[
          { heading: "Name", cell: ({ name }) => name },
          { heading: "Office", cell: ({ office }) => offices.find(({ code }) => code === office)?.name ?? office },
          { heading: "Post", cell: ({ post }) => posts[post as keyof typeof posts] ?? post },
          { heading: "From", cell: ({ from }) => dateInWords(from) },
          { heading: "Until", cell: ({ to }) => (to === null ? "" : dateInWords(to)) },
        ]}
        rows={[...officers]}
      />
      <h2 class="govuk-heading-l">Fill a post</h2>
      <Form action="/offices/appoint" csrf={csrf}>
        {select("office", "office", "Office", officeItems)}
        {select("post", "post", "Post", postItems)}
        {input("name", "name", "Name")}
        {input("contact", "contact", "How to reach the person")}
        {input("from", "from", "First day", "As 2027-09-01. Whoever is in the post leaves that day.")}
        <Govuk is="button" options={{ text: "Fill the post" }} />
      </Form>
      <h2 class="govuk-heading-l">Delegate a duty for a while</h2>
      <p class="govuk-body">
        The office of the region still answers for it; the page of each school says who carries it out.
      </p>
      <Form action="/offices/delegate" csrf={csrf}>
        {select(
          "duty",
          "duty",
          "Duty",
          regional.map(({ code, title }) => ({ value: code, text: title })),
        )}
        {select(
          "region",
          "region",
          "Region",
          register.regions.map(({ code, name }) => ({ value: code, text: name })),
        )}
        {select("toOffice", "toOffice", "To office", officeItems)}
        {select("toPost", "toPost", "To post", postItems)}
        {input("delegate-from", "from", "First day", "As 2027-09-01")}
        {input("to", "to", "The day on which it ends")}
        {input("reasons", "reasons", "Reason")}
        <Govuk is="button" options={{ text: "Delegate" }} />
      </Form>
    </>
  );
}
