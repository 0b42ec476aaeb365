import { build } from '../../../reference/arithmetic/array.ts'
import { clientSampling as reference } from '../../../reference/federated/client-sampling.ts'
import { clientSampling } from '../../../spec/federated/client-sampling.ts'
import { changed, filled, row } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(clientSampling, reference)

/** The clients with the smallest draws, as many as are wanted. */
function smallest(draws: readonly number[], m: number) {
  const order = draws.map((_, k) => k).toSorted((a, b) => draws[a]! - draws[b]! || a - b)
  return row(...order.slice(0, m).toSorted((a, b) => a - b))
}

export const roundsProduct = wrong.outputs(
  'rounds the product of rate and clients up as floating point has it',
  (_, { inputs: { draws }, parameters: { clients, rate } }) => ({
    participants: smallest(draws.data, Math.min(clients, Math.ceil(rate * clients))),
  }),
)
export const roundsDown = wrong.outputs(
  'rounds the number of participants down, to one at least',
  (_, { inputs: { draws }, parameters: { clients, rate } }) => ({
    participants: smallest(draws.data, Math.max(1, Math.floor(rate * clients))),
  }),
)
export const replaces = wrong.outputs(
  'draws with replacement',
  ({ participants }, { inputs: { draws }, parameters: { clients } }) => ({
    participants: build(participants.shape, (i) => Math.floor(draws.at(i)) % clients),
  }),
)
export const takesFirst = wrong.inputs('takes the first clients in every round', ({ draws }) => ({
  draws: filled(draws.shape, 0),
}))
export const takesLargest = wrong.inputs('takes those that drew most', ({ draws }) => ({
  draws: changed(draws, (u) => -u),
}))
export const laterOfEqual = wrong.outputs(
  'of equal draws takes the later client',
  (_, { inputs, parameters, right }) => {
    const last = parameters.clients - 1
    const draws = build(inputs.draws.shape, (k) => inputs.draws.at(last - k))
    const { participants } = right({ draws }, parameters)
    const end = participants.data.length - 1
    return { participants: build(participants.shape, (i) => last - participants.at(end - i)) }
  },
)
export const countsFromOne = wrong.outputs('counts clients from 1', ({ participants }) => ({
  participants: changed(participants, (k) => k + 1),
}))
export const acceptsNone = wrong.accepts('accepts a rate of 0', () => ({
  participants: { dtype: 'float32', shape: [1], data: new Float32Array(1) },
}))
