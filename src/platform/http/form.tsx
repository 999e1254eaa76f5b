import type { Child } from "hono/jsx";

export interface FormProps {
  readonly action: string;
  /** `context.csrf` of the page. */
  readonly csrf: string;
  /** The version of the record that the form was filled in against; sent as the field `version`. */
  readonly version?: number;
  /** For files. */
  readonly multipart?: boolean;
  readonly children?: Child;
}

/** A form that posts, with the token that shows that it came from a page of ours. */
export function Form({ action, csrf, version, multipart, children }: FormProps) {
  return (
    <form method="post" action={action} novalidate enctype={multipart ? "multipart/form-data" : undefined}>
      <input type="hidden" name="_csrf" value={csrf} />
      {version !== undefined && <input type="hidden" name="version" value={String(version)} />}
      {children}
    </form>
  );
}
