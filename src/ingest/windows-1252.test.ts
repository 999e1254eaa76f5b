import { describe, expect, it } from "vitest";
import { findDosLetter, mayBeWindows1252, windows1252ToUtf8 } from "./windows-1252.js";

const decode = (...bytes: number[]) => Buffer.from(windows1252ToUtf8(Uint8Array.from(bytes))).toString("utf8");

describe("Windows-1252", () => {
  it("has the characters of the published code page from 0x80 to 0x9F", () => {
    const bytes = Array.from({ length: 32 }, (_, i) => 0x80 + i).filter(
      (byte) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte),
    );
    expect(decode(...bytes)).toBe("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ");
  });

  it("is Latin-1 from 0xA0 on and ASCII below 0x80", () => {
    const bytes = Array.from({ length: 96 }, (_, i) => 0xa0 + i);
    expect(decode(...bytes)).toBe(Buffer.from(bytes).toString("latin1"));
    expect(decode(0x53, 0x74, 0x20, 0x4a, 0x6f, 0x68, 0x6e, 0x92, 0x73)).toBe("St John’s");
  });

  it("is told from a DOS code page by marks that stand inside a word", () => {
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
    expect(findDosLetter(bytes("St Th\x82r\x8ase"))).toBe(5); // code page 850
    expect(findDosLetter(bytes("St John\x92s, caf\xe9 \x84quoted\x93 \x85 na\xefve, \x8ai\x9ek"))).toBe(-1);
  });

  it("is not what holds a byte without a character", () => {
    expect(mayBeWindows1252(Uint8Array.of(0x41, 0x92))).toBe(true);
    expect(mayBeWindows1252(Uint8Array.of(0x41, 0x81))).toBe(false);
  });
});
