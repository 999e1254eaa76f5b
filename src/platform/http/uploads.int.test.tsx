import { createHash } from "node:crypto";
import Type from "typebox";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Site, siteAssets } from "../pages/index.js";
import { buildServer, Form, pagesOn, type Server, type UploadedFile } from "./index.js";

const site: Site = {
  product: "Greenpaper",
  assets: siteAssets(),
  navigation: [],
  phase: { tag: "Alpha", text: "A working model." },
  footer: [],
  colophon: [],
};

let server: Server;
let taken: { files: readonly UploadedFile[]; words: string } | null;
const limits = { types: ["pdf", "csv"], bytes: 1000, files: 2 } as const;

beforeAll(async () => {
  server = await buildServer({
    version: "1",
    site,
    band: async () => null,
    routes: [
      (server) => {
        const pages = pagesOn(server, { site, band: async () => null });
        const shell = { title: "Evidence", section: null, breadcrumbs: [] };
        pages.get("/evidence", "anyone", async ({ csrf }) => ({
          ...shell,
          content: <Form action="/evidence" csrf={csrf} multipart />,
        }));
        const fields = Type.Object({ words: Type.String({ maxLength: 100 }) });
        pages.upload("/evidence", "anyone", limits, fields, async (_context, { words }, files, problems) => {
          if (problems.length > 0)
            return { ...shell, content: problems.map(({ code, place, message }) => `[${code} ${place} ${message}]`) };
          taken = { files, words };
          return { redirect: "/evidence" };
        });
      },
    ],
  });
});
afterAll(() => server.close());
beforeEach(() => {
  taken = null;
});

const pdf = Buffer.from("%PDF-1.7\n\0\x01binary");

interface Sent {
  readonly name: string;
  readonly bytes: Buffer;
  readonly field?: string;
}

async function send(files: readonly Sent[], words = "see the letter", token?: string) {
  const form = await server.inject("/evidence");
  const csrf = token ?? /name="_csrf" value="([^"]+)"/.exec(form.body)![1]!;
  const edge = "----edge";
  const head = (name: string, rest = "") => `--${edge}\r\ncontent-disposition: form-data; name="${name}"${rest}\r\n`;
  const payload = Buffer.concat([
    ...Object.entries({ _csrf: csrf, words }).map(([name, value]) => Buffer.from(`${head(name)}\r\n${value}\r\n`)),
    ...files.flatMap(({ name, bytes, field = "file" }) => [
      Buffer.from(`${head(field, `; filename="${name}"`)}content-type: application/octet-stream\r\n\r\n`),
      bytes,
      Buffer.from("\r\n"),
    ]),
    Buffer.from(`--${edge}--\r\n`),
  ]);
  return server.inject({
    method: "POST",
    url: "/evidence",
    headers: {
      "content-type": `multipart/form-data; boundary=${edge}`,
      "content-length": String(payload.length),
      cookie: `_csrf=${form.cookies[0]!.value}`,
    },
    payload,
  });
}

it("takes files of the kinds that it asks for, with their hash", async () => {
  const answer = await send([
    { name: "C:\\Users\\Head\\letter.PDF", bytes: pdf },
    { name: "roll.csv", bytes: Buffer.from("upn,name\r\n1,caf\xe9\r\n", "latin1") },
  ]);
  expect(answer.statusCode).toBe(303);
  expect(taken?.words).toBe("see the letter");
  expect(taken?.files.map(({ name, type }) => [name, type])).toEqual([
    ["letter.PDF", "application/pdf"],
    ["roll.csv", "text/csv"],
  ]);
  expect(taken?.files[0]).toMatchObject({ bytes: pdf, sha256: createHash("sha256").update(pdf).digest("hex") });
});

it.each([
  ["upload-missing", []],
  ["upload-missing", [{ name: "", bytes: Buffer.alloc(0) }]], // as browsers send an input that was left empty
  ["upload-empty", [{ name: "a.pdf", bytes: Buffer.alloc(0) }]],
  ["upload-too-large", [{ name: "a.pdf", bytes: Buffer.concat([pdf, Buffer.alloc(1000)]) }]],
  ["upload-wrong-type", [{ name: "a.exe", bytes: pdf }]],
  ["upload-wrong-type", [{ name: "a.pdf", bytes: Buffer.from("MZ\x90 a program") }]],
  ["upload-wrong-type", [{ name: "a.csv", bytes: pdf }]],
  ["upload-wrong-type", [{ name: "a.pdf", bytes: pdf, field: "other" }]],
  ["uploads-too-many", ["a.pdf", "b.pdf", "c.pdf"].map((name) => ({ name, bytes: pdf }))],
] as const)("shows the form again with %s", async (code, files) => {
  const answer = await send(files);
  expect(answer.statusCode).toBe(400);
  expect(answer.body).toContain(`[${code} `);
  expect(taken).toBeNull();
});

it("takes nothing without the form's token, with text that can't be stored, or of no stated length", async () => {
  expect((await send([{ name: "a.pdf", bytes: pdf }], "a", "forged")).statusCode).toBe(403);
  expect((await send([{ name: "a.pdf", bytes: pdf }], "a\0b")).statusCode).toBe(400);
  const plain = { method: "POST", url: "/evidence" } as const;
  const typed = { "content-type": "application/x-www-form-urlencoded" };
  expect((await server.inject({ ...plain, headers: typed, payload: "words=a" })).statusCode).toBe(415);
  const vast = { "content-type": "multipart/form-data; boundary=x", "content-length": "99999999999" };
  expect((await server.inject({ ...plain, headers: vast, payload: "" })).statusCode).toBe(413);
  expect(taken).toBeNull();
});

it.each([
  [{ ...limits, types: ["exe"] }, "no rule tells whether a file is a exe"],
  [{ ...limits, bytes: 2 ** 40 }, "64 MiB"],
])("a form that asks for what is not taken keeps the server from starting", async (wrong, words) => {
  const build = buildServer({
    version: "1",
    site,
    band: async () => null,
    routes: [
      (server) =>
        pagesOn(server, { site, band: async () => null }).upload("/a", "anyone", wrong, Type.Object({}), async () => ({
          redirect: "/",
        })),
    ],
  });
  await expect(build).rejects.toThrow(words);
});
