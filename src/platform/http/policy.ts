const directives = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/**
 * No script, no frame, no foreign file. Served over plain HTTP on a school's or council's network too,
 * so nothing here insists on HTTPS: whoever puts TLS in front adds HSTS there.
 */
export const helmetOptions = {
  // For Internet Explorer 8, Flash, and a filter that browsers have taken out: nobody reads them now.
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  contentSecurityPolicy: { useDefaults: false, directives },
  strictTransportSecurity: false,
  crossOriginOpenerPolicy: false, // browsers ignore it over plain HTTP, with a complaint in the console
  xFrameOptions: { action: "deny" },
} as const;

/** The policy of a page that has scripts of its own: files of this server, never inline; workers and requests to it alone. */
export const scriptedPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join(";");
