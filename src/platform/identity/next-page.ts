/** Where somebody goes who has signed in and asked for nothing in particular. */
export const firstPage = "/work";

/**
 * Where to go after signing in: the path that was asked for, if it is one of this site. Whatever a browser could read as another
 * site (`//elsewhere`, `/\elsewhere`, a tab within) leads to the {@link firstPage} instead, and so do the sign-in's own pages.
 */
export function nextPage(asked: unknown): string {
  if (typeof asked !== "string" || asked.length > 2000 || !/^\/[\x21-\x7e]*$/.test(asked)) return firstPage;
  if (/^\/[/\\]/.test(asked) || asked.includes("\\")) return firstPage;
  const url = new URL(asked, "https://this.invalid");
  if (url.origin !== "https://this.invalid" || /^\/sign(-|ed-)/.test(url.pathname)) return firstPage;
  return /^\/[/\\]/.test(url.pathname) ? firstPage : `${url.pathname}${url.search}`;
}
