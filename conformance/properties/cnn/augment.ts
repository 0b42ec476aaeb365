import { build, fromData, sum } from '../../../reference/arithmetic/array.ts'
import { augmentedSet, flip, jitter, lightJitter, pcaShift } from '../../../spec/cnn/augment.ts'
import { agreement } from '../../kit/agreement.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import {
  brightensFirst,
  clipsAtTopOnly,
  compounds,
  doesNotClip,
  flipsChannels,
  flipsRows,
  forgetsEigenvalues,
  interleavesLabels,
  oneJitterForAll,
  relabels,
  sharesDraws,
  shiftsAlike,
  shiftsColumns,
  transposesComponents,
  wrapsAround,
  wrapsAtByte,
} from './augment-faults.ts'

const agreements = properties(
  jitter,
  agreement(lightJitter, 'integers', {
    name: 'light-exact',
    title: 'cnn.lightJitter equals the reference on small integers, to the bit where it can',
    kills: [doesNotClip, clipsAtTopOnly, brightensFirst, wrapsAround],
  }),
  agreement(lightJitter, 'reals', {
    name: 'light-bounded',
    kills: [doesNotClip, brightensFirst, wrapsAround],
  }),
  agreement(pcaShift, 'integers', {
    name: 'pca-exact',
    kills: [transposesComponents, forgetsEigenvalues, sharesDraws, shiftsAlike],
  }),
  agreement(pcaShift, 'reals', {
    name: 'pca-bounded',
    kills: [transposesComponents, forgetsEigenvalues, sharesDraws],
  }),
  agreement(flip, 'integers', {
    name: 'flip-exact',
    kills: [flipsRows, flipsChannels, shiftsColumns],
  }),
  agreement(augmentedSet, 'integers', {
    name: 'set-exact',
    title: 'cnn.augmentedSet equals the reference on small integers, to the bit where it can',
    kills: [relabels, interleavesLabels, oneJitterForAll, compounds],
  }),
  agreement(augmentedSet, 'reals', {
    name: 'set-bounded',
    kills: [relabels, interleavesLabels, oneJitterForAll],
  }),
)

const laws = properties(
  jitter,
  law('light-range', {
    of: lightJitter,
    values: 'reals',
    title: 'in any light, all values are from 0 to the top',
    kills: [doesNotClip, clipsAtTopOnly],
    async holds({ answer, arithmetic, inputs, parameters }) {
      const { exact } = arithmetic
      const { y } = await answer(lightJitter, inputs, parameters)
      // The top as the implementation holds it.
      const top = Math.fround(parameters.top)
      const [low, high] = [build(y.shape, () => exact(0)), build(y.shape, () => exact(top))]
      return [between(arithmetic, 'y', y, low, high)]
    },
  }),
  law('light-shift', {
    of: lightJitter,
    title: 'far from the ends, brightness moves every value, and so the mean, by itself',
    kills: [wrapsAtByte],
    async holds({ arithmetic, array, inputs, measure }) {
      const { add, exact } = arithmetic
      const { y } = await measure(lightJitter, inputs, {
        contrast: 1,
        brightness: 300,
        top: 1024,
      })
      const x = array('x')
      return [
        {
          label: 'y = x + b',
          expected: build(x.shape, (...at) => add(x.at(...at), exact(300))),
          actual: y,
        },
      ]
    },
  }),
  law('pca-covariance', {
    of: pcaShift,
    title: 'over all signs of the draws, shifts have mean 0 and covariance Σ λ² p pᵀ',
    kills: [transposesComponents, forgetsEigenvalues, sharesDraws],
    async holds({ arithmetic, array, inputs, measure }) {
      const { divide, exact, multiply } = arithmetic
      const K = inputs.eigenvalues.shape[0]!
      const signs = build([2 ** K, K], (row, k) => (((row >> k) & 1) === 1 ? 1 : -1))
      const { y } = await measure(
        pcaShift,
        {
          x: build([2 ** K, 1, 1, K], () => 0),
          components: inputs.components,
          eigenvalues: inputs.eigenvalues,
          draws: signs,
        },
        {},
      )
      const [p, lambda] = [array('components'), array('eigenvalues')]
      const count = exact(2 ** K)
      const mean = (of: (row: number) => ReturnType<typeof exact>) =>
        divide(sum(arithmetic, [2 ** K], of), count)
      return [
        {
          label: 'mean',
          expected: build([K], () => exact(0)),
          actual: build([K], (c) => mean((row) => y.at(row, 0, 0, c))),
        },
        {
          label: 'covariance',
          expected: build([K, K], (c, d) =>
            sum(arithmetic, [K], (k) =>
              multiply(multiply(multiply(lambda.at(k), lambda.at(k)), p.at(c, k)), p.at(d, k)),
            ),
          ),
          actual: build([K, K], (c, d) =>
            mean((row) => multiply(y.at(row, 0, 0, c), y.at(row, 0, 0, d))),
          ),
        },
      ]
    },
  }),
  law('flip-twice', {
    of: flip,
    values: 'reals',
    title: 'a reflection moves the first column to the last, and twice gives the image back',
    kills: [shiftsColumns, flipsRows, flipsChannels],
    async holds({ answer, arithmetic, array, inputs }) {
      const { y } = await answer(flip, inputs, {})
      const numbers = fromData(y.shape, y.data.map(arithmetic.toNumber))
      const twice = await answer(flip, { x: numbers }, {})
      const x = array('x')
      const [N, H, W, K] = x.shape as [number, number, number, number]
      const column = (a: typeof x, j: number) => build([N, H, K], (n, i, k) => a.at(n, i, j, k))
      return [
        { label: 'twice', expected: x, actual: twice.y },
        { label: 'the last column', expected: column(x, 0), actual: column(y, W - 1) },
      ]
    },
  }),
  law('set-classes', {
    of: augmentedSet,
    title: 'r jitters give r times as many samples, and r times as many of each class',
    kills: [relabels],
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const R = parameters.jitters.length
      const { images, classes } = await answer(augmentedSet, inputs, parameters)
      const labels = Array.from(inputs.labels.data)
      const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)
      const repeated = sorted(Array.from({ length: R }, () => labels).flat())
      const given = sorted(classes.data.map(arithmetic.toNumber))
      return [
        {
          label: 'classes, in order',
          expected: exact(fromData([repeated.length], repeated)),
          actual: exact(fromData([given.length], given)),
        },
        {
          label: 'number of images',
          expected: exact(fromData([], [R * labels.length])),
          actual: exact(fromData([], [images.shape[0]!])),
        },
      ]
    },
  }),
  law('set-of-jitters', {
    of: augmentedSet,
    asks: [augmentedSet, lightJitter, flip],
    values: 'reals',
    title:
      'each copy is the sample in its light, reflected if so asked, with the class of the sample',
    kills: [oneJitterForAll, compounds, interleavesLabels],
    async holds({ answer, arithmetic, array, inputs, measure, parameters }) {
      const { jitters, top } = parameters
      const { images, classes } = await measure(augmentedSet, inputs, parameters)
      const [N, H, W, K] = inputs.x.shape as [number, number, number, number]
      const comparisons = []
      for (const [r, { contrast, brightness, flip: mirrored }] of jitters.entries()) {
        const copy = build([N, H, W, K], (n, i, j, k) => images.at(r * N + n, i, j, k))
        const given = fromData(inputs.x.shape, Array.from(inputs.x.data))
        const turned = await answer(flip, { x: given }, {})
        const x = mirrored
          ? fromData(turned.y.shape, turned.y.data.map(arithmetic.toNumber))
          : given
        const { y } = await measure(lightJitter, { x }, { contrast, brightness, top })
        comparisons.push(
          { label: `copy ${r}`, expected: y, actual: copy },
          {
            label: `classes of copy ${r}`,
            expected: array('labels'),
            actual: build([N], (n) => classes.at(r * N + n)),
          },
        )
      }
      return comparisons
    },
  }),
)

export const augmentProperties = [...agreements, ...laws]
