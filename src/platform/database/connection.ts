/** A result as the engine wrote it: every value as text, so that both engines are read by the same rules (`values.ts`). */
export interface TextResult {
  /** Name and type (its number in the catalogue) of each column. */
  readonly fields: readonly { readonly name: string; readonly type: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** One connection to a database. Statements run one after another. */
export interface Connection {
  /** Runs one statement with `$1`… filled from `parameters`, each written as text. */
  query(text: string, parameters: readonly (string | null)[]): Promise<TextResult>;
  /** Runs several statements without parameters. */
  script(text: string): Promise<void>;
}

/** Where connections come from: a pool, or the one connection of the embedded database. */
export interface ConnectionSource {
  /** Lends a connection for a piece of work; with one connection, others wait until it is done. */
  withConnection<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
