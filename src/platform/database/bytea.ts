import { customType } from "drizzle-orm/pg-core";

/** A column of bytes, written to the engine as hexadecimal digits. */
export const bytea = customType<{ data: Uint8Array; driverData: string }>({
  dataType: () => "bytea",
  toDriver: (bytes) => `\\x${Buffer.from(bytes).toString("hex")}`,
  fromDriver: (text) => Buffer.from(text.slice(2), "hex"),
});
