/** Somebody else has changed the case meanwhile: nothing was written. HTTP says 409 `changed-meanwhile`. */
export class StaleStream extends Error {
  override readonly name = "StaleStream";
  readonly code = "changed-meanwhile";
  readonly stream: string;
  /** The version that was seen. */
  readonly expected: number;
  /** The version that stands there now. */
  readonly actual: number;

  constructor(stream: string, expected: number, actual: number) {
    super(`${stream} is at version ${actual}, not ${expected}: somebody else has changed it meanwhile`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}
