/** A browser without a screen: keeps cookies by path as browsers do, follows redirects only when told to. */
export class CookieJar {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>();

  /** The value of a cookie, or null. */
  get(name: string): string | null {
    return this.#cookies.get(name)?.value ?? null;
  }

  set(name: string, value: string): void {
    this.#cookies.set(name, { value, path: "/" });
  }

  #take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(/; ?/);
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      const path = attributes.find((a) => /^path=/i.test(a))?.slice(5) ?? "/";
      const gone = attributes.some(
        (a) => /^max-age=0$/i.test(a) || (/^expires=/i.test(a) && Date.parse(a.slice(8)) < Date.now()),
      );
      if (gone) this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
  }

  /** Asks for a page, or sends a form. */
  async fetch(url: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies]
      .filter(([, { path }]) => pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`))
      .map(([name, { value }]) => `${name}=${value}`)
      .join("; ");
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie, "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/140 tests" },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    this.#take(response);
    return response;
  }

  /** Follows redirects to a page. @returns the page with every address on the way */
  async follow(url: string, form?: Readonly<Record<string, string>>) {
    const way = [url];
    let response = await this.fetch(url, form);
    while (response.status >= 300 && response.status < 400 && way.length < 20) {
      way.push(new URL(response.headers.get("location")!, way.at(-1)).href);
      response = await this.fetch(way.at(-1)!);
    }
    return { status: response.status, url: way.at(-1)!, way, text: await response.text(), headers: response.headers };
  }
}

/** The token of the forms on a page. */
export function csrfOf(html: string): string {
  const [, token] = /name="_csrf" value="([^"]+)"/.exec(html) ?? [];
  if (token === undefined) throw new Error("the page has no form with a token");
  return token;
}
