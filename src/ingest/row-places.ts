/** The way back from a row to the line of the file it came from. */
export interface RowPlaces {
  /** Rows that follow come from another file. */
  beginFile(shown: string, unit: "line" | "row"): void;
  /** The row stands on this line of the current file; rows come in order. */
  add(row: number, line: number): void;
  /** As `pupils.csv, line 17`. @throws {RangeError} for a row that was never added. */
  placeOf(row: number): string;
  /** Name of the file a row came from. */
  fileOf(row: number): string;
}

interface FileRows {
  readonly shown: string;
  readonly unit: "line" | "row";
  readonly firstRow: number;
}

/**
 * Keeps the places of rows without a number for each: as long as rows and lines go on together nothing is added, so a
 * file without blank lines and line breaks inside fields costs one entry.
 */
export function rowPlaces(): RowPlaces {
  const files: FileRows[] = [];
  /** From this row on, the line is the row plus this. */
  const fromRow: number[] = [];
  const offset: number[] = [];
  let begun: { shown: string; unit: "line" | "row" } | null = null;

  /** The last place of an ascending list that is not above the row. */
  function lastAtOrBefore(length: number, rowAt: (index: number) => number, row: number): number {
    let [low, high] = [0, length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (rowAt(middle) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function fileAt(row: number): FileRows {
    const file = files[lastAtOrBefore(files.length, (i) => files[i]!.firstRow, row)];
    if (!file || row < file.firstRow) throw new RangeError(`row ${row} was never read`);
    return file;
  }

  return {
    beginFile(shown, unit) {
      begun = { shown, unit };
    },
    add(row, line) {
      if (begun) {
        files.push({ ...begun, firstRow: row });
        begun = null;
      }
      if (offset.length > 0 && offset.at(-1) === line - row) return;
      fromRow.push(row);
      offset.push(line - row);
    },
    placeOf(row) {
      const file = fileAt(row);
      const line = row + offset[lastAtOrBefore(fromRow.length, (i) => fromRow[i]!, row)]!;
      return `${file.shown}, ${file.unit} ${line}`;
    },
    fileOf: (row) => fileAt(row).shown,
  };
}
