import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import { fire } from '../../../spec/efficient/fire.ts'
import {
  fireCounts,
  lateDownsampling,
  params,
  squeezenet,
  stridedChain,
} from '../../../spec/efficient/squeezenet.ts'
import type { Bench } from '../../engine/property.ts'
import { agreement } from '../../kit/agreement.ts'
import { part, row, scalar } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rounded, worked } from '../../kit/worked.ts'
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
    async holds({ answer, arithmetic: { exact, multiply }, parameters }) {
      const { squeezed, unsqueezed } = await answer(fireCounts, {}, parameters)
      return [
        {
          label: 'squeezed · C = unsqueezed · s',
          expected: scalar(multiply(unsqueezed.at(), exact(parameters.squeeze))),
          actual: scalar(multiply(squeezed.at(), exact(parameters.channels))),
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
    async holds({ answer, exact, inputs, sizes: { C, S, A, B } }) {
      const { y } = await answer(fire, inputs, {})
      const module = { channels: C, squeeze: S, expand1: A, expand3: B }
      const { byLayer } = await answer(fireCounts, {}, module)
      const { squeeze, squeezeBias, expand1, expand1Bias, expand3, expand3Bias } = inputs
      return [
        {
          label: 'parameters of each layer',
          expected: exact(
            row(
              squeeze.data.length + squeezeBias.data.length,
              expand1.data.length + expand1Bias.data.length,
              expand3.data.length + expand3Bias.data.length,
            ),
          ),
          actual: byLayer,
        },
        {
          label: 'channels of the output',
          expected: exact(scalar(A + B)),
          actual: exact(scalar(y.shape[3])),
        },
      ]
    },
  }),
  worked('modules', {
    of: fireCounts,
    title: 'the eight modules of table 1',
    kills: [forgetsBiases, expandsFromInput, expandsInTurn],
    cases: table1.map(([channels, squeeze, expand, parameters], at) => ({
      says: `fire${at + 2}`,
      parameters: { channels, squeeze, expand1: expand, expand3: expand },
      gives: { parameters: [parameters] },
    })),
  }),
  worked('table-1', {
    of: squeezenet,
    title: 'parameters and sizes of table 1, and the number that torchvision documents for 1.1',
    kills: [otherVersion, lastModuleNarrow],
    cases: [
      {
        parameters: { version: '1.0', side: 227, classes: 1000 },
        gives: {
          parameters: [1_248_424],
          byLayer: [14_208, ...table1.map(([, , , parameters]) => parameters), 513_000],
          sides: [111, 55, 55, 55, 27, 27, 27, 27, 13, 13],
        },
      },
      {
        says: 'version 1.1 in torchvision',
        parameters: { version: '1.1', side: 224, classes: 1000 },
        gives: { parameters: [1_235_496] },
      },
    ],
  }),
)

type Chain<T> = Bench<T, typeof stridedChain>

/** The chain with its stride in the first layer and, other strides between, in the last. */
async function earlyAndLate<T>(
  { answer, parameters }: Chain<T>,
  image: { readonly rows: number; readonly columns: number },
  between: readonly number[],
) {
  const ask = (strides: readonly number[]) =>
    answer(stridedChain, {}, { ...parameters, ...image, strides })
  return [await ask([2, ...between, 1]), await ask([1, ...between, 2])] as const
}

const lateProperties = properties(
  lateDownsampling,
  agreement(stridedChain, 'integers', {
    kills: [strideForgotten, roundsDown, countsInputs, lateIsSmall, shrinksFilters],
  }),
  law('later', {
    of: stridedChain,
    title: 'a stride in the last layer instead of the first: nothing smaller, the end the same',
    kills: [countsInputs, shrinksFilters],
    async holds<T>(bench: Chain<T>) {
      const { arithmetic, parameters } = bench
      const others = parameters.strides.slice(0, 3)
      const [early, late] = await earlyAndLate(bench, parameters, others)
      const noSmaller = (label: 'positions' | 'memory' | 'multiplyAdds') =>
        between(arithmetic, `early ≤ late, ${label}`, early[label], null, late[label])
      const last = (positions: NumberArray<T>) => scalar(positions.at(others.length + 1))
      return [
        noSmaller('positions'),
        noSmaller('memory'),
        noSmaller('multiplyAdds'),
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
      const { exact, arithmetic, parameters } = bench
      const others = parameters.strides.slice(0, 3)
      const whole = 2 * others.reduce((a, b) => a * b)
      const [rows, columns] = [whole * parameters.rows, whole * parameters.columns]
      const [early, late] = await earlyAndLate(bench, { rows, columns }, others)
      const but = others.length + 1
      const four = arithmetic.exact(4)
      return [
        {
          label: 'late = 4 · early',
          expected: row(
            ...early.positions.data.slice(0, but).map((n) => arithmetic.multiply(four, n)),
          ),
          actual: part(late.positions, [but]),
        },
        {
          label: 'rows times columns of the last layer',
          expected: exact(scalar(parameters.rows * parameters.columns)),
          actual: scalar(late.positions.at(but)),
        },
      ]
    },
  }),
  worked('torchvision-costs', {
    of: squeezenet,
    title: 'version 1.1, which pools earlier, costs less than half as much, as documented',
    kills: [otherVersion],
    cases: (
      [
        ['1.0', '0.82e9'],
        ['1.1', '0.35e9'],
      ] as const
    ).map(([version, cost]) => ({
      says: `version ${version}`,
      parameters: { version, side: 224, classes: 1000 },
      gives: { multiplyAdds: [rounded(cost)] },
    })),
  }),
)

export const squeezenetProperties = [...paramsProperties, ...lateProperties]
