import { build } from '../../../reference/arithmetic/array.ts'
import {
  flatHead,
  headCounts,
  paramSaving,
  pooledHead,
  pooledHeadGradient,
} from '../../../spec/inception/head.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { filled, plain, row } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { worked } from '../../kit/worked.ts'
import {
  flattensChannelsFirst,
  forgetsBias,
  gradientNotDivided,
  gradientOfSum,
  noBiases,
  noClassifier,
  poolsOneAxis,
  savesOneSide,
  sums,
  takesMaximum,
} from './head-faults.ts'

export const headProperties = properties(
  paramSaving,
  agreement(headCounts, 'integers', {
    name: 'counts',
    kills: [noClassifier, noBiases, savesOneSide],
  }),
  agreement(pooledHead, 'integers', { kills: [sums, takesMaximum, poolsOneAxis, forgetsBias] }),
  agreement(pooledHead, 'reals', { kills: [sums, takesMaximum] }),
  agreementTwice(flatHead, { name: 'flat', kills: [flattensChannelsFirst] }),
  agreementTwice(pooledHeadGradient, {
    name: 'gradient',
    kills: [gradientNotDivided, gradientOfSum],
  }),
  law('same-function', {
    of: pooledHead,
    asks: [pooledHead, flatHead],
    title: 'with the same weights at every pixel, the large classifier gives HW times as much',
    kills: [sums, takesMaximum, poolsOneAxis],
    async holds({ arithmetic, array, inputs, measure, sizes: { H, W, K, C } }) {
      const { exact, multiply, subtract } = arithmetic
      const weights = plain(inputs.weights)
      const tiled = build([H, W, K, C], (_i, _j, k, c) => weights.at(k, c))
      const pooled = await measure(pooledHead, inputs, {})
      const flat = await measure(flatHead, { ...inputs, weights: tiled }, {})
      const b = array('bias')
      const unbiased = (z: typeof pooled.z) =>
        build(z.shape, (n, c) => subtract(z.at(n, c), b.at(c)))
      const mean = unbiased(pooled.z)
      return [
        {
          label: 'z − b on all pixels = HW (z − b on means)',
          expected: build(mean.shape, (n, c) => multiply(exact(H * W), mean.at(n, c))),
          actual: unbiased(flat.z),
        },
      ]
    },
  }),
  law('allocated', {
    of: pooledHead,
    asks: [headCounts, pooledHead, flatHead],
    title: 'the counts are those of the arrays that the classifiers take',
    kills: [noClassifier, noBiases, savesOneSide],
    async holds({ answer, exact, inputs, sizes: { H, W, K, C } }) {
      const weights = filled([H, W, K, C], 1)
      const pooled = await answer(pooledHead, inputs, {})
      const flat = await answer(flatHead, { ...inputs, weights }, {})
      const asked = { rows: H, columns: W, channels: K, classes: C }
      const { parameters } = await answer(headCounts, {}, asked)
      const allocated = row(inputs.weights.data.length + C, weights.data.length + C)
      return [
        { label: 'parameters', expected: exact(allocated), actual: parameters },
        {
          label: 'shape of the scores',
          expected: exact(row(...flat.z.shape)),
          actual: exact(row(...pooled.z.shape)),
        },
      ]
    },
  }),
  worked('googlenet', {
    of: headCounts,
    title: 'the head of GoogLeNet, table 1: 1000K weights and 1000 biases',
    kills: [noClassifier, noBiases, savesOneSide],
    parameters: { rows: 7, columns: 7, channels: 1024, classes: 1000 },
    gives: { parameters: [1_025_000, 50_177_000] },
  }),
  worked('E-13', {
    of: headCounts,
    title: 'a linear layer stays after the mean',
    kills: [noClassifier],
    parameters: { rows: 1, columns: 1, channels: 1, classes: 1 },
    notes: { parameters: [0, 2] },
    gives: { parameters: [2, 2] },
  }),
)
