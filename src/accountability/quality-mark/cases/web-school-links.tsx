/** Words in which every "(URN 123456)" leads to the page of that school, as where a mark ended with a school that merged. */
export function WithSchoolLinks({ text }: { text: string }) {
  return (
    <>
      {text.split(/(URN \d{6})/).map((part) =>
        /^URN \d{6}$/.test(part) ? (
          <a class="govuk-link" href={`/schools/${part.slice(4)}`}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
