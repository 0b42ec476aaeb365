import type { Arithmetic } from '../../../reference/arithmetic/arithmetic.ts'
import { build, fromData, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { array, derived, free } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import {
  byPercentage,
  dataFree,
  globalVersusLayerwise,
  percentage,
} from '../../../spec/pruning/magnitude.ts'
import { byThreshold } from '../../../spec/pruning/threshold.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import type { Argument } from '../../engine/property.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, plain, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyShare,
  alwaysNetwork,
  fixedScale,
  floorsProduct,
  ignoresScope,
  keepsShare,
  lastTieFirst,
  normalizesLayers,
  removesAllTies,
  removesLargest,
  removesMostNegative,
  roundsToNearest,
  roundsUp,
  saturates,
  sharesEvenly,
} from './magnitude-faults.ts'

const masks = ['mask1', 'mask2'] as const

/** 1, 2, 3, …, N. */
const ascending = (N: number) => Array.from({ length: N }, (_, i) => i + 1)

/** What one mask or the other keeps. */
function union<T>({ maximum }: Arithmetic<T>, one: NumberArray<T>, other: NumberArray<T>) {
  return build(one.shape, (...at) => maximum([one.at(...at), other.at(...at)]))
}

/** The weights made different from each other: signs and order of those drawn, with a place added. */
const apart = (weights: Argument, first: number) =>
  changed(weights, (w, at) => 64 * w + (w < 0 ? -1 : 1) * (first + at))

const percentageProperties = properties(
  percentage,
  agreementTwice(byPercentage, {
    kills: [
      roundsToNearest,
      roundsUp,
      keepsShare,
      removesMostNegative,
      removesLargest,
      lastTieFirst,
      removesAllTies,
      ignoresScope,
      alwaysNetwork,
    ],
  }),
  worked('decimals', {
    of: byPercentage,
    title: '0.29 of 100 weights is 29, 0.07 is 7, 0.35 of 20 is 7, as on paper',
    kills: [floorsProduct],
    cases: (
      [
        [0.29, 100, 29],
        [0.07, 100, 7],
        [0.57, 100, 57],
        [0.35, 20, 7],
        [0.9999, 100, 99],
      ] as const
    ).map(([share, N, r]) => ({
      says: `${share} of ${N}`,
      inputs: { weights1: tensor([N, 1], ascending(N)), weights2: tensor([1, 1], [1]) },
      parameters: { share, scope: 'layer' as const },
      gives: { removed: [r, 0] },
    })),
  }),
  worked('equal', {
    of: byPercentage,
    title: 'of equal magnitudes the lower index goes, and the first layer before the second',
    kills: [lastTieFirst, removesAllTies],
    cases: [
      {
        says: 'layer by layer',
        inputs: {
          weights1: tensor([2, 2], [3, -3, 3, 1]),
          weights2: tensor([2, 2], [5, 5, -5, 5]),
        },
        parameters: { share: 0.5, scope: 'layer' },
        gives: { mask1: [0, 1, 1, 0], mask2: [0, 0, 1, 1], removed: [2, 2] },
      },
      {
        says: 'over the network',
        inputs: {
          weights1: tensor([2, 2], [3, -3, 9, 3]),
          weights2: tensor([2, 2], [3, 9, -3, 9]),
        },
        parameters: { share: 0.5, scope: 'network' },
        gives: { mask1: [0, 0, 1, 0], mask2: [0, 1, 1, 1], removed: [3, 1] },
      },
    ],
  }),
  law('nested', {
    of: withParameters(byPercentage, { more: integer({ min: 0, upTo: 4, max: 4 }) }),
    asks: [byPercentage],
    title: 'a larger share removes whatever a smaller one does',
    kills: [keepsShare],
    share: 0.5,
    async holds({ answer, arithmetic, inputs, parameters: { share, scope, more } }) {
      // Four fifths, three fifths, … of the way to everything, in four decimal places.
      const larger = Math.round(1e4 * (share + (more * (1 - share)) / 5)) / 1e4
      const few = await answer(byPercentage, inputs, { share, scope })
      const many = await answer(byPercentage, inputs, { share: larger, scope })
      return [
        ...masks.map((mask) => ({
          label: `${mask}, and within it that of the larger share`,
          expected: few[mask],
          actual: union(arithmetic, few[mask], many[mask]),
        })),
        atMost(
          arithmetic,
          'as many or more removed',
          arithmetic.total(few.removed.data),
          arithmetic.total(many.removed.data),
        ),
      ]
    },
  }),
  law('as-a-threshold', {
    of: byPercentage,
    asks: [byPercentage, byThreshold],
    title:
      'of different magnitudes it removes what the smallest of those that stay does as a threshold',
    kills: [removesLargest, removesMostNegative, ignoresScope, alwaysNetwork, roundsUp],
    share: 0.5,
    async holds({ answer, inputs, parameters: { share, scope } }) {
      const weights1 = apart(inputs.weights1, 1)
      const weights2 = apart(inputs.weights2, 1 + weights1.data.length)
      const cut = (...layers: NumberArray<number>[]) => {
        const magnitudes = layers.flatMap(({ data }) => data.map(Math.abs)).sort((a, b) => a - b)
        const r = Math.floor((Math.round(share * 1e4) * magnitudes.length) / 1e4)
        return magnitudes[r] ?? magnitudes.at(-1)! + 1
      }
      const thresholds = fromData(
        [2],
        scope === 'layer'
          ? [cut(weights1), cut(weights2)]
          : [cut(weights1, weights2), cut(weights1, weights2)],
      )
      const given = { weights1, weights2 }
      const expected = await answer(byThreshold, { ...given, thresholds }, {})
      const actual = await answer(byPercentage, given, { share, scope })
      return masks.map((mask) => ({ label: mask, expected: expected[mask], actual: actual[mask] }))
    },
  }),
  rejection('rejected', byPercentage, invalidities(byPercentage), {
    title: 'a share below 0, above 1 or of more than four decimal places is rejected',
    kills: [acceptsAnyShare],
  }),
)

/** At most eight weights in all. */
const few = {
  ...byPercentage,
  dimensions: {
    ...byPercentage.dimensions,
    D: free(1, 2, 'inputs'),
    M: free(1, 2, 'hidden units'),
    C: free(1, 2, 'outputs'),
  },
  parameters: { eighths: integer({ min: 0, upTo: 8, max: 8 }) },
  constraints: [],
  usual: [],
}

/** The least that some function is of the weights that are removed, over every set of r of them. */
function leastOver(
  weights: readonly number[],
  r: number,
  cost: (removed: readonly number[]) => number,
): number {
  let least = Number.POSITIVE_INFINITY
  for (let set = 0; set < 2 ** weights.length; set++) {
    const removed = weights.filter((_, i) => (set >> i) % 2 === 1)
    if (removed.length === r) least = Math.min(least, cost(removed))
  }
  return least
}

const norms: Readonly<Record<string, (removed: readonly number[]) => number>> = {
  squares: (removed) => removed.reduce((sum, w) => sum + w * w, 0),
  magnitudes: (removed) => removed.reduce((sum, w) => sum + Math.abs(w), 0),
  'the largest magnitude': (removed) => Math.max(0, ...removed.map(Math.abs)),
}

const dataFreeProperties = properties(
  dataFree,
  law('nearest', {
    of: few,
    asks: [byPercentage],
    title: 'of every set of as many weights, the one that goes changes the weights least',
    kills: [removesLargest, removesMostNegative, ignoresScope, saturates],
    async holds({ answer, arithmetic, exact, inputs, parameters: { eighths } }) {
      const share = eighths / 8
      const weights = [...plain(inputs.weights1).data, ...plain(inputs.weights2).data]
      const { pruned1, pruned2 } = await answer(byPercentage, inputs, { share, scope: 'network' })
      const left = [...pruned1.data, ...pruned2.data].map(arithmetic.toNumber)
      const changes = weights.map((w, i) => w - left[i]!)
      const r = Math.floor(share * weights.length)
      return Object.entries(norms).map(([name, cost]) => ({
        label: `${name} of what is lost`,
        expected: exact(scalar(leastOver(weights, r, cost))),
        actual: exact(scalar(cost(changes))),
      }))
    },
  }),
  law('smallest-squares', {
    of: byPercentage,
    values: 'reals',
    title: 'the squared distance is the sum of the smallest squares',
    kills: [removesLargest, removesMostNegative, saturates],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters: { share } }) {
      const { exact, multiply, subtract, total } = arithmetic
      const scope = 'network'
      // Measured, since a device may read subnormal weights as 0, of which the first is the smallest then.
      const { pruned1, pruned2, removed } = await measure(byPercentage, inputs, { share, scope })
      const weights = [...plain(inputs.weights1).data, ...plain(inputs.weights2).data]
      const left = [...pruned1.data, ...pruned2.data]
      const lost = weights.map((w, i) => subtract(exact(w), left[i]!))
      const r = arithmetic.toNumber(total(removed.data))
      const smallest = weights
        .map(Math.abs)
        .sort((a, b) => a - b)
        .slice(0, r)
        .map(exact)
      return [
        {
          label: '‖W − W′‖²',
          expected: scalar(total(smallest.map((w) => multiply(w, w)))),
          actual: scalar(total(lost.map((w) => multiply(w, w)))),
        },
      ]
    },
  }),
)

/** Layers of a multiple of four weights each, of which a share in quarters leaves no fraction. */
const quarters = {
  dimensions: {
    D: free(1, 3, 'inputs'),
    M: derived(() => 4, 'hidden units'),
    C: free(1, 3, 'outputs'),
  },
  inputs: {
    weights1: array('the weights of the first layer', 'D', 'M'),
    weights2: array('the weights of the second layer', 'M', 'C'),
  },
  parameters: { quarters: integer({ min: 0, upTo: 4, max: 4 }) },
}

const halfOfNetwork = { share: 0.5, scope: 'network' } as const
const layers = (first: readonly number[], second: readonly number[]) => ({
  weights1: tensor([1, 4], first),
  weights2: tensor([4, 1], second),
})

const globalProperties = properties(
  globalVersusLayerwise,
  law('keeps-more', {
    of: quarters,
    asks: [byPercentage],
    title:
      'with as many removed, the network keeps at least the magnitudes and squares that layers do',
    kills: [sharesEvenly, fixedScale, normalizesLayers],
    async holds({ answer, arithmetic, inputs, parameters }) {
      const { abs, multiply, total } = arithmetic
      const share = parameters.quarters / 4
      const ask = (scope: 'layer' | 'network') => answer(byPercentage, inputs, { share, scope })
      const [network, layer] = [await ask('network'), await ask('layer')]
      const left = ({ pruned1, pruned2 }: typeof layer) => [...pruned1.data, ...pruned2.data]
      return [
        {
          label: 'as many removed',
          expected: scalar(total(layer.removed.data)),
          actual: scalar(total(network.removed.data)),
        },
        atMost(arithmetic, 'Σ|W|', total(left(layer).map(abs)), total(left(network).map(abs))),
        atMost(
          arithmetic,
          'Σ W²',
          total(left(layer).map((w) => multiply(w, w))),
          total(left(network).map((w) => multiply(w, w))),
        ),
      ]
    },
  }),
  equivariance('rescaled', {
    of: byPercentage,
    within: {
      ...byPercentage,
      parameters: {
        share: byPercentage.parameters.share,
        exponent: integer({ min: 1, upTo: 4, max: 4 }),
        which: choice('first', 'second'),
      },
    },
    always: { scope: 'layer' },
    title: 'layer by layer, a factor before a rectifier and its inverse behind it change no mask',
    kills: [alwaysNetwork],
    share: 0.5,
    inputs: ({ weights1, weights2 }, { parameters: { exponent, which } }) => {
      const c = 2 ** (which === 'first' ? exponent : -exponent)
      return {
        weights1: changed(weights1, (w) => c * w),
        weights2: changed(weights2, (w) => w / c),
      }
    },
    compared: ({ mask1, mask2, removed }) => ({ mask1, mask2, removed }),
  }),
  worked('E-20', {
    of: byPercentage,
    title: 'the less salient layer loses all its weights',
    kills: [ignoresScope, sharesEvenly, normalizesLayers],
    inputs: layers([1, 2, 3, 4], [10, 20, 30, 40]),
    parameters: halfOfNetwork,
    notes: { removed: [0, 4] },
    gives: { removed: [4, 0], pruned1: [0, 0, 0, 0], pruned2: [10, 20, 30, 40] },
  }),
  worked('E-21', {
    of: byPercentage,
    title: 'the same function in another scale loses other weights, and a layer as a whole',
    kills: [ignoresScope, normalizesLayers],
    cases: [
      {
        says: 'weights 1, 2, 3, 4 and 2, 4, 6, 8',
        inputs: layers([1, 2, 3, 4], [2, 4, 6, 8]),
        parameters: halfOfNetwork,
        gives: { removed: [3, 1] },
      },
      {
        says: 'the first layer times 4, the second divided by 4',
        inputs: layers([4, 8, 12, 16], [0.5, 1, 1.5, 2]),
        parameters: halfOfNetwork,
        gives: { removed: [0, 4], pruned2: [0, 0, 0, 0] },
      },
    ],
  }),
)

export const magnitudeProperties = [
  ...percentageProperties,
  ...dataFreeProperties,
  ...globalProperties,
]
