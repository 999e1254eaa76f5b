import { expect, it } from "vitest";
import { plainWords, searchQuery, searchVector } from "./store-words.js";

it.each([
  ["Otter's Mead C.E. (VA) Primary", "otters mead c e va primary"],
  ["St. Œdipus’ École", "st oedipus ecole"],
  ["Ysgol Tŷ-Gwyn", "ysgol ty gwyn"],
  ["  900001 ", "900001"],
  ["'; drop table x; --", "drop table x"],
  ["", ""],
])("writes %j plainly as %j", (text, plain) => {
  expect(plainWords(text)).toBe(plain);
});

it("gives the search every word once", () => {
  expect(searchVector(["Mead School, Mead", null, "Exmouth"])).toBe("'mead' 'school' 'exmouth'");
});

it("looks for words that begin with each of those typed, and for nothing where no word was typed", () => {
  expect(searchQuery("Otter's prim")).toBe("'otters':* & 'prim':*");
  expect(searchQuery(" & | ! ")).toBeNull();
});
