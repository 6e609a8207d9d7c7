/** A property that elements can be asked for. */
export interface PropertyName {
  /** As a query writes it. */
  readonly property: string;
  readonly elements: number;
  /** Distinct ones. */
  readonly values: number;
}
