import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  kinds,
  network,
  networkCounts,
  networkTotals,
  poolingCost,
  poolingTwoOnly,
} from '../../../spec/resnet/network.ts'
import { agreement } from '../../kit/agreement.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { publishedRounded } from '../../kit/rounded.ts'
import { worked } from '../../kit/worked.ts'
import {
  comparesFirst,
  convolvesDepthwise,
  countsPooling,
  countsSwapStride,
  fixedMean,
  forgetsNormalization,
  forgetsShortcuts,
  maximumDearer,
  noFirstPool,
  oneBlockTooFew,
  padsNothing,
  poolsBetweenStages,
  roundsDown,
  swapsStride,
} from './network-faults.ts'

const depths = ['18', '34', '50', '101', '152'] as const
type Depth = (typeof depths)[number]

const ofImageNet = (depth: Depth, strideIn: 'first' | 'middle' = 'middle') => ({
  depth,
  side: 224,
  classes: 1000,
  strideIn,
})

/** One column of a description as plain numbers. */
function column<T>(arithmetic: Arithmetic<T>, layers: NumberArray<T>, at: number): number[] {
  return Array.from({ length: layers.shape[0]! }, (_, row) =>
    arithmetic.toNumber(layers.at(row, at)),
  )
}

const poolingProperties = properties(
  poolingTwoOnly,
  agreement(network, 'integers', { kills: [fixedMean, roundsDown, swapsStride] }),
  agreement(poolingCost, 'integers', {
    name: 'costs',
    kills: [maximumDearer, comparesFirst, convolvesDepthwise],
  }),
  law('structure', {
    of: network,
    title: 'pooling stands second and last but one; all else that strides is a convolution',
    kills: [poolsBetweenStages, noFirstPool, fixedMean],
    async holds({ answer, arithmetic, exact, parameters }) {
      const { layers } = await answer(network, {}, parameters)
      const of = (at: number) => column(arithmetic, layers, at)
      const [kind, kernel, stride, sideIn] = [of(0), of(1), of(2), of(5)]
      const where = (test: (k: number) => boolean) => kind.flatMap((k, at) => (test(k) ? [at] : []))
      const compare = (label: string, expected: number[], actual: number[]) => ({
        label,
        expected: exact(fromData([expected.length], expected)),
        actual: exact(fromData([actual.length], actual)),
      })
      const last = kind.length - 1
      const isConvolution = (at: number) =>
        kind[at] === kinds.convolution || kind[at] === kinds.shortcut
      const striding = stride.flatMap((s, at) => (s > 1 && at !== 1 ? [at] : []))
      return [
        compare(
          'maxima',
          [1],
          where((k) => k === kinds.maximum),
        ),
        compare(
          'means',
          [last - 1],
          where((k) => k === kinds.mean),
        ),
        compare('window of the maximum', [3, 2], [kernel[1]!, stride[1]!]),
        compare('window of the mean', [sideIn[last - 1]!], [kernel[last - 1]!]),
        compare('strides of 2 elsewhere', striding, striding.filter(isConvolution)),
      ]
    },
  }),
  law('cheaper', {
    of: poolingCost,
    title: 'a maximum never takes as many operations as the convolution in its place',
    kills: [maximumDearer],
    async holds({ answer, arithmetic, exact, parameters }) {
      const cost = await answer(poolingCost, {}, parameters)
      const more = arithmetic.add(cost.operations.at(0), arithmetic.exact(1))
      const products = cost.operations.at(1)
      return [
        { label: 'dearer', expected: exact(fromData([], [0])), actual: cost.dearer },
        {
          label: 'max(comparisons + 1, multiply-adds)',
          expected: build([], () => products),
          actual: build([], () => arithmetic.maximum([more, products])),
        },
      ]
    },
  }),
  law('table-1', {
    of: { dimensions: {}, inputs: {}, parameters: {} },
    asks: [network],
    title: 'an image of 224 pixels a side goes through 112, 56, 28, 14, 7 to 1, in all five',
    kills: [padsNothing],
    share: 0.01,
    async holds({ answer, arithmetic, exact }) {
      const comparisons = []
      for (const depth of depths) {
        const { layers } = await answer(network, {}, ofImageNet(depth))
        const sides = column(arithmetic, layers, 6)
        const passed = [224, ...sides].filter((side, at, all) => at === 0 || side !== all[at - 1])
        comparisons.push({
          label: `sides of ResNet-${depth}`,
          expected: exact(fromData([7], [224, 112, 56, 28, 14, 7, 1])),
          actual: exact(fromData([passed.length], passed)),
        })
      }
      return comparisons
    },
  }),
  worked('E-17', {
    of: poolingCost,
    title: 'the maximum of 9 pixels is cheaper than 9 multiply-adds',
    kills: [maximumDearer],
    parameters: { window: 3, channels: 1, outputs: 1 },
    notes: { dearer: [1] },
    gives: { dearer: [0] },
  }),
)

/** Printed multiply-adds, in units of 10⁹, to a unit of their last digit. */
const printedCosts = (
  name: string,
  title: string,
  printed: Readonly<Record<Depth, number>>,
  strideIn: 'first' | 'middle',
  unit: number,
) =>
  publishedRounded(
    name,
    networkCounts,
    depths.map((depth) => ({
      parameters: ofImageNet(depth, strideIn),
      printed: [
        {
          label: `multiply-adds of ResNet-${depth}`,
          output: 'multiplyAdds',
          printed: Math.round(printed[depth] * 1e9),
          unit,
        },
      ],
    })),
    { title, kills: [oneBlockTooFew] },
  )

const totalsProperties = properties(
  networkTotals,
  agreement(networkCounts, 'integers', {
    kills: [forgetsShortcuts, countsPooling, oneBlockTooFew, countsSwapStride],
  }),
  law('added-up', {
    of: network,
    asks: [network, networkCounts],
    title: 'the totals are those of the layers of the description; depth counts layers',
    kills: [forgetsShortcuts, countsPooling],
    async holds(bench) {
      const { arithmetic } = bench
      const parameters = { ...bench.parameters }
      const { layers } = await bench.answer(network, {}, parameters)
      const counts = await bench.answer(networkCounts, {}, parameters)
      const rows = Array.from({ length: layers.shape[0]! }, (_, row) =>
        Array.from({ length: 7 }, (_, at) => arithmetic.toNumber(layers.at(row, at))),
      ) as [number, number, number, number, number, number, number][]
      const learned = rows.map(([kind, kernel, , from, to]) =>
        kind === kinds.maximum || kind === kinds.mean
          ? 0
          : kernel * kernel * from * to + (kind === kinds.linear ? 1 : 2) * to,
      )
      const sum = learned.reduce((a, b) => a + b)
      const products = rows.reduce((total, [kind, kernel, , from, to, , side]) => {
        const pools = kind === kinds.maximum || kind === kinds.mean
        return pools ? total : total + kernel * kernel * from * to * side * side
      }, 0)
      return [
        {
          label: 'parameters',
          // A total beyond 2²⁴ is rounded when an answer in float32 carries it.
          expected: bench.expected(networkCounts, {}, parameters).parameters,
          actual: bench.exact(fromData([], [sum])),
        },
        {
          label: 'multiply-adds',
          expected: bench.expected(networkCounts, {}, parameters).multiplyAdds,
          actual: bench.exact(fromData([], [products])),
        },
        {
          label: 'parameters, as answered',
          expected: bench.expected(networkCounts, {}, parameters).parameters,
          actual: counts.parameters,
        },
        {
          label: 'layers with weights',
          expected: bench.exact(fromData([], [Number(parameters.depth)])),
          actual: build([], () => arithmetic.total(counts.weighted.data)),
        },
      ]
    },
  }),
  published(
    'torchvision',
    networkCounts,
    (
      [
        ['18', 11_689_512],
        ['34', 21_797_672],
        ['50', 25_557_032],
        ['101', 44_549_160],
        ['152', 60_192_808],
      ] as const
    ).map(([depth, parameters]) => ({
      parameters: ofImageNet(depth),
      printed: [
        { label: `parameters of ResNet-${depth}`, output: 'parameters', values: [parameters] },
      ],
    })),
    {
      title: 'the numbers of parameters that torchvision documents',
      kills: [forgetsShortcuts, forgetsNormalization, oneBlockTooFew],
    },
  ),
  printedCosts(
    'table-1',
    'multiply-adds differ from those of table 1 by less than a unit of the last digit printed',
    { 18: 1.8, 34: 3.6, 50: 3.8, 101: 7.6, 152: 11.3 },
    'first',
    0.1e9,
  ),
  printedCosts(
    'torchvision-costs',
    'multiply-adds are those that torchvision documents, to the two digits printed',
    { 18: 1.81, 34: 3.66, 50: 4.09, 101: 7.8, 152: 11.51 },
    'middle',
    0.005e9,
  ),
)

export const networkProperties = [...poolingProperties, ...totalsProperties]
