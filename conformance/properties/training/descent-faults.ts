import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  quadraticGradient as gradientReference,
  quadratic as lossReference,
  descend as reference,
} from '../../../reference/training/descent.ts'
import { descend, quadratic, quadraticGradient } from '../../../spec/training/descent.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongQuadratic = faultsOf(quadratic, lossReference)
const wrongQuadraticGradient = faultsOf(quadraticGradient, gradientReference)
const wrongDescend = faultsOf(descend, reference)

export const takesWholeForm = wrongQuadratic.outputs(
  'gives the quadratic form instead of half of it',
  (outputs) => ({ loss: changed(outputs.loss, (loss) => 2 * loss) }),
)

export const lossAroundOrigin = wrongQuadratic.inputs(
  'measures the distance from the origin',
  ({ minimum }) => ({ minimum: changed(minimum, () => 0) }),
)

const lopsided = (A: NumberArray<number>, d: NumberArray<number>) =>
  build(d.shape, (i) => d.data.reduce((sum, v, j) => sum + A.at(i, j) * v, 0))

export const gradientLopsided = wrongQuadraticGradient.outputs(
  'multiplies by the matrix without its transpose',
  (_, { inputs }) => {
    const { matrix, minimum, x, dLoss } = inputs
    const g = lopsided(
      matrix,
      changed(x, (v, i) => v - minimum.at(i)),
    )
    return { dx: changed(g, (v) => v * dLoss.at()) }
  },
)

export const gradientForgetsMinimum = wrongQuadraticGradient.outputs(
  'gives no gradient by the place of the minimum',
  (answer) => {
    return { dMinimum: changed(answer.dMinimum, () => 0) }
  },
)

export const gradientForgetsFactor = wrongQuadraticGradient.inputs(
  'ignores the gradient of what follows',
  ({ dLoss }) => ({ dLoss: changed(dLoss, () => 1) }),
)

export const twiceAsSteep = wrongDescend.parameters(
  'takes the gradient of the whole quadratic form, twice as steep',
  ({ rate }) => ({ rate: 2 * rate }),
)

export const halfAsSteep = wrongDescend.parameters('takes half of the gradient', ({ rate }) => ({
  rate: rate / 2,
}))

export const ascends = wrongDescend.answer(
  'goes up the gradient',
  ({ inputs, parameters, right }) => {
    const away = { ...inputs, matrix: changed(inputs.matrix, (a) => -a) }
    const { trajectory, losses } = right(away, parameters)
    return { trajectory, losses: changed(losses, (loss) => -loss) }
  },
)

export const startsLate = wrongDescend.outputs(
  'records each point after the step, and the last one twice',
  ({ trajectory, losses }, { parameters }) => {
    const next = (t: number) => Math.min(t + 1, parameters.steps)
    return {
      trajectory: build(trajectory.shape, (t, i) => trajectory.at(next(t), i)),
      losses: build(losses.shape, (t) => losses.at(next(t))),
    }
  },
)

type Step = (x: NumberArray<number>, g: NumberArray<number>, t: number) => NumberArray<number>

/** Descent with another rule for the step. */
const descendBy = (name: string, step: (rate: number, matrix: NumberArray<number>) => Step) =>
  wrongDescend.answer(name, ({ inputs, parameters, right }) => {
    const { matrix, minimum, start } = inputs
    const take = step(parameters.rate, matrix)
    const points = [start]
    const losses = [right(inputs, { ...parameters, steps: 1 }).losses.at(0)]
    for (let t = 0; t < parameters.steps; t++) {
      const x = points[t]!
      const { trajectory } = right({ ...inputs, start: x }, { rate: 1, steps: 1 })
      const g = changed(x, (v, i) => v - trajectory.at(1, i))
      const next = take(x, g, t)
      points.push(next)
      losses.push(right({ matrix, minimum, start: next }, { rate: 0, steps: 1 }).losses.at(0))
    }
    return {
      trajectory: fromData(
        [points.length, start.shape[0]!],
        points.flatMap(({ data }) => data),
      ),
      losses: fromData([losses.length], losses),
    }
  })

export const usesMatrixAsIs = wrongDescend.outputs(
  'multiplies by the matrix without its transpose',
  (answer, { inputs, parameters }) => {
    const { matrix, minimum, start } = inputs
    const points = [start]
    for (let t = 0; t < parameters.steps; t++) {
      const x = points[t]!
      const g = lopsided(
        matrix,
        changed(x, (v, i) => v - minimum.at(i)),
      )
      points.push(changed(x, (v, i) => v - parameters.rate * g.at(i)))
    }
    const data = points.flatMap((point) => point.data)
    return { trajectory: fromData(answer.trajectory.shape, data) }
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
