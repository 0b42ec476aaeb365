import { atLeast, type Parameters, type Sizes } from '../language/operation.ts'

/** Samples of which a covariance is taken: one more than the divisor leaves out of their number. */
export const enoughSamples = (to: number, what: string) =>
  atLeast(
    (_: Sizes, { divisor }: Parameters) => (divisor === 'N' ? 1 : 2),
    to,
    what,
    'one more than the divisor leaves out',
  )
