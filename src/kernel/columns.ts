/** Zeros for a column of numbers, in memory that every thread of the program sees. */
export const sharedFloats = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(8 * length));

/** Zeros for a column of places or codes, in memory that every thread of the program sees. */
export const sharedPlaces = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length));
