import Type from "typebox";
import { Form, HttpError, pagesOn, type Server } from "../http/index.js";
import { Govuk } from "../pages/index.js";
import type { LocalPeople, LocalPerson } from "./local-people.js";
import { choosePath, type LocalProvider, localProviderPath } from "./local-provider.js";
import type { SignInContext } from "./sign-in-context.js";

function Person({ person }: { person: LocalPerson }) {
  return (
    <li class="site-choice">
      <p class="govuk-body site-choice__who">
        <strong>{person.name}</strong>
        <br />
        {person.about}
      </p>
      <button class="govuk-button govuk-button--secondary" name="subject" value={person.subject} type="submit">
        Sign in
        <span class="govuk-visually-hidden">
          {" "}
          as {person.name}, {person.about}
        </span>
      </button>
    </li>
  );
}

async function Choice({
  uid,
  csrf,
  people,
  error,
}: {
  uid: string;
  csrf: string;
  people: LocalPeople;
  error?: string;
}) {
  const groups = await people.list();
  const errorMessage = error === undefined ? {} : { errorMessage: { text: error } };
  return (
    <>
      {error !== undefined && (
        <Govuk
          is="error-summary"
          options={{
            titleText: "There is a problem",
            errorList: [{ text: error, href: "#urn" }],
            disableAutoFocus: true,
          }}
        />
      )}
      <h1 class="govuk-heading-l">Choose who you are</h1>
      <p class="govuk-body">
        These people are invented, and so are their passwords: there are none. This page is there because the product
        runs on your own machine; a server in production never has it.
      </p>
      <Form action={`${choosePath}/${uid}`} csrf={csrf}>
        {groups.map(({ heading, people: several }) => (
          <>
            <h2 class="govuk-heading-m">{heading}</h2>
            <ul class="govuk-list site-choices">
              {several.map((person) => (
                <Person person={person} />
              ))}
            </ul>
          </>
        ))}
      </Form>
      <h2 class="govuk-heading-m">Head of another school</h2>
      <Form action={`${choosePath}/${uid}`} csrf={csrf}>
        <Govuk
          is="input"
          options={{
            id: "urn",
            name: "urn",
            label: { text: "The school\u2019s URN" },
            hint: { text: "Six digits, as on the school\u2019s page" },
            classes: "govuk-input--width-10",
            inputmode: "numeric",
            ...errorMessage,
          }}
        />
        <Govuk is="button" options={{ text: "Sign in as its head", classes: "govuk-button--secondary" }} />
      </Form>
    </>
  );
}

/** The local provider below the server's own address, and the page on which people are chosen. */
export function localRoutes(
  context: SignInContext,
  people: LocalPeople,
  provider: () => Promise<LocalProvider>,
): (server: Server) => void {
  return (server) => {
    const page = async (uid: string, csrf: string, error?: string) => ({
      title: error === undefined ? "Choose who you are" : "Error: Choose who you are",
      section: null,
      breadcrumbs: [],
      content: await Choice({ uid, csrf, people, ...(error !== undefined && { error }) }),
    });
    const pages = pagesOn(server, context);
    pages.get(`${choosePath}/:uid`, "anyone", ({ params, csrf }) => page(params.uid!, csrf));
    const fields = Type.Object({ subject: Type.Optional(Type.String()), urn: Type.Optional(Type.String()) });
    pages.post(`${choosePath}/:uid`, "anyone", fields, async ({ params, csrf }, { subject, urn }) => {
      const wanted = subject ?? `school-${(urn ?? "").trim()}`;
      const person = await people.find(wanted);
      if (person === null) return page(params.uid!, csrf, "Enter the URN of a school that the register holds");
      return { redirect: `${choosePath}/${params.uid!}/${encodeURIComponent(person.subject)}` };
    });
    server.get(`${choosePath}/:uid/:subject`, { config: { access: "anyone" } }, async (request, reply) => {
      const { subject } = request.params as { subject: string };
      try {
        await (await provider()).choose(request.raw, reply.raw, subject);
      } catch {
        const words = "This sign-in was not begun in this browser or took too long. Choose Sign in to begin again.";
        throw new HttpError(400, "sign-in-not-under-way", words);
      }
      return reply.hijack();
    });
    server.route({
      method: ["GET", "POST", "OPTIONS"],
      url: `${localProviderPath}/*`,
      config: { access: "anyone", impersonal: true },
      // Before the body is read: the provider reads it itself.
      onRequest: async (request, reply) => {
        const answering = await provider();
        reply.hijack();
        answering.answer(request.raw, reply.raw);
      },
      handler: (_request, reply) => reply.callNotFound(),
    });
  };
}
