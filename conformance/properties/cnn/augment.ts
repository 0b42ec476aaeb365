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
  law(
    'light-range',
    lightJitter,
    [lightJitter],
    'reals',
    {
      title: 'in any light, all values are from 0 to the top',
      kills: [doesNotClip, clipsAtTopOnly],
    },
    async (bench) => {
      const { exact } = bench.arithmetic
      const { y } = await bench.answer(lightJitter, bench.inputs, bench.parameters)
      // The top as the implementation holds it.
      const top = Math.fround(bench.parameters.top)
      const [low, high] = [build(y.shape, () => exact(0)), build(y.shape, () => exact(top))]
      return [between(bench.arithmetic, 'y', y, low, high)]
    },
  ),
  law(
    'light-shift',
    lightJitter,
    [lightJitter],
    'integers',
    {
      title: 'far from the ends, brightness moves every value, and so the mean, by itself',
      kills: [wrapsAtByte],
    },
    async (bench) => {
      const { add, exact } = bench.arithmetic
      const { inputs } = bench
      const { y } = await bench.measure(lightJitter, inputs, {
        contrast: 1,
        brightness: 300,
        top: 1024,
      })
      const x = bench.array('x')
      return [
        {
          label: 'y = x + b',
          expected: build(x.shape, (...at) => add(x.at(...at), exact(300))),
          actual: y,
        },
      ]
    },
  ),
  law(
    'pca-covariance',
    pcaShift,
    [pcaShift],
    'integers',
    {
      title: 'over all signs of the draws, shifts have mean 0 and covariance Σ λ² p pᵀ',
      kills: [transposesComponents, forgetsEigenvalues, sharesDraws],
    },
    async (bench) => {
      const { arithmetic, inputs } = bench
      const { divide, exact, multiply } = arithmetic
      const K = inputs.eigenvalues.shape[0]!
      const signs = build([2 ** K, K], (row, k) => (((row >> k) & 1) === 1 ? 1 : -1))
      const { y } = await bench.measure(
        pcaShift,
        {
          x: build([2 ** K, 1, 1, K], () => 0),
          components: inputs.components,
          eigenvalues: inputs.eigenvalues,
          draws: signs,
        },
        {},
      )
      const [p, lambda] = [bench.array('components'), bench.array('eigenvalues')]
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
  ),
  law(
    'flip-twice',
    flip,
    [flip],
    'reals',
    {
      title: 'a reflection moves the first column to the last, and twice gives the image back',
      kills: [shiftsColumns, flipsRows, flipsChannels],
    },
    async (bench) => {
      const { arithmetic, inputs } = bench
      const { y } = await bench.answer(flip, inputs, {})
      const numbers = fromData(y.shape, y.data.map(arithmetic.toNumber))
      const twice = await bench.answer(flip, { x: numbers }, {})
      const x = bench.array('x')
      const [N, H, W, K] = x.shape as [number, number, number, number]
      const column = (a: typeof x, j: number) => build([N, H, K], (n, i, k) => a.at(n, i, j, k))
      return [
        { label: 'twice', expected: x, actual: twice.y },
        { label: 'the last column', expected: column(x, 0), actual: column(y, W - 1) },
      ]
    },
  ),
  law(
    'set-classes',
    augmentedSet,
    [augmentedSet],
    'integers',
    {
      title: 'r jitters give r times as many samples, and r times as many of each class',
      kills: [relabels],
    },
    async (bench) => {
      const { arithmetic, inputs, parameters } = bench
      const R = parameters.jitters.length
      const { images, classes } = await bench.answer(augmentedSet, inputs, parameters)
      const labels = Array.from(inputs.labels.data)
      const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)
      const repeated = sorted(Array.from({ length: R }, () => labels).flat())
      const given = sorted(classes.data.map(arithmetic.toNumber))
      return [
        {
          label: 'classes, in order',
          expected: bench.exact(fromData([repeated.length], repeated)),
          actual: bench.exact(fromData([given.length], given)),
        },
        {
          label: 'number of images',
          expected: bench.exact(fromData([], [R * labels.length])),
          actual: bench.exact(fromData([], [images.shape[0]!])),
        },
      ]
    },
  ),
  law(
    'set-of-jitters',
    augmentedSet,
    [augmentedSet, lightJitter, flip],
    'reals',
    {
      title:
        'each copy is the sample in its light, reflected if so asked, with the class of the sample',
      kills: [oneJitterForAll, compounds, interleavesLabels],
    },
    async (bench) => {
      const { arithmetic, inputs, parameters } = bench
      const { jitters, top } = parameters
      const { images, classes } = await bench.measure(augmentedSet, inputs, parameters)
      const [N, H, W, K] = inputs.x.shape as [number, number, number, number]
      const comparisons = []
      for (const [r, { contrast, brightness, flip: mirrored }] of jitters.entries()) {
        const copy = build([N, H, W, K], (n, i, j, k) => images.at(r * N + n, i, j, k))
        const given = fromData(inputs.x.shape, Array.from(inputs.x.data))
        const turned = await bench.answer(flip, { x: given }, {})
        const x = mirrored
          ? fromData(turned.y.shape, turned.y.data.map(arithmetic.toNumber))
          : given
        const { y } = await bench.measure(lightJitter, { x }, { contrast, brightness, top })
        comparisons.push(
          { label: `copy ${r}`, expected: y, actual: copy },
          {
            label: `classes of copy ${r}`,
            expected: bench.array('labels'),
            actual: build([N], (n) => classes.at(r * N + n)),
          },
        )
      }
      return comparisons
    },
  ),
)

export const augmentProperties = [...agreements, ...laws]
