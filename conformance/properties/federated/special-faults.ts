import { build, memberOf, stacked } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { fedAvg as fedAvgReference } from '../../../reference/federated/fedavg.ts'
import {
  roundCosts as costReference,
  parallelSgd as reference,
} from '../../../reference/federated/special.ts'
import { fedAvg } from '../../../spec/federated/fedavg.ts'
import { parallelSgd, roundCosts } from '../../../spec/federated/special.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(parallelSgd, reference)
const wrongCost = faultsOf(roundCosts, costReference)
const wrongRounds = faultsOf(fedAvg, fedAvgReference)

export const weighsAlike = wrong.inputs('weighs all gradients alike', ({ counts, batches }) => ({
  counts: changed(counts, (n) => Math.min(1, n)),
  batches: build(batches.shape, (t, k, d) =>
    counts.at(k) === 0 ? 0 : batches.at(t, k, d) % counts.at(k),
  ),
}))

export const sumsClients = wrong.parameters(
  'adds up gradients of clients instead of averaging them',
  ({ rate }, { sizes: { K } }) => ({ rate: rate * K! }),
)

export const sumsBatch = wrong.parameters(
  'adds up the gradients of a batch',
  ({ rate }, { sizes: { B } }) => ({ rate: rate * B! }),
)

export const stale = wrong.answer(
  'takes gradients of the first model in every step',
  ({ inputs, parameters, right, sizes: { T } }) => {
    const steps = Array.from({ length: T! }, (_, t) =>
      right({ ...inputs, batches: stacked([memberOf(inputs.batches, t)]) }, parameters),
    )
    const moved = (name: 'w' | 'b') =>
      stacked(
        steps.map((_, t) =>
          changed(inputs[name], (start, at) =>
            steps.slice(0, t + 1).reduce((sum, step) => sum + step[name].data[at]! - start, start),
          ),
        ),
      )
    return { w: moved('w'), b: moved('b') }
  },
)

export const firstOnly = wrong.inputs('takes the gradient of one client alone', ({ counts }) => {
  const first = counts.data.findIndex((n) => n > 0)
  return { counts: changed(counts, (n, k) => (k === first ? n : 0)) }
})

export const roundsDown = wrongCost.outputs(
  'leaves out the rest of the steps',
  (_, { parameters: { steps, localSteps } }) => ({
    rounds: scalar(Math.floor(steps / localSteps)),
  }),
)

export const roundForStep = wrongCost.outputs(
  'counts a round for every local step',
  (_, { parameters: { steps, participants } }) => ({
    rounds: scalar(steps),
    messages: scalar(2 * participants * steps),
  }),
)

export const oneWay = wrongCost.outputs('counts the models that come back alone', (right) => ({
  messages: changed(right.messages, (n) => n / 2),
  load: changed(right.load, (n) => n / 2),
}))

export const gradientsOfBatches = wrongCost.outputs(
  'counts batches as gradients',
  ({ gradients }, { parameters: { batch } }) => ({
    gradients: changed(gradients, (n) => n / batch),
  }),
)

export const acceptsNoStep = wrongCost.accepts('accepts rounds without a local step', () => {
  const none = { dtype: 'float32', shape: [], data: new Float32Array(1) } as const
  return {
    rounds: none,
    messages: none,
    gradients: none,
    load: { dtype: 'float32', shape: [2], data: new Float32Array(2) },
  }
})

export const averagesInBetween = wrongRounds.parameters(
  'does the first local step of a round alone, and multiplies the rate by their number',
  ({ rate }, { sizes: { L } }) => ({ rate: rate * L! }),
)

export const onlyFirstSteps = wrongRounds.outputs(
  'sends back the model after the first local step',
  (_, { inputs, parameters }) => {
    const { batches } = inputs
    const [T, M, , B] = batches.shape as [number, number, number, number]
    const first = build([T, M, 1, B], (t, m, _, n) => batches.at(t, m, 0, n))
    return fedAvgReference(number, { ...inputs, batches: first }, parameters)
  },
)
