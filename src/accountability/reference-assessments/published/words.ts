/** Whom a figure is of. */
export interface LevelWords {
  readonly group: string | null;
  readonly level: string | null;
}

/** As "all pupils", or "sex: girls". */
export const levelInWords = ({ group, level }: LevelWords): string =>
  group === null ? "all pupils" : `${group}: ${level}`;
