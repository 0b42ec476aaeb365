import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { fire } from '../../../spec/efficient/fire.ts'
import {
  fireCounts,
  lateDownsampling,
  params,
  squeezenet,
  stridedChain,
} from '../../../spec/efficient/squeezenet.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { publishedRounded } from '../../kit/rounded.ts'
import {
  countsInputs,
  expandsFromInput,
  expandsInTurn,
  forgetsBiases,
  lastModuleNarrow,
  lateIsSmall,
  otherVersion,
  poolsDown,
  roundsDown,
  shrinksFilters,
  strideForgotten,
} from './squeezenet-faults.ts'

/** Table 1: channels given, squeezed, expanded to by each kind of filters, and parameters. */
const table1 = [
  [96, 16, 64, 11_920],
  [128, 16, 64, 12_432],
  [128, 32, 128, 45_344],
  [256, 32, 128, 49_440],
  [256, 48, 192, 104_880],
  [384, 48, 192, 111_024],
  [384, 64, 256, 188_992],
  [512, 64, 256, 197_184],
] as const

const paramsProperties = properties(
  params,
  agreement(fireCounts, 'integers', { kills: [forgetsBiases, expandsFromInput, expandsInTurn] }),
  agreement(squeezenet, 'integers', {
    name: 'network',
    kills: [otherVersion, poolsDown, lastModuleNarrow],
  }),
  law('saved', {
    of: fireCounts,
    title: 'the 3 × 3 filters would have C/s times as many weights without the squeeze',
    kills: [expandsFromInput],
    async holds(bench) {
      const { exact, multiply } = bench.arithmetic
      const { channels, squeeze } = bench.parameters
      const answer = await bench.answer(fireCounts, {}, bench.parameters)
      return [
        {
          label: 'squeezed · C = unsqueezed · s',
          expected: build([], () => multiply(answer.unsqueezed.at(), exact(squeeze))),
          actual: build([], () => multiply(answer.squeezed.at(), exact(channels))),
        },
      ]
    },
  }),
  law('allocated', {
    of: fire,
    asks: [fire, fireCounts],
    title: 'the counts are those of the arrays that a module takes',
    kills: [forgetsBiases, expandsFromInput, expandsInTurn],
    share: 0.3,
    async holds(bench) {
      const { inputs } = bench
      const { y } = await bench.answer(fire, inputs, {})
      const size = (...names: readonly (keyof typeof inputs)[]) =>
        names.reduce((sum, name) => sum + inputs[name].data.length, 0)
      const [expand1, expand3] = [size('expand1Bias'), size('expand3Bias')]
      const counts = await bench.answer(
        fireCounts,
        {},
        { channels: inputs.x.shape[3]!, squeeze: size('squeezeBias'), expand1, expand3 },
      )
      const allocated = [
        size('squeeze', 'squeezeBias'),
        size('expand1', 'expand1Bias'),
        size('expand3', 'expand3Bias'),
      ]
      return [
        {
          label: 'parameters of each layer',
          expected: bench.exact(fromData([3], allocated)),
          actual: counts.byLayer,
        },
        {
          label: 'channels of the output',
          expected: bench.exact(fromData([], [expand1 + expand3])),
          actual: bench.exact(fromData([], [y.shape[3]!])),
        },
      ]
    },
  }),
  published(
    'modules',
    fireCounts,
    table1.map(([channels, squeeze, expand, parameters], at) => ({
      parameters: { channels, squeeze, expand1: expand, expand3: expand },
      printed: [{ label: `fire${at + 2}`, output: 'parameters', values: [parameters] }],
    })),
    {
      title: 'the eight modules of table 1',
      kills: [forgetsBiases, expandsFromInput, expandsInTurn],
    },
  ),
  published(
    'table-1',
    squeezenet,
    [
      {
        parameters: { version: '1.0', side: 227, classes: 1000 },
        printed: [
          { label: 'total', output: 'parameters', values: [1_248_424] },
          {
            label: 'layers',
            output: 'byLayer',
            values: [14_208, ...table1.map((row) => row[3]), 513_000],
          },
          {
            label: 'sides',
            output: 'sides',
            values: [111, 55, 55, 55, 27, 27, 27, 27, 13, 13],
          },
        ],
      },
      {
        parameters: { version: '1.1', side: 224, classes: 1000 },
        printed: [
          { label: 'version 1.1 in torchvision', output: 'parameters', values: [1_235_496] },
        ],
      },
    ],
    {
      title: 'parameters and sizes of table 1, and the number that torchvision documents for 1.1',
      kills: [otherVersion, lastModuleNarrow],
    },
  ),
)

const lateProperties = properties(
  lateDownsampling,
  agreement(stridedChain, 'integers', {
    kills: [strideForgotten, roundsDown, countsInputs, lateIsSmall, shrinksFilters],
  }),
  law('later', {
    of: stridedChain,
    title: 'a stride in the last layer instead of the first: nothing smaller, the end the same',
    kills: [countsInputs, shrinksFilters],
    async holds({ answer, arithmetic, parameters }) {
      const { maximum } = arithmetic
      const between = parameters.strides.slice(0, 3)
      const ask = (strides: readonly number[]) =>
        answer(stridedChain, {}, { ...parameters, strides })
      const [early, late] = [await ask([2, ...between, 1]), await ask([1, ...between, 2])]
      const none = (label: 'positions' | 'memory' | 'multiplyAdds') => ({
        label: `max(early, late) = late, ${label}`,
        expected: late[label],
        actual: build(late[label].shape, (...at) =>
          maximum([early[label].at(...at), late[label].at(...at)]),
        ),
      })
      const last = (positions: typeof late.positions) =>
        build([], () => positions.at(between.length + 1))
      return [
        none('positions'),
        none('memory'),
        none('multiplyAdds'),
        { label: 'last layer', expected: last(early.positions), actual: last(late.positions) },
        { label: 'weights', expected: early.weights, actual: late.weights },
      ]
    },
  }),
  law('fourfold', {
    of: stridedChain,
    title: 'where sizes are halved without rest, all layers but the last give four times as much',
    kills: [lateIsSmall, countsInputs, strideForgotten],
    async holds(bench) {
      const { exact, multiply } = bench.arithmetic
      const between = bench.parameters.strides.slice(0, 3)
      const whole = 2 * between.reduce((a, b) => a * b)
      const [rows, columns] = [whole * bench.parameters.rows, whole * bench.parameters.columns]
      const ask = (strides: readonly number[]) =>
        bench.answer(stridedChain, {}, { ...bench.parameters, rows, columns, strides })
      const [early, late] = [await ask([2, ...between, 1]), await ask([1, ...between, 2])]
      return [
        {
          label: 'late = 4 · early',
          expected: build([between.length + 1], (l) => multiply(exact(4), early.positions.at(l))),
          actual: build([between.length + 1], (l) => late.positions.at(l)),
        },
        {
          label: 'rows times columns of the last layer',
          expected: bench.exact(fromData([], [(rows * columns) / whole ** 2])),
          actual: build([], () => late.positions.at(between.length + 1)),
        },
      ]
    },
  }),
  publishedRounded(
    'torchvision-costs',
    squeezenet,
    (
      [
        ['1.0', 0.82e9],
        ['1.1', 0.35e9],
      ] as const
    ).map(([version, printed]) => ({
      parameters: { version, side: 224, classes: 1000 },
      printed: [
        {
          label: `multiply-adds of version ${version}`,
          output: 'multiplyAdds',
          printed,
          unit: 0.005e9,
        },
      ],
    })),
    {
      title: 'version 1.1, which pools earlier, costs less than half as much, as documented',
      kills: [otherVersion],
    },
  ),
)

export const squeezenetProperties = [...paramsProperties, ...lateProperties]
