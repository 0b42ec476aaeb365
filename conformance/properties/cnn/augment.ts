import { build, elementwise, sum } from '../../../reference/arithmetic/array.ts'
import { augmentedSet, flip, jitter, lightJitter, pcaShift } from '../../../spec/cnn/augment.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { filled, numbers, part, row, scalar, zeros } from '../../kit/arrays.ts'
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
  agreementTwice(
    pcaShift,
    { name: 'pca', kills: [transposesComponents, forgetsEigenvalues, sharesDraws, shiftsAlike] },
    { kills: [transposesComponents, forgetsEigenvalues, sharesDraws] },
  ),
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
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { y } = await answer(lightJitter, inputs, parameters)
      // The top as the implementation holds it.
      const top = Math.fround(parameters.top)
      const [low, high] = [exact(zeros(y.shape)), exact(filled(y.shape, top))]
      return [between(arithmetic, 'y', y, low, high)]
    },
  }),
  law('light-shift', {
    of: lightJitter,
    title: 'far from the ends, brightness moves every value, and so the mean, by itself',
    kills: [wrapsAtByte],
    async holds({ arithmetic: { add, exact }, array, inputs, measure }) {
      const lit = { contrast: 1, brightness: 300, top: 1024 }
      const { y } = await measure(lightJitter, inputs, lit)
      const expected = elementwise(array('x'), (value) => add(value, exact(300)))
      return [{ label: 'y = x + b', expected, actual: y }]
    },
  }),
  law('pca-covariance', {
    of: pcaShift,
    title: 'over all signs of the draws, shifts have mean 0 and covariance Σ λ² p pᵀ',
    kills: [transposesComponents, forgetsEigenvalues, sharesDraws],
    async holds({ arithmetic, array, exact, inputs, measure, sizes: { K } }) {
      const { divide, multiply } = arithmetic
      const { components, eigenvalues } = inputs
      const draws = build([2 ** K, K], (row, k) => (((row >> k) & 1) === 1 ? 1 : -1))
      const x = zeros([2 ** K, 1, 1, K])
      const { y } = await measure(pcaShift, { x, components, eigenvalues, draws }, {})
      const [p, lambda] = [array('components'), array('eigenvalues')]
      const mean = (of: (row: number) => (typeof y.data)[number]) =>
        divide(sum(arithmetic, [2 ** K], of), arithmetic.exact(2 ** K))
      return [
        {
          label: 'mean',
          expected: exact(zeros([K])),
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
    async holds({ answer, arithmetic, array, inputs, sizes: { W } }) {
      const { y } = await answer(flip, inputs, {})
      const twice = await answer(flip, { x: numbers(arithmetic, y) }, {})
      const x = array('x')
      const column = (a: typeof x, j: number) => part(a, a.shape.with(2, 1), [0, 0, j, 0])
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
      const { images, classes } = await answer(augmentedSet, inputs, parameters)
      const repeated = parameters.jitters.flatMap(() => Array.from(inputs.labels.data))
      const sorted = (values: readonly number[]) => row(...values.toSorted((a, b) => a - b))
      return [
        {
          label: 'classes, in order',
          expected: exact(sorted(repeated)),
          actual: exact(sorted(classes.data.map(arithmetic.toNumber))),
        },
        {
          label: 'number of images',
          expected: exact(scalar(repeated.length)),
          actual: exact(scalar(images.shape[0])),
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
    async holds({ answer, arithmetic, array, inputs, measure, parameters, sizes: { N } }) {
      const { jitters, top } = parameters
      const { images, classes } = await measure(augmentedSet, inputs, parameters)
      const turned = numbers(arithmetic, (await answer(flip, { x: inputs.x }, {})).y)
      const comparisons = []
      for (const [r, { contrast, brightness, flip: mirrored }] of jitters.entries()) {
        const x = mirrored ? turned : inputs.x
        const { y } = await measure(lightJitter, { x }, { contrast, brightness, top })
        comparisons.push(
          { label: `copy ${r}`, expected: y, actual: part(images, y.shape, [r * N]) },
          {
            label: `classes of copy ${r}`,
            expected: array('labels'),
            actual: part(classes, [N], [r * N]),
          },
        )
      }
      return comparisons
    },
  }),
)

export const augmentProperties = [...agreements, ...laws]
