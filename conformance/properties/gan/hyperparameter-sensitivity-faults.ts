import { build, memberOf, stacked } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import {
  diracSteps as reference,
  diracStability as stabilityReference,
} from '../../../reference/gan/hyperparameter-sensitivity.ts'
import { diracStability, diracSteps } from '../../../spec/gan/hyperparameter-sensitivity.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(diracSteps, reference)
const wrongStability = faultsOf(diracStability, stabilityReference)

export const forgetsPenalty = wrong.parameters('forgets the penalty', () => ({ penalty: 0 }))
export const wholePenalty = wrong.parameters(
  'takes the slope of the squared weight without its half',
  ({ penalty }) => ({ penalty: 2 * penalty }),
)
export const saturatesAlways = wrong.parameters(
  'takes the loss of the minimax game always',
  () => ({
    loss: 'saturating',
  }),
)
export const stepsInTurn = wrong.answer(
  'lets the discriminator answer the new sample',
  ({ inputs, parameters }) => {
    const after: (typeof inputs)[] = []
    let { theta, psi } = inputs
    for (let t = 0; t < parameters.steps; t++) {
      const one = { ...parameters, steps: 1 }
      theta = memberOf(reference(number, { theta, psi }, one).theta, 0)
      psi = memberOf(reference(number, { theta, psi }, one).psi, 0)
      after.push({ theta, psi })
    }
    return {
      theta: stacked(after.map((one) => one.theta)),
      psi: stacked(after.map((one) => one.psi)),
    }
  },
)
export const climbs = wrong.parameters('steps in the other direction', ({ rate }) => ({
  rate: -rate,
}))
export const linearizes = wrong.answer(
  'takes σ for ½ throughout',
  ({ inputs: { theta, psi }, parameters: { rate, penalty, steps } }) => {
    const after: (readonly [typeof theta, typeof psi])[] = []
    let now = [theta, psi] as const
    for (let t = 0; t < steps; t++) {
      const [th, ps] = now
      now = [
        build(theta.shape, (n) => th.at(n) + (rate / 2) * ps.at(n)),
        build(psi.shape, (n) => (1 - rate * penalty) * ps.at(n) - (rate / 2) * th.at(n)),
      ]
      after.push(now)
    }
    return { theta: stacked(after.map(([one]) => one)), psi: stacked(after.map(([, one]) => one)) }
  },
)
export const startsAnew = wrong.outputs('begins every step at the start', ({ theta, psi }) => ({
  theta: stacked(Array.from({ length: theta.shape[0]! }, () => memberOf(theta, 0))),
  psi: stacked(Array.from({ length: psi.shape[0]! }, () => memberOf(psi, 0))),
}))

export const squaredRadius = wrongStability.outputs(
  'gives the determinant for its root',
  (right) => ({
    radius: changed(right.radius, (v) => v * v),
  }),
)
export const turnsAlways = wrongStability.outputs(
  'takes eigenvalues for conjugate always',
  (right, { inputs: { rate, penalty } }) => ({
    radius: changed(right.radius, (_, n) => {
      const [eta, gamma] = [rate.data[n]!, penalty.data[n]!]
      return Math.sqrt(Math.max(0, 1 - eta * gamma + eta ** 2 / 4))
    }),
    largestRate: changed(penalty, (gamma) => 4 * gamma),
  }),
)
export const smallerEigenvalue = wrongStability.outputs(
  'gives the smaller eigenvalue',
  (right, { inputs: { rate, penalty } }) => ({
    radius: changed(right.radius, (radius, n) => {
      const [eta, gamma] = [rate.data[n]!, penalty.data[n]!]
      return gamma <= 1 ? radius : Math.abs(1 - eta * gamma + eta ** 2 / 4) / radius
    }),
  }),
)
export const ofFlow = wrongStability.outputs(
  'takes the sign of the eigenvalues of the flow alone, so that every rate converges',
  (right) => ({ radius: changed(right.radius, (v) => Math.min(v, 1)) }),
)
export const doubledRate = wrongStability.outputs('takes σ(0) for 1', (_, { inputs, right }) => {
  // Twice the slope is the rate twice as large with half of the penalty.
  const doubled = {
    rate: changed(inputs.rate, (v) => 2 * v),
    penalty: changed(inputs.penalty, (v) => v / 2),
  }
  const { radius, largestRate } = right(doubled, {})
  return { radius, largestRate: changed(largestRate, (v) => v / 2) }
})
export const independentOfPenalty = wrongStability.outputs(
  'gives the largest rate of a penalty of 1',
  (right) => ({ largestRate: changed(right.largestRate, () => 4) }),
)
export const atItsRate = wrongStability.outputs(
  'gives the rate itself where it converges',
  (right, { inputs: { rate } }) => ({
    largestRate: changed(right.largestRate, (v, n) =>
      right.radius.data[n]! < 1 ? rate.data[n]! : v,
    ),
  }),
)
