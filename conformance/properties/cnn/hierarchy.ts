import { build } from '../../../reference/arithmetic/array.ts'
import { conv2dInputGradient } from '../../../spec/cnn/backprop.ts'
import { receptiveField, receptiveFieldGrows } from '../../../spec/cnn/hierarchy.ts'
import { integer, list, record } from '../../../spec/language/parameter.ts'
import { agreement } from '../../kit/agreement.ts'
import { filled, numbers, row, scalar } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import { inputIgnoresDilation } from './backprop-faults.ts'
import { addsKernels, forgetsJumps, ignoresDilation, ownStride } from './hierarchy-faults.ts'

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
    async holds({ answer, exact, parameters: { layers } }) {
      const { extents, jumps } = await answer(receptiveField, {}, { layers })
      const below = (l: number) => layers.slice(0, l).reduce((j, { stride }) => j * stride, 1)
      const added = (l: number) => layers[l].dilation * (layers[l].kernel - 1) * below(l)
      const field = (l: number) => 1 + layers.slice(0, l + 1).reduce((r, _, i) => r + added(i), 0)
      const exactly = (of: (l: number) => number) => exact(row(...layers.map((_, l) => of(l))))
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
    async holds({ answer, arithmetic, exact, parameters: { layers } }) {
      const { extents, jumps } = await answer(receptiveField, {}, { layers })
      // The rows of every layer's input, for two units of the last layer and what a stride leaves over.
      const rows = [2]
      for (const { kernel, stride, dilation } of layers.toReversed()) {
        rows.unshift((rows[0] - 1) * stride + dilation * (kernel - 1) + 1)
      }
      rows[0] += layers[0].stride - 1

      const seen = async (unit: number) => {
        let dy = build<number>([1, 2, 1, 1], (_, i) => (i === unit ? 1 : 0))
        for (let l = layers.length - 1; l >= 0; l--) {
          const { kernel, stride, dilation } = layers[l]
          const { dx } = await answer(
            conv2dInputGradient,
            { filters: filled([kernel, 1, 1, 1], 1), dy },
            {
              imageSize: [rows[l], 1],
              strides: [stride, 1],
              dilations: [dilation, 1],
              padding: 'valid',
            },
          )
          dy = numbers(arithmetic, dx)
        }
        const places = dy.data.flatMap((value, i) => (value === 0 ? [] : [i]))
        return { first: places[0] ?? -1, last: places.at(-1) ?? -1 }
      }
      const [one, next] = [await seen(0), await seen(1)]
      const last = layers.length - 1
      return [
        {
          label: 'extent of the last layer',
          expected: exact(scalar(one.last - one.first + 1)),
          actual: scalar(extents.at(last)),
        },
        {
          label: 'jump of the last layer',
          expected: exact(scalar(next.first - one.first)),
          actual: scalar(jumps.at(last)),
        },
      ]
    },
  }),
  worked('stacks', {
    of: receptiveField,
    title: 'the fields that publications print',
    kills: [ignoresDilation, addsKernels],
    cases: [
      {
        says: 'Simonyan and Zisserman: two layers of 3 × 3 see 5 × 5, three see 7 × 7',
        parameters: { layers: [layer(3), layer(3), layer(3)] },
        gives: { extents: [3, 5, 7] },
      },
      {
        says: 'Yu and Koltun: dilations of 1, 2 and 4 see 3 × 3, 7 × 7 and 15 × 15',
        parameters: { layers: [layer(3, 1, 1), layer(3, 1, 2), layer(3, 1, 4)] },
        gives: { extents: [3, 7, 15] },
      },
    ],
  }),
)
