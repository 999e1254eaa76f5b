/** Sums of a design as any engine may make them. Columns are centred and scaled: x̃ = (x − centre) ÷ scale; ỹ likewise. */
export interface SummedParts {
  readonly rows: number;
  readonly response: { readonly name: string; readonly centre: number; readonly scale: number };
  /** The constant has `constant: true`, centre 0, scale 1. */
  readonly fixed: readonly {
    readonly name: string;
    readonly centre: number;
    readonly scale: number;
    readonly constant: boolean;
  }[];
  /** [X̃ ỹ]ᵀ[X̃ ỹ], (p+1)×(p+1), row-major, y last. */
  readonly gram: Float64Array;
  /** One entry a random term; intercepts and slopes. `levelSums`: Zᵀ[X̃ ỹ], (levels·width)×(p+1), row-major. */
  readonly terms: readonly {
    readonly group: string;
    readonly levels: readonly string[];
    readonly coefficients: readonly string[];
    readonly levelSums: Float64Array;
  }[];
  /** ZᵀZ, each unordered pair of scalars once (row ≤ column; scalars numbered term after term, level after level, coefficient after coefficient). */
  readonly pairs: { readonly row: Int32Array; readonly column: Int32Array; readonly value: Float64Array };
}
