import { pyramid as reference } from '../../../reference/cnn/shape.ts'
import { pyramid } from '../../../spec/cnn/shape.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(pyramid, reference)

export const strictly = wrong.answer(
  'asks every layer to be smaller',
  ({ parameters: { layers } }) => ({
    first: scalar(
      layers.findIndex(({ rows, columns }, l) => {
        const before = layers[l - 1]
        return before !== undefined && (rows >= before.rows || columns >= before.columns)
      }),
    ),
  }),
)

export const rowsOnly = wrong.parameters(
  'looks at the rows and not at the columns',
  ({ layers }) => ({ layers: layers.map((layer) => ({ ...layer, columns: 1 })) }),
)

export const neighboursOnly = wrong.parameters(
  'compares the channels with the layer before, pooling or not',
  ({ layers }) => ({ layers: layers.map((layer) => ({ ...layer, kind: 'convolution' })) }),
)

export const ignoresChannels = wrong.parameters('does not look at the channels', ({ layers }) => ({
  layers: layers.map((layer) => ({ ...layer, channels: 1 })),
}))

export const countsFromOne = wrong.outputs('counts layers from 1', ({ first }) => ({
  first: changed(first, (l) => (l < 0 ? l : l + 1)),
}))

export const growsOnly = wrong.parameters(
  'takes the opposite: sizes are to grow, as in a decoder',
  ({ layers }) => ({ layers: layers.toReversed() }),
)
