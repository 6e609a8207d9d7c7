/** A layer that a map server says it has. */
export interface ServiceLayer {
  readonly name: string;
  readonly title: string;
  /** WMTS: its tile matrix sets in web Mercator or CGCS2000 first, as the server names them. */
  readonly matrixSets: readonly string[];
  readonly styles: readonly string[];
  readonly formats: readonly string[];
  /** WMTS over REST: the address of its tiles. */
  readonly template?: string;
}
