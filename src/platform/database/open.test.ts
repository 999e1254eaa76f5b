import { expect, it } from "vitest";
import { DatabaseError, refusedStatement } from "./errors.js";
import { databaseLocation } from "./open.js";
import { describeAddress } from "./postgresql.js";
import { problemCodes } from "./problem-codes.js";

it("takes the embedded database in the project's folder unless told otherwise", () => {
  expect(databaseLocation({}, "/project")).toEqual({ kind: "pglite", folder: "/project/.greenpaper/register" });
  expect(databaseLocation({ GREENPAPER_HOME: "/home" }, "/project")).toEqual({
    kind: "pglite",
    folder: "/home/register",
  });
  expect(databaseLocation({ DATABASE_URL: "" }, "/project").kind).toBe("pglite");
});

it("takes PostgreSQL where DATABASE_URL names one", () => {
  const url = "postgres://u:p@db.example:5433/green";
  expect(databaseLocation({ DATABASE_URL: url }, "/project")).toEqual({ kind: "postgresql", url });
});

it.each(["mysql://db.example/green", "db.example:5432", "postgres://:nothing:here"])(
  "refuses the address %s",
  (url) => {
    expect(() => databaseLocation({ DATABASE_URL: url }, "/project")).toThrow("Write DATABASE_URL as postgres://");
  },
);

it("never repeats a password", () => {
  const words = describeAddress("postgres://ada:secret@db.example:5433/green");
  expect(words).toBe("PostgreSQL at db.example:5433/green as ada");
});

it("gives every error its remedy", () => {
  const error = refusedStatement({ message: "duplicate key", sqlState: "23505", constraint: "a_key" }, null);
  expect(error).toBeInstanceOf(DatabaseError);
  expect(error.message).toBe(
    `the database refused a statement: duplicate key (23505). ${problemCodes["database-unique"].remedy}`,
  );
  expect([error.sqlState, error.constraint]).toEqual(["23505", "a_key"]);
});
