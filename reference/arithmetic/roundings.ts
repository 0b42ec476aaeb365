/** What one rounding of double precision is off by at most, as a share of the number. */
const unit = 2 ** -53

/**
 * A number as a test expects it: off by so many roundings at most. Operations of double precision on numbers of
 * one sign add theirs up, one or, for functions, two each; what a test works out by hand has a few as well.
 */
export function nearly(value: number, roundings = 16) {
  return {
    asymmetricMatch: (actual: unknown) =>
      typeof actual === 'number' && Math.abs(actual - value) <= roundings * unit * Math.abs(value),
    toString: () => `${value}, off by ${roundings} roundings at most`,
  }
}
