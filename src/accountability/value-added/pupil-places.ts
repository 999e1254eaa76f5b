/**
 * Place among the pupils used of each number in a list of their ids, −1 where there is none: by a step or a halving search
 * where the pupils stand in ascending order of id, by a map otherwise. An id that several pupils have is the last one's.
 *
 * @param ids of all pupils, @param rows those used, @param wanted an id a row of the other table
 */
export function placesOfNumbers(ids: Float64Array, rows: Int32Array, wanted: Float64Array): Int32Array {
  const places = new Int32Array(wanted.length);
  const find = isAscending(ids, rows) ? ascendingSearch(ids, rows) : mapSearch(ids, rows);
  for (let i = 0; i < wanted.length; i++) places[i] = find(wanted[i]!);
  return places;
}

/**
 * The same for texts that both tables number alike.
 * @param codes of all pupils; negative is missing, @param rows those used, @param wanted a code a row of the other table
 */
export function placesOfCodes(codes: Int32Array, rows: Int32Array, wanted: Int32Array): Int32Array {
  let most = -1;
  for (let i = 0; i < rows.length; i++) most = Math.max(most, codes[rows[i]!]!);
  const placeOf = new Int32Array(most + 1).fill(-1);
  for (let i = 0; i < rows.length; i++) if (codes[rows[i]!]! >= 0) placeOf[codes[rows[i]!]!] = i;
  const places = new Int32Array(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    const code = wanted[i]!;
    places[i] = code >= 0 && code <= most ? placeOf[code]! : -1;
  }
  return places;
}

function isAscending(ids: Float64Array, rows: Int32Array): boolean {
  for (let i = 1; i < rows.length; i++) if (!(ids[rows[i - 1]!]! < ids[rows[i]!]!)) return false;
  return rows.length > 0;
}

/** Tables of one file's order ask for the same pupil again or for the next one: both are found without a search. */
function ascendingSearch(ids: Float64Array, rows: Int32Array): (id: number) => number {
  let last = 0;
  return (id) => {
    if (ids[rows[last]!] === id) return last;
    if (last + 1 < rows.length && ids[rows[last + 1]!] === id) return ++last;
    let [from, to] = [0, rows.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (ids[rows[middle]!]! < id) from = middle + 1;
      else to = middle;
    }
    if (from === rows.length || ids[rows[from]!] !== id) return -1;
    last = from;
    return last;
  };
}

function mapSearch(ids: Float64Array, rows: Int32Array): (id: number) => number {
  const placeOf = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) placeOf.set(ids[rows[i]!]!, i);
  return (id) => placeOf.get(id) ?? -1;
}
