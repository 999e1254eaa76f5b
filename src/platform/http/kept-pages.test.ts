import { describe, expect, it } from "vitest";
import { KeptPages } from "./kept-pages.js";

describe("kept pages", () => {
  it("are made once for all who ask, until something is published", async () => {
    let [version, made] = ["1", 0];
    const kept = new KeptPages(async () => version);
    const ask = (address = "/a") => kept.page(address, async () => `page ${++made}`);
    const [first, second] = await Promise.all([ask(), ask()]);
    expect([first, made]).toEqual([second, 1]);
    expect(await ask()).toBe(first);
    version = "2";
    expect(await ask()).toBe(first); // within the tenth of a second in which nobody looks
    kept.lookAgain();
    expect(String((await ask())?.body)).toBe("page 2");
  });

  it("that began before a publication is shown once and not kept", async () => {
    let version = "1";
    const kept = new KeptPages(async () => version);
    const old = await kept.page("/a", async () => {
      version = "2";
      kept.lookAgain();
      await kept.page("/b", async () => "b"); // somebody else finds out meanwhile
      return "of before";
    });
    expect(String(old?.body)).toBe("of before");
    expect(String((await kept.page("/a", async () => "of now"))?.body)).toBe("of now");
  });

  it("are not answered by a look that began before something changed", async () => {
    let version = "1";
    let slow: (() => void) | null = null;
    const kept = new KeptPages(async () => {
      const seen = version;
      if (slow === null && version === "1" && known) await new Promise<void>((resolve) => (slow = resolve));
      return seen;
    });
    let known = false;
    const ask = () => kept.page("/a", async () => `page of ${version}`);
    await ask();
    known = true;
    kept.lookAgain();
    const before = ask(); // its look sees version 1 and takes its time
    version = "2";
    kept.lookAgain();
    expect(String((await ask())?.body)).toBe("page of 2");
    slow!();
    await before;
    expect(String((await ask())?.body)).toBe("page of 2");
  });

  it("are shown while the database is away, once it has been there", async () => {
    let away = true;
    const kept = new KeptPages(async () => {
      if (away) throw new Error("no database");
      return "1";
    });
    const ask = () => kept.page("/a", async () => "page");
    await expect(ask()).rejects.toThrow("no database");
    away = false;
    await ask();
    away = true;
    kept.lookAgain();
    expect(String((await ask())?.body)).toBe("page");
  });

  it("take no more room than they may, and the longest unused goes first", async () => {
    const kept = new KeptPages(async () => "1", 10);
    let made = 0;
    const ask = (address: string) =>
      kept.page(address, async () => {
        made++;
        return "five!";
      });
    for (const address of ["/a", "/b", "/a", "/c", "/a", "/c"]) await ask(address);
    expect(made).toBe(3);
    await ask("/b");
    expect(made).toBe(4);
    expect((await kept.page("/vast", async () => "more than ten bytes"))?.body.length).toBe(19);
  });

  it("don't keep what its maker does not want kept", async () => {
    const kept = new KeptPages(async () => "1");
    expect(await kept.page("/a", async () => null)).toBeNull();
    expect(await kept.page("/a", async () => "now")).not.toBeNull();
  });
});
