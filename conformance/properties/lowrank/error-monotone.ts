import { build } from '../../../reference/arithmetic/array.ts'
import { errorCurve } from '../../../spec/lowrank/error-bound.ts'
import { errorMonotone } from '../../../spec/lowrank/error-monotone.ts'
import { scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { atMost } from '../../kit/claims.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { knownLayers } from './error-bound.ts'
import { keepsSmallest, repeatsLast, squaresErrors } from './error-bound-faults.ts'
import { knownMatrix } from './error-bound-orthonormal.ts'
import { rising } from './error-monotone-faults.ts'

export const errorMonotoneProperties = properties(
  errorMonotone,
  lawTwice('falls', {
    of: knownLayers,
    asks: [errorCurve],
    title: 'neither errors nor bounds grow with the number of values kept, and both end at 0',
    kills: [rising, repeatsLast],
    share: 0.5,
    async holds({ arithmetic, exact, inputs, measure, parameters, sizes }) {
      const { U, S, V } = knownMatrix(sizes, parameters, inputs.S)
      const { errors, bounds } = await measure(errorCurve, { x: inputs.x, U, S, V }, {})
      const zero = exact(scalar(0))
      return [
        atMost(arithmetic, 'errors', ...errors.data.toReversed()),
        atMost(arithmetic, 'bounds', ...bounds.data.toReversed()),
        { label: 'the last error', expected: zero, actual: scalar(errors.at(sizes.R!)) },
        { label: 'the last bound', expected: zero, actual: scalar(bounds.at(sizes.R!)) },
      ]
    },
  }),
  law('small-for-small', {
    of: knownLayers,
    asks: [errorCurve],
    title: 'a value that is left out adds no more than its share to the square of the error',
    kills: [keepsSmallest, squaresErrors],
    share: 0.3,
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const { multiply, subtract } = arithmetic
      const { U, S, V } = knownMatrix(sizes, parameters, inputs.S)
      const { errors, bounds } = await measure(errorCurve, { x: inputs.x, U, S, V }, {})
      const square = (of: typeof errors, t: number) => multiply(of.at(t), of.at(t))
      const steps = build([sizes.R!], (t) => subtract(square(errors, t), square(errors, t + 1)))
      const shares = build([sizes.R!], (t) => square(bounds, t))
      return [between(arithmetic, 'what one value adds', steps, null, shares)]
    },
  }),
)
