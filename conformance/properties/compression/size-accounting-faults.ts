import { storedSize as reference } from '../../../reference/compression/size-accounting.ts'
import { storedSize } from '../../../spec/compression/size-accounting.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { tensor } from '../../kit/tensor.ts'

const wrong = faultsOf(storedSize, reference)

export const forgetsRest = wrong.parameters(
  'counts the first array alone, without indices and codebook',
  ({ after }) => ({ after: after.slice(0, 1) }),
)

export const countsNumbers = wrong.parameters('counts numbers, whatever their width', (p) => ({
  before: p.before.map(({ numbers }) => ({ numbers, bits: 1 })),
  after: p.after.map(({ numbers }) => ({ numbers, bits: 1 })),
}))

export const upsideDown = wrong.outputs('divides the size after by the size before', (right) => ({
  rate: changed(right.rate, (rate) => 1 / rate),
}))

export const shareSaved = wrong.outputs('gives what is saved for the rate', (right) => ({
  rate: changed(right.rate, (rate) => 1 - 1 / rate),
}))

export const neverGrows = wrong.outputs('has no rate below 1', (right) => ({
  rate: changed(right.rate, (rate) => Math.max(1, rate)),
}))

export const cutsBytes = wrong.outputs('leaves a byte out that is not full', (right) => ({
  bytes: changed(right.after, (bits) => Math.floor(bits / 8)),
}))

export const padsArrays = wrong.outputs(
  'begins each array at a whole byte',
  (_, { parameters: { after } }) => ({
    bytes: scalar(
      after.reduce((sum, { numbers, bits }) => sum + Math.ceil((numbers * bits) / 8), 0),
    ),
  }),
)

export const wrapsAround = wrong.outputs('counts bits in a word of 32', (right) => ({
  before: changed(right.before, (bits) => bits | 0),
}))

export const acceptsAnyWidth = wrong.accepts('accepts numbers of no bits', () => ({
  before: tensor([], [1]),
  after: tensor([], [1]),
  bytes: tensor([], [1]),
  rate: tensor([], [1]),
}))
