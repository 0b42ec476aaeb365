import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { receptiveField as reference } from '../../../reference/cnn/hierarchy.ts'
import { conv2dInputGradient } from '../../../spec/cnn/backprop.ts'
import { receptiveField, receptiveFieldGrows } from '../../../spec/cnn/hierarchy.ts'
import { integer, list, record } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { inputIgnoresDilation } from './backprop-faults.ts'

const wrong = faultsOf(receptiveField, reference)

const ignoresDilation = wrong.answer('ignores the dilation', ({ inputs, parameters, right }) =>
  right(inputs, { layers: parameters.layers.map((layer) => ({ ...layer, dilation: 1 })) }),
)

const ownStride = wrong.outputs(
  'spreads the taps of a kernel by the stride of its own layer as well',
  ({ extents, jumps }, { parameters }) => {
    let total = 1
    const wrong = parameters.layers.map(({ kernel, dilation }, l) => {
      total += dilation * (kernel - 1) * jumps.at(l)
      return total
    })
    return { extents: fromData(extents.shape, wrong), jumps }
  },
)

const addsKernels = wrong.outputs(
  'adds the whole kernel of each layer instead of the kernel less one',
  ({ extents, jumps }, { parameters }) => {
    let jump = 1
    let extra = 0
    const more = parameters.layers.map(({ stride, dilation }) => {
      extra += dilation * jump
      jump *= stride
      return extra
    })
    return { extents: changed(extents, (extent, l) => extent + more[l]!), jumps }
  },
)

const forgetsJumps = wrong.answer(
  'takes every layer to move by one pixel of the input',
  ({ inputs, parameters, right }) => {
    const { extents } = right(inputs, {
      layers: parameters.layers.map((layer) => ({ ...layer, stride: 1 })),
    })
    return { extents, jumps: right(inputs, parameters).jumps }
  },
)

const layer = (kernel: number, stride = 1, dilation = 1) => ({ kernel, stride, dilation })

const shallow = {
  dimensions: {},
  inputs: {},
  parameters: {
    layers: list(
      record({
        kernel: integer({ min: 1, upTo: 3 }),
        stride: integer({ min: 1, upTo: 2 }),
        dilation: integer({ min: 1, upTo: 2 }),
      }),
      { min: 1, max: 3 },
    ),
  },
} as const

export const hierarchyProperties = properties(
  receptiveFieldGrows,
  agreement(receptiveField, 'integers', {
    kills: [ignoresDilation, ownStride, addsKernels, forgetsJumps],
  }),
  law('closed-form', {
    of: receptiveField,
    title: 'the field is 1 plus what each kernel adds, times the strides below it',
    kills: [ignoresDilation, ownStride, forgetsJumps],
    async holds({ answer, exact, parameters }) {
      const { layers } = parameters
      const { extents, jumps } = await answer(receptiveField, {}, { layers })
      const below = (l: number) => layers.slice(0, l).reduce((j, { stride }) => j * stride, 1)
      const added = (l: number) => layers[l]!.dilation * (layers[l]!.kernel - 1) * below(l)
      const field = (l: number) => 1 + layers.slice(0, l + 1).reduce((r, _, i) => r + added(i), 0)
      const exactly = (element: (l: number) => number) => exact(build([layers.length], element))
      return [
        { label: 'extents', expected: exactly(field), actual: extents },
        { label: 'jumps', expected: exactly((l) => below(l + 1)), actual: jumps },
      ]
    },
  }),
  law('seen-by-gradient', {
    of: shallow,
    asks: [receptiveField, conv2dInputGradient],
    title:
      'it is the part of the input that a unit sends a gradient to, and the next unit’s begins a jump further',
    kills: [ignoresDilation, addsKernels, inputIgnoresDilation],
    share: 0.3,
    async holds({ answer, arithmetic, exact, parameters }) {
      const { layers } = parameters
      const { extents, jumps } = await answer(receptiveField, {}, { layers })
      const reach = ({ kernel, dilation }: { kernel: number; dilation: number }) =>
        dilation * (kernel - 1) + 1
      // The rows of every layer's input, for two units of the last layer and what a stride leaves over.
      const rows = [2]
      for (const layer of layers.toReversed()) {
        rows.unshift((rows[0]! - 1) * layer.stride + reach(layer))
      }
      rows[0]! += layers[0]!.stride - 1

      const seen = async (unit: number) => {
        let dy = build<number>([1, 2, 1, 1], (_, i) => (i === unit ? 1 : 0))
        for (let l = layers.length - 1; l >= 0; l--) {
          const { kernel, stride, dilation } = layers[l]!
          const { dx } = await answer(
            conv2dInputGradient,
            { filters: build([kernel, 1, 1, 1], () => 1), dy },
            {
              imageSize: [rows[l]!, 1],
              strides: [stride, 1],
              dilations: [dilation, 1],
              padding: 'valid',
            },
          )
          dy = build(dx.shape, (...at) => arithmetic.toNumber(dx.at(...at)))
        }
        const places = dy.data.flatMap((value, i) => (value === 0 ? [] : [i]))
        return { first: places[0] ?? -1, last: places.at(-1) ?? -1 }
      }
      const [one, next] = [await seen(0), await seen(1)]
      const last = layers.length - 1
      const scalar = (value: number) => exact(fromData([], [value]))
      return [
        {
          label: 'extent of the last layer',
          expected: scalar(one.last - one.first + 1),
          actual: build([], () => extents.at(last)),
        },
        {
          label: 'jump of the last layer',
          expected: scalar(next.first - one.first),
          actual: build([], () => jumps.at(last)),
        },
      ]
    },
  }),
  published(
    'stacks',
    receptiveField,
    [
      {
        parameters: { layers: [layer(3), layer(3), layer(3)] },
        printed: [
          {
            label: 'Simonyan and Zisserman: two layers of 3 × 3 see 5 × 5, three see 7 × 7',
            output: 'extents',
            values: [3, 5, 7],
          },
        ],
      },
      {
        parameters: { layers: [layer(3, 1, 1), layer(3, 1, 2), layer(3, 1, 4)] },
        printed: [
          {
            label: 'Yu and Koltun: dilations of 1, 2 and 4 see 3 × 3, 7 × 7 and 15 × 15',
            output: 'extents',
            values: [3, 7, 15],
          },
        ],
      },
    ],
    { title: 'the fields that publications print', kills: [ignoresDilation, addsKernels] },
  ),
)
