import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  kinds,
  network,
  networkCounts,
  networkTotals,
  poolingCost,
  poolingTwoOnly,
} from '../../../spec/resnet/network.ts'
import { agreement } from '../../kit/agreement.ts'
import { row, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { about, rounded, worked } from '../../kit/worked.ts'
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

/** Parameters, and multiply-adds in 10⁹ as table 1 and as torchvision prints them. */
const networks = [
  ['18', 11_689_512, '1.8', '1.81'],
  ['34', 21_797_672, '3.6', '3.66'],
  ['50', 25_557_032, '3.8', '4.09'],
  ['101', 44_549_160, '7.6', '7.80'],
  ['152', 60_192_808, '11.3', '11.51'],
] as const

const ofImageNet = (depth: (typeof networks)[number][0], strideIn: 'first' | 'middle') => ({
  depth,
  side: 224,
  classes: 1000,
  strideIn,
})

/** The layers of a description, column by column, as plain numbers. */
function layersOf<T>({ toNumber }: Arithmetic<T>, layers: NumberArray<T>) {
  return Array.from({ length: layers.shape[0] }, (_, at) => {
    const column = (index: number) => toNumber(layers.at(at, index))
    return {
      at,
      kind: column(0),
      kernel: column(1),
      stride: column(2),
      from: column(3),
      to: column(4),
      sideIn: column(5),
      sideOut: column(6),
    }
  })
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
      const layers = layersOf(arithmetic, (await answer(network, {}, parameters)).layers)
      const placesOf = (kind: number) => layers.flatMap((it) => (it.kind === kind ? [it.at] : []))
      const maximum = layers.slice(1, 2).flatMap(({ kernel, stride }) => [kernel, stride])
      const mean = layers.slice(-2, -1)
      const [sides, kernels] = [mean.map(({ sideIn }) => sideIn), mean.map(({ kernel }) => kernel)]
      const striding = layers.filter(({ at, stride }) => stride > 1 && at !== 1)
      const convolving = striding.filter(
        ({ kind }) => kind === kinds.convolution || kind === kinds.shortcut,
      )
      const equal = (label: string, expected: readonly number[], actual: readonly number[]) => ({
        label,
        expected: exact(row(...expected)),
        actual: exact(row(...actual)),
      })
      return [
        equal('maxima', [1], placesOf(kinds.maximum)),
        equal('means', [layers.length - 2], placesOf(kinds.mean)),
        equal('window of the maximum', [3, 2], maximum),
        equal('window of the mean', sides, kernels),
        equal('strides of 2 elsewhere', [striding.length], [convolving.length]),
      ]
    },
  }),
  law('cheaper', {
    of: poolingCost,
    title: 'a maximum never takes as many operations as the convolution in its place',
    kills: [maximumDearer],
    async holds({ answer, arithmetic, exact, parameters }) {
      const { dearer, operations } = await answer(poolingCost, {}, parameters)
      const [comparisons, products] = [operations.at(0), operations.at(1)]
      const more = arithmetic.add(comparisons, arithmetic.exact(1))
      return [
        { label: 'dearer', expected: exact(scalar(0)), actual: dearer },
        atMost(arithmetic, 'comparisons + 1 ≤ multiply-adds', more, products),
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
      for (const [depth] of networks) {
        const { layers } = await answer(network, {}, ofImageNet(depth, 'middle'))
        const sides = [224, ...layersOf(arithmetic, layers).map(({ sideOut }) => sideOut)]
        const passed = sides.filter((side, at) => side !== sides[at - 1])
        comparisons.push({
          label: `sides of ResNet-${depth}`,
          expected: exact(row(224, 112, 56, 28, 14, 7, 1)),
          actual: exact(row(...passed)),
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
    async holds({ answer, arithmetic, exact, expected, parameters }) {
      const { layers } = await answer(network, {}, parameters)
      const counts = await answer(networkCounts, {}, parameters)
      const learning = layersOf(arithmetic, layers).filter(
        ({ kind }) => kind !== kinds.maximum && kind !== kinds.mean,
      )
      const weights = learning.map(({ kernel, from, to }) => kernel * kernel * from * to)
      // Two numbers a normalized channel, or the biases of the classifier.
      const others = learning.map(({ kind, to }) => (kind === kinds.linear ? 1 : 2) * to)
      const products = learning.map(({ sideOut }, at) => weights[at] * sideOut * sideOut)
      const total = (numbers: readonly number[]) => scalar(numbers.reduce((a, b) => a + b, 0))
      // A total beyond 2²⁴ is rounded when an answer in float32 carries it.
      const right = expected(networkCounts, {}, parameters)
      return [
        {
          label: 'parameters',
          expected: right.parameters,
          actual: exact(total([...weights, ...others])),
        },
        {
          label: 'multiply-adds',
          expected: right.multiplyAdds,
          actual: exact(total(products)),
        },
        {
          label: 'parameters, as answered',
          expected: right.parameters,
          actual: counts.parameters,
        },
        {
          label: 'layers with weights',
          expected: exact(scalar(Number(parameters.depth))),
          actual: scalar(arithmetic.total(counts.weighted.data)),
        },
      ]
    },
  }),
  worked('torchvision', {
    of: networkCounts,
    title: 'the numbers of parameters that torchvision documents',
    kills: [forgetsShortcuts, forgetsNormalization, oneBlockTooFew],
    cases: networks.map(([depth, parameters]) => ({
      says: `ResNet-${depth}`,
      parameters: ofImageNet(depth, 'middle'),
      gives: { parameters: [parameters] },
    })),
  }),
  worked('table-1', {
    of: networkCounts,
    title:
      'multiply-adds differ from those of table 1 by less than a unit of the last digit printed',
    kills: [oneBlockTooFew],
    cases: networks.map(([depth, , cost]) => ({
      says: `ResNet-${depth}`,
      parameters: ofImageNet(depth, 'first'),
      gives: { multiplyAdds: [about(`${cost}e9`)] },
    })),
  }),
  worked('torchvision-costs', {
    of: networkCounts,
    title: 'multiply-adds are those that torchvision documents, to the two digits printed',
    kills: [oneBlockTooFew],
    cases: networks.map(([depth, , , cost]) => ({
      says: `ResNet-${depth}`,
      parameters: ofImageNet(depth, 'middle'),
      gives: { multiplyAdds: [rounded(`${cost}e9`)] },
    })),
  }),
)

export const networkProperties = [...poolingProperties, ...totalsProperties]
