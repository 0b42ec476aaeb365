import { receptiveField as reference } from '../../../reference/cnn/hierarchy.ts'
import { receptiveField } from '../../../spec/cnn/hierarchy.ts'
import { changed, row } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(receptiveField, reference)

export const ignoresDilation = wrong.parameters('ignores the dilation', ({ layers }) => ({
  layers: layers.map((layer) => ({ ...layer, dilation: 1 })),
}))

export const ownStride = wrong.outputs(
  'spreads the taps of a kernel by the stride of its own layer as well',
  ({ jumps }, { parameters: { layers } }) => {
    let extent = 1
    const extents = layers.map(({ kernel, dilation }, l) => {
      extent += dilation * (kernel - 1) * jumps.at(l)
      return extent
    })
    return { extents: row(...extents) }
  },
)

export const addsKernels = wrong.outputs(
  'adds the whole kernel of each layer instead of the kernel less one',
  ({ extents }, { parameters: { layers } }) => {
    let jump = 1
    let extra = 0
    const more = layers.map(({ stride, dilation }) => {
      extra += dilation * jump
      jump *= stride
      return extra
    })
    return { extents: changed(extents, (extent, l) => extent + more[l]) }
  },
)

export const forgetsJumps = wrong.outputs(
  'takes every layer to move by one pixel of the input',
  (_, { inputs, parameters: { layers }, right }) => {
    const { extents } = right(inputs, { layers: layers.map((layer) => ({ ...layer, stride: 1 })) })
    return { extents }
  },
)
