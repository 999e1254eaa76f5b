import { contentTag } from "./entity-tags.js";

/** A page as it is sent, made once. */
export interface KeptPage {
  readonly body: Buffer;
  readonly etag: string;
  /** All headers of its answer, once it has been answered; null before. */
  headers: Readonly<Record<string, string>> | null;
}

/** How long a change by another process may go unnoticed, in milliseconds; what this process changes shows at once. */
const lookEvery = 100;
/**
 * How long a reader waits for the database to say whether something has changed, in milliseconds, before getting what was known last:
 * long where this process knows that something may have.
 */
const patience = { usual: 500, afterChange: 10_000 };

const mebibyte = 1024 * 1024;

/**
 * Pages that show what is published, kept from one publication to the next. Which one it is, is asked at most twenty times a second, and
 * anew after every change that this process makes; when the database is away, what was published last is shown.
 */
export class KeptPages {
  readonly #version: () => Promise<string>;
  readonly #mostBytes: number;
  readonly #pages = new Map<string, KeptPage>(); // in the order of their last use
  readonly #making = new Map<string, Promise<KeptPage | null>>();
  #known: string | null = null;
  #looked = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | null = null;
  #mayHaveChanged = false;
  #bytes = 0;

  /** @param version a text that changes with everything that a kept page may show */
  constructor(version: () => Promise<string>, mostBytes: number = 64 * mebibyte) {
    this.#version = version;
    this.#mostBytes = mostBytes;
  }

  /** Something may have changed: the next reader asks which version it is, and not a look under way, which may have seen the one before. */
  lookAgain(): void {
    this.#looked = Number.NEGATIVE_INFINITY;
    this.#looking = null;
    this.#mayHaveChanged = true;
  }

  /**
   * The page at an address.
   * @param make the page as HTML, or null where this answer must not be kept
   * @returns null where it isn't kept; the caller then answers as usual
   */
  async page(address: string, make: () => Promise<string | null>): Promise<KeptPage | null> {
    if (performance.now() - this.#looked > lookEvery) await this.#look();
    const known = this.#pages.get(address);
    if (known) {
      this.#pages.delete(address);
      this.#pages.set(address, known);
      return known;
    }
    const making = this.#making.get(address) ?? this.#make(address, make);
    this.#making.set(address, making);
    try {
      return await making;
    } finally {
      this.#making.delete(address);
    }
  }

  /** The page where it is at hand and nobody needs to wait for a look whether it still holds: the next look begins before it is due. */
  atHand(address: string): KeptPage | undefined {
    const age = performance.now() - this.#looked;
    if (age > lookEvery) return undefined;
    if (age > lookEvery / 2 && !this.#looking) this.#lookNow().catch(() => {});
    return this.#pages.get(address);
  }

  /** Many who ask at once are answered by one look. */
  async #look(): Promise<void> {
    const looking = this.#looking ?? this.#lookNow();
    if (this.#known === null) return looking;
    const known = looking.catch(() => {}); // what was published last still holds
    const most = this.#mayHaveChanged ? patience.afterChange : patience.usual;
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise((resolve) => {
      timer = setTimeout(resolve, most).unref();
    });
    await Promise.race([known, enough]);
    clearTimeout(timer);
  }

  #lookNow(): Promise<void> {
    const begun = performance.now();
    const looking: Promise<void> = this.#version()
      .then((version) => {
        if (this.#looking !== looking) return; // something may have changed since this one began
        if (version !== this.#known) this.#forget();
        [this.#known, this.#looked, this.#mayHaveChanged] = [version, begun, false];
      })
      .finally(() => {
        if (this.#looking === looking) this.#looking = null;
      });
    this.#looking = looking;
    return looking;
  }

  #forget(): void {
    this.#pages.clear();
    this.#making.clear(); // what is being made may already be of before
    this.#bytes = 0;
  }

  async #make(address: string, make: () => Promise<string | null>): Promise<KeptPage | null> {
    const version = this.#known;
    const html = await make();
    if (html === null) return null;
    const body = Buffer.from(html, "utf8");
    const page: KeptPage = { body, etag: `"${contentTag(body)}"`, headers: null };
    if (version === this.#known && body.length <= this.#mostBytes) this.#keep(address, page);
    return page;
  }

  #keep(address: string, page: KeptPage): void {
    this.#bytes += page.body.length - (this.#pages.get(address)?.body.length ?? 0);
    this.#pages.set(address, page);
    for (const [oldest, { body }] of this.#pages) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#pages.delete(oldest);
      this.#bytes -= body.length;
    }
  }
}
