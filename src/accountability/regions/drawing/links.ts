/** An authority over water and one that a regular ferry or flight joins it to, by their codes. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

/** The links that stand for borders where there is none: the two island authorities. No bridge or tunnel is counted as a border. */
export const seaLinks: readonly Link[] = [
  { from: "921", to: "850", why: "Isle of Wight: ferry to Lymington in Hampshire" },
  { from: "921", to: "851", why: "Isle of Wight: ferries to Portsmouth" },
  { from: "921", to: "852", why: "Isle of Wight: ferries to Southampton" },
  { from: "420", to: "908", why: "Isles of Scilly: ship and flights to Cornwall" },
];
