/** What the two sides of a comparison are, where neither is known beforehand. */
export interface Sides {
  readonly expected: string
  readonly actual: string
}
