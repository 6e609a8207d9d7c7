/** Where people live or work and nothing watches, or nobody can be soon. Not where there is no risk. */
export interface Coverage {
  /** Sensor kind that was asked for; null any. */
  readonly kind: string | null;
  /** Squares of 1 km with people, and those without a live sensor or a unit in reach. */
  readonly cells: number;
  readonly blind: readonly CoverageGap[];
  readonly unreached: readonly CoverageGap[];
}

/** Squares of one district, as one line. */
export interface CoverageGap {
  readonly district: string;
  readonly cells: number;
  readonly people: number;
  /** The square with the most people. */
  readonly longitudeDeg: number;
  readonly latitudeDeg: number;
}
