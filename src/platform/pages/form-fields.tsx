import { Govuk } from "./govuk.js";
import type { Link } from "./page.js";

/** What every field of a form has. */
interface FieldOptions {
  /** Its name in the form, and its place for links. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  /** What is wrong with what was typed. */
  readonly error?: string | undefined;
}

const shared = ({ id, hint, error }: FieldOptions) => ({
  ...{ id, name: id },
  ...(hint !== undefined && { hint: { text: hint } }),
  ...(error !== undefined && { errorMessage: { text: error } }),
});

/** One line of text. @param width in characters */
export function TextField(options: FieldOptions & { readonly width?: 2 | 4 | 10 | 20; readonly numeric?: boolean }) {
  const { label, value, width, numeric } = options;
  return (
    <Govuk
      is="input"
      options={{
        ...shared(options),
        label: { text: label, classes: "govuk-label--s" },
        value: value ?? "",
        spellcheck: false,
        ...(width !== undefined && { classes: `govuk-input--width-${width}` }),
        ...(numeric && { inputmode: "numeric" }),
      }}
    />
  );
}

/** Several lines of text. */
export function TextArea(options: FieldOptions & { readonly rows?: number }) {
  return (
    <Govuk
      is="textarea"
      options={{
        ...shared(options),
        label: { text: options.label, classes: "govuk-label--s" },
        value: options.value ?? "",
        rows: String(options.rows ?? 5),
      }}
    />
  );
}

/** One of several answers. */
export function RadioField(
  options: FieldOptions & { readonly items: readonly { value: string; text: string; hint?: string }[] },
) {
  const { id, label, hint, value, error, items } = options;
  return (
    <Govuk
      is="radios"
      options={{
        ...{ idPrefix: id, name: id },
        fieldset: { legend: { text: label, classes: "govuk-fieldset__legend--s" } },
        ...(hint !== undefined && { hint: { text: hint } }),
        ...(error !== undefined && { errorMessage: { text: error } }),
        items: items.map((item) => ({
          ...{ value: item.value, text: item.text, checked: item.value === value },
          ...(item.hint !== undefined && { hint: { text: item.hint } }),
        })),
      }}
    />
  );
}

const parts = ["day", "month", "year"] as const;

/** A day that people know by heart or read off a paper: day, month and year. @param value as `typedDate` gives it */
export function DateField(options: FieldOptions) {
  const { id, label, hint, value = "", error } = options;
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  const [day, month, year] = iso ? [String(Number(iso[3])), String(Number(iso[2])), iso[1]!] : value.split(" ");
  const typed = { day, month, year };
  return (
    <Govuk
      is="date-input"
      options={{
        id: `${id}-date`,
        fieldset: { role: "group", legend: { text: label, classes: "govuk-fieldset__legend--s" } },
        ...(hint !== undefined && { hint: { text: hint } }),
        ...(error !== undefined && { errorMessage: { text: error } }),
        items: parts.map((part) => ({
          ...{
            id: part === "day" ? id : `${id}-${part}`,
            name: `${id}-${part}`,
            label: part[0]!.toUpperCase() + part.slice(1),
          },
          value: typed[part] ?? "",
          classes: `govuk-input--width-${part === "year" ? 4 : 2}${error === undefined ? "" : " govuk-input--error"}`,
        })),
      }}
    />
  );
}

/**
 * The day that was typed into a {@link DateField}: `2026-03-27`, empty where nothing was, and what was typed where it is no day.
 * @param fields of the form
 */
export function typedDate(fields: Readonly<Record<string, unknown>>, id: string): string {
  const [day, month, year] = parts.map((part) => String(fields[`${id}-${part}`] ?? "").trim());
  if (!day && !month && !year) return "";
  const numbers = /^\d{1,2}$/.test(day!) && /^\d{1,2}$/.test(month!) && /^\d{4}$/.test(year!);
  return numbers ? `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}` : `${day} ${month} ${year}`;
}

/** The names of a {@link DateField}'s three parts. */
export const dateNames = (id: string): string[] => parts.map((part) => `${id}-${part}`);

/** A file to hand in. @param accept types, as `application/pdf` */
export function FileField(options: FieldOptions & { readonly accept: readonly string[]; readonly multiple?: boolean }) {
  return (
    <Govuk
      is="file-upload"
      options={{
        ...shared(options),
        label: { text: options.label, classes: "govuk-label--s" },
        multiple: options.multiple ?? false,
        attributes: { accept: options.accept.join(",") },
      }}
    />
  );
}

/** What is wrong with a form: the first message of each field, and links to the fields for the summary. */
export function errorsOf(
  problems: readonly { readonly message: string; readonly remedy: string; readonly field?: string }[],
): {
  readonly of: Readonly<Record<string, string | undefined>>;
  readonly summary: readonly Link[];
} {
  const of: Record<string, string> = {};
  const summary = problems.map(({ message, remedy, field }) => {
    const begun = /^\S+\.\S/.test(message) ? message : `${message[0]!.toUpperCase()}${message.slice(1)}`; // the name of a file stays as it is
    const text = `${begun}. ${remedy}`;
    if (field !== undefined) of[field] ??= text;
    return { text, href: `#${field ?? "main-content"}` };
  });
  return { of, summary };
}
