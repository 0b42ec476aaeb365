import { build, fromData, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  quadraticGradient as gradientReference,
  quadratic as lossReference,
  descend as reference,
} from '../../../reference/training/descent.ts'
import { descend, quadratic, quadraticGradient } from '../../../spec/training/descent.ts'
import { changed, permuted, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(descend, reference)
const wrongLoss = faultsOf(quadratic, lossReference)
const wrongGradient = faultsOf(quadraticGradient, gradientReference)

/** A (x − c), not made symmetric. */
const lopsided = (A: Numbers, x: Numbers, c: Numbers) =>
  build(x.shape, (i) => sum(number, x.shape, (j) => A.at(i, j) * (x.at(j) - c.at(j))))

export const takesWholeForm = wrongLoss.outputs(
  'gives the quadratic form instead of half of it',
  ({ loss }) => ({ loss: changed(loss, (f) => 2 * f) }),
)

export const lossAroundOrigin = wrongLoss.inputs(
  'measures the distance from the origin',
  ({ minimum }) => ({ minimum: zeros(minimum.shape) }),
)

export const gradientLopsided = wrongGradient.outputs(
  'multiplies by the matrix without its transpose',
  (_, { inputs: { matrix, minimum, x, dLoss } }) => ({
    dx: changed(lopsided(matrix, x, minimum), (v) => v * dLoss.at()),
  }),
)

export const gradientForgetsMinimum = wrongGradient.outputs(
  'gives no gradient by the place of the minimum',
  ({ dMinimum }) => ({ dMinimum: zeros(dMinimum.shape) }),
)

export const gradientForgetsFactor = wrongGradient.inputs(
  'ignores the gradient of what follows',
  () => ({ dLoss: scalar(1) }),
)

export const twiceAsSteep = wrong.parameters(
  'takes the gradient of the whole quadratic form, twice as steep',
  ({ rate }) => ({ rate: 2 * rate }),
)

export const halfAsSteep = wrong.parameters('takes half of the gradient', ({ rate }) => ({
  rate: rate / 2,
}))

export const ascends = wrong.answer('goes up the gradient', ({ inputs, parameters, right }) => {
  const away = { ...inputs, matrix: changed(inputs.matrix, (a) => -a) }
  const { trajectory, losses } = right(away, parameters)
  return { trajectory, losses: changed(losses, (loss) => -loss) }
})

export const startsLate = wrong.outputs(
  'records each point after the step, and the last one twice',
  ({ trajectory, losses }, { parameters: { steps } }) => {
    const next = (t: number) => Math.min(t + 1, steps)
    return {
      trajectory: permuted(trajectory, (t, i) => [next(t), i]),
      losses: permuted(losses, (t) => [next(t)]),
    }
  },
)

/** The points from the start on, when each follows from the one before. */
function way(start: Numbers, steps: number, next: (x: Numbers, t: number) => Numbers) {
  const points = [start]
  for (let t = 0; t < steps; t++) points.push(next(points[t]!, t))
  return points
}

/** Points one below the other. */
const rows = (points: readonly Numbers[]) =>
  build([points.length, points[0]!.shape[0]!], (t, i) => points[t]!.at(i))

type Step = (x: Numbers, g: Numbers, t: number) => Numbers

/** Descent with another rule for the step. */
const descendBy = (name: string, step: (rate: number, matrix: Numbers) => Step) =>
  wrong.answer(name, ({ inputs, parameters: { rate, steps }, right }) => {
    const once = (start: Numbers) => right({ ...inputs, start }, { rate: 1, steps: 1 })
    const take = step(rate, inputs.matrix)
    const points = way(inputs.start, steps, (x, t) => {
      const { trajectory } = once(x)
      const g = changed(x, (v, i) => v - trajectory.at(1, i))
      return take(x, g, t)
    })
    const losses = build([points.length], (t) => once(points[t]!).losses.at(0))
    return { trajectory: rows(points), losses }
  })

export const usesMatrixAsIs = wrong.outputs(
  'multiplies by the matrix without its transpose',
  (_, { inputs: { matrix, minimum, start }, parameters: { rate, steps } }) => {
    const points = way(start, steps, (x) => {
      const g = lopsided(matrix, x, minimum)
      return changed(x, (v, i) => v - rate * g.at(i))
    })
    return { trajectory: rows(points) }
  },
)

export const clipsGradient = descendBy('clips the gradient to length 1', (rate) => (x, g) => {
  const length = Math.hypot(...g.data)
  return changed(x, (v, i) => v - (rate * g.at(i)) / Math.max(1, length))
})

export const decaysRate = descendBy(
  'halves the rate after every step',
  (rate) => (x, g, t) => changed(x, (v, i) => v - rate * 2 ** -t * g.at(i)),
)

export const slipsOnce = descendBy(
  'is off by 2e-4 in the first coordinate after the second step',
  (rate) => (x, g, t) =>
    changed(x, (v, i) => (v - rate * g.at(i)) * (t === 1 && i === 0 ? 1 + 2e-4 : 1)),
)

export const updatesInPlace = descendBy(
  'updates one coordinate after the other and uses the new ones at once',
  (rate, matrix) => {
    const S = build(matrix.shape, (i, j) => (matrix.at(i, j) + matrix.at(j, i)) / 2)
    return (x, g) => {
      const moved: number[] = []
      for (let i = 0; i < x.data.length; i++) {
        const stale = moved.reduce((sum, m, j) => sum + S.at(i, j) * (m - x.at(j)), 0)
        moved.push(x.at(i) - rate * (g.at(i) + stale))
      }
      return fromData(x.shape, moved)
    }
  },
)
