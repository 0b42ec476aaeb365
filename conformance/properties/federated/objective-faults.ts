import {
  objective as reference,
  sizes as sizesReference,
} from '../../../reference/federated/objective.ts'
import { objective, sizes } from '../../../spec/federated/objective.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(objective, reference)
const wrongSizes = faultsOf(sizes, sizesReference)

const total = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0)

export const countsTwice = wrong.outputs(
  'E-44 read literally: adds up the losses of a client and weighs them by its points',
  ({ clientLosses }, { inputs: { counts } }) => {
    const summed = changed(clientLosses, (F, k) => F * counts.data[k]!)
    const n = total(counts.data)
    return {
      clientLosses: summed,
      loss: scalar(total(summed.data.map((F, k) => (counts.data[k]! / n) * F))),
    }
  },
)
export const meanOfClients = wrong.outputs('weighs clients alike', ({ clientLosses }) => ({
  loss: scalar(total(clientLosses.data) / clientLosses.data.length),
}))
export const sumsAll = wrong.outputs(
  'adds up the losses of all points',
  ({ loss }, { inputs: { counts } }) => ({ loss: changed(loss, (F) => F * total(counts.data)) }),
)
export const readsPadding = wrong.inputs(
  'takes padding for points',
  ({ counts }, { sizes: { N } }) => ({ counts: filled(counts.shape, N!) }),
)
export const forgetsHalf = wrong.outputs(
  'gives squares without the half',
  ({ clientLosses, loss }, { parameters }) =>
    parameters.loss === 'squares'
      ? { clientLosses: changed(clientLosses, (F) => 2 * F), loss: changed(loss, (F) => 2 * F) }
      : {},
)
export const squaresOnly = wrong.parameters('gives squares, whatever the loss is', () => ({
  loss: 'squares',
}))

export const countsDifferent = wrongSizes.outputs(
  'E-43 read literally: counts points that several hold once',
  ({ different, counts }) => ({
    total: different,
    shares: changed(counts, (n) => (different.at() === 0 ? 0 : n / different.at())),
  }),
)
export const sharesAlike = wrongSizes.outputs('gives all clients the same share', ({ shares }) => ({
  shares: filled(shares.shape, 1 / shares.data.length),
}))
export const dividesNothing = wrongSizes.outputs(
  'gives equal shares where nobody has a point',
  ({ shares, total }) =>
    total.at() === 0 ? { shares: filled(shares.shape, 1 / shares.data.length) } : {},
)
export const countsUnion = wrongSizes.outputs(
  'counts the points of all as different ones',
  ({ total }) => ({ different: total }),
)
export const countsPlaces = wrongSizes.outputs(
  'counts points that nobody holds',
  ({ different }, { sizes: { Points } }) => ({ different: changed(different, () => Points!) }),
)

export const countsFirst = wrong.outputs(
  'gives the loss of the first client with points for that of all',
  ({ clientLosses }, { inputs: { counts } }) => ({
    loss: scalar(clientLosses.data[counts.data.findIndex((n) => n > 0)]!),
  }),
)
export const acceptsNobody = wrong.accepts(
  'accepts clients of whom none has a point',
  ({ counts }) => ({
    clientLosses: {
      dtype: 'float32',
      shape: counts!.shape,
      data: new Float32Array(counts!.data.length),
    },
    loss: { dtype: 'float32', shape: [], data: new Float32Array(1) },
  }),
)
