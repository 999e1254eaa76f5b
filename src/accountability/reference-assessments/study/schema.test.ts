import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseStudyText } from "../../../ingest/index.js";
import { studyJsonSchema } from "./schema.js";

const least = "title: T\npersons: { files: p.csv }\n";
const read = (text: string) => parseStudyText(text, "/study.yaml");

describe("what ships with the study file", () => {
  it("is the JSON Schema that the code makes (write it with `npx vitest run schema.test -u`)", async () => {
    await expect(studyJsonSchema()).toMatchFileSnapshot("../../../../schemas/study.schema.json");
  });

  const folder = fileURLToPath(new URL("../../../../studies/", import.meta.url));
  it.each(readdirSync(folder).filter((name) => name.endsWith(".yaml")))("is %s, which fits", (name) => {
    const text = readFileSync(folder + name, "utf8");
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=../schemas/study.schema.json");
    expect(read(text)).toMatchObject({ ok: true });
  });
});

describe("a study file", () => {
  it("needs a title and pupils, and tells every default that matters", () => {
    const study = read(least);
    expect(study).toMatchObject({
      ok: true,
      value: { title: "T", link: "concurrent", cycles: [{ name: "this cycle" }] },
    });
    expect(study.ok && study.value.defaults).toContain("Every pupil weighs 1: no weight is named.");
  });

  it("names a key that isn't there, with the nearest", () => {
    const study = read(`${least}respones: { items: I* }\n`);
    expect(study).toMatchObject({
      ok: false,
      error: [{ code: "key-unknown", place: "/study.yaml, line 3, column 1" }],
    });
    expect(!study.ok && study.error[0]!.remedy).toContain("Did you mean `responses`?");
  });
});
