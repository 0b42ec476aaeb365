import { build } from '../../../reference/arithmetic/array.ts'
import { errorCurve as reference } from '../../../reference/lowrank/error-bound.ts'
import { errorCurve } from '../../../spec/lowrank/error-bound.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(errorCurve, reference)

export const boundsByNext = wrong.outputs(
  'bounds by the value after the first that is left out',
  ({ bounds }, { sizes: { R } }) => ({
    bounds: build(bounds.shape, (t) => bounds.at(Math.min(t + 1, R!))),
  }),
)

export const boundsByLastKept = wrong.outputs(
  'bounds by the last value that is kept',
  ({ bounds }) => ({ bounds: build(bounds.shape, (t) => bounds.at(Math.max(t - 1, 0))) }),
)

export const boundsByAll = wrong.outputs(
  'bounds by the norm of all values that are left out',
  ({ bounds }) => ({
    bounds: build(bounds.shape, (t) => Math.hypot(...bounds.data.slice(t))),
  }),
)

export const forgetsInputs = wrong.outputs(
  'takes the value for the bound, whatever the inputs',
  (_, { inputs: { S }, sizes: { R } }) => {
    const ordered = S.data.toSorted((a, b) => b - a)
    return { bounds: build([R! + 1], (t) => ordered[t] ?? 0) }
  },
)

export const keepsOrder = wrong.answer(
  'keeps the first values instead of the largest',
  ({ inputs, parameters, right, sizes: { R } }) => {
    const whole = right(inputs, parameters)
    const errors = build([R! + 1], (t) => {
      const S = changed(inputs.S, (s, l) => (l < t ? 0 : s))
      return right({ ...inputs, S }, parameters).errors.at(0)
    })
    return { ...whole, errors }
  },
)

export const keepsSmallest = wrong.outputs(
  'leaves the largest values out first',
  (_, { inputs, parameters, right, sizes: { R } }) => {
    const ordered = inputs.S.data.map((s, l) => [s, l] as const).toSorted(([a], [b]) => a - b)
    const errors = build([R! + 1], (t) => {
      const kept = ordered.slice(0, t).map(([, l]) => l)
      const S = changed(inputs.S, (s, l) => (kept.includes(l) ? 0 : s))
      return right({ ...inputs, S }, parameters).errors.at(0)
    })
    return { errors }
  },
)

export const squaresErrors = wrong.outputs('forgets the root', ({ errors }) => ({
  errors: changed(errors, (e) => e * e),
}))

export const forgetsRight = wrong.outputs(
  'adds up the values without their right vectors',
  ({ errors }, { inputs, sizes: { N, H, R } }) => {
    const { x, U, S } = inputs
    const along = (n: number, l: number) =>
      Array.from({ length: H! }, (_, i) => x.at(n, i) * U.at(i, l)).reduce((a, b) => a + b, 0)
    const ordered = S.data.map((s, l) => [s, l] as const).toSorted(([a], [b]) => b - a)
    return {
      errors: build(errors.shape, (t) => {
        const left = ordered.slice(t, R!)
        const sums = Array.from({ length: N! }, (_, n) =>
          left.reduce((total, [s, l]) => total + s * along(n, l), 0),
        )
        return Math.hypot(...sums)
      }),
    }
  },
)

export const repeatsLast = wrong.outputs(
  'has the error of one value less where all are kept',
  ({ errors }, { sizes: { R } }) => ({
    errors: changed(errors, (e, t) => (t === R! ? errors.at(R! - 1) : e)),
  }),
)
