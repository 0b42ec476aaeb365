import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  headCounts as countsReference,
  flatHead as flatReference,
  pooledHeadGradient as gradientReference,
  pooledHead as reference,
} from '../../../reference/inception/head.ts'
import {
  flatHead,
  headCounts,
  paramSaving,
  pooledHead,
  pooledHeadGradient,
} from '../../../spec/inception/head.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { published } from '../../kit/published.ts'
import { worked } from '../../kit/worked.ts'

const wrongPooledHead = faultsOf(pooledHead, reference)
const wrongPooledHeadGradient = faultsOf(pooledHeadGradient, gradientReference)
const wrongFlatHead = faultsOf(flatHead, flatReference)
const wrongHeadCounts = faultsOf(headCounts, countsReference)

const sums = wrongPooledHead.inputs('takes the sum over the image instead of the mean', ({ x }) => {
  const [, H, W] = x.shape as [number, number, number]
  return { x: changed(x, (v) => v * H * W) }
})

const takesMaximum = wrongPooledHead.inputs(
  'takes the maximum over the image instead of the mean',
  ({ x }) => {
    const [N, H, W, K] = x.shape as [number, number, number, number]
    const largest = build([N, K], (n, k) => {
      let best = Number.NEGATIVE_INFINITY
      for (let i = 0; i < H; i++)
        for (let j = 0; j < W; j++) best = Math.max(best, x.at(n, i, j, k))
      return best
    })
    return { x: build(x.shape, (n, _i, _j, k) => largest.at(n, k)) }
  },
)

const poolsOneAxis = wrongPooledHead.inputs('takes the mean over the rows only', ({ x }) => {
  return { x: build(x.shape, (n, i, _j, k) => x.at(n, i, 0, k)) }
})

const forgetsBias = wrongPooledHead.inputs('forgets the bias', ({ bias }) => ({
  bias: changed(bias, () => 0),
}))

const gradientNotDivided = wrongPooledHeadGradient.outputs(
  'gives every pixel the whole gradient of the mean',
  (answer, { inputs }) => {
    const [, H, W] = inputs.x.shape as [number, number, number]
    return { dx: changed(answer.dx, (d) => d * H * W) }
  },
)

const gradientOfSum = wrongPooledHeadGradient.outputs(
  'takes the sum of the image for the gradient by the weights',
  (answer, { inputs }) => {
    const [, H, W] = inputs.x.shape as [number, number, number]
    return { dWeights: changed(answer.dWeights, (d) => d * H * W) }
  },
)

const flattensChannelsFirst = wrongFlatHead.inputs(
  'flattens channels first, but the weights with channels last',
  ({ x }) => {
    const [, H, W, K] = x.shape as [number, number, number, number]
    const shuffled = build(x.shape, (n, i, j, k) => {
      const position = (i * W + j) * K + k
      const rest = position % (H * W)
      return x.at(n, Math.floor(rest / W), rest % W, Math.floor(position / (H * W)))
    })
    return { x: shuffled }
  },
)

const noClassifier = wrongHeadCounts.outputs(
  'E-13 read literally: no fully connected layer after the mean',
  (outputs) => {
    const answer = outputs
    return { parameters: changed(answer.parameters, (count, head) => (head === 0 ? 0 : count)) }
  },
)

const noBiases = wrongHeadCounts.outputs('leaves the biases out', (outputs, { parameters }) => {
  const answer = outputs
  return { parameters: changed(answer.parameters, (count) => count - parameters.classes) }
})

const savesOneSide = wrongHeadCounts.parameters('counts the rows of the image only', () => ({
  columns: 1,
}))

export const headProperties = properties(
  paramSaving,
  agreement(headCounts, 'integers', {
    name: 'counts',
    kills: [noClassifier, noBiases, savesOneSide],
  }),
  agreement(pooledHead, 'integers', { kills: [sums, takesMaximum, poolsOneAxis, forgetsBias] }),
  agreement(pooledHead, 'reals', { kills: [sums, takesMaximum] }),
  agreement(flatHead, 'integers', { name: 'flat-exact', kills: [flattensChannelsFirst] }),
  agreement(flatHead, 'reals', { name: 'flat-bounded', kills: [flattensChannelsFirst] }),
  agreement(pooledHeadGradient, 'integers', {
    name: 'gradient-exact',
    kills: [gradientNotDivided, gradientOfSum],
  }),
  agreement(pooledHeadGradient, 'reals', {
    name: 'gradient-bounded',
    kills: [gradientNotDivided, gradientOfSum],
  }),
  law('same-function', {
    of: pooledHead,
    asks: [pooledHead, flatHead],
    title: 'with the same weights at every pixel, the large classifier gives HW times as much',
    kills: [sums, takesMaximum, poolsOneAxis],
    async holds({ arithmetic, array, inputs, measure, sizes }) {
      const { N, H, W, K, C } = sizes as Record<'N' | 'H' | 'W' | 'K' | 'C', number>
      const weights = fromData([K, C], Array.from(inputs.weights.data))
      const tiled = build([H, W, K, C], (_i, _j, k, c) => weights.at(k, c))
      const pooled = await measure(pooledHead, inputs, {})
      const flat = await measure(flatHead, { ...inputs, weights: tiled }, {})
      const bias = array('bias')
      const less = (z: typeof pooled.z, n: number, c: number) =>
        arithmetic.subtract(z.at(n, c), bias.at(c))
      return [
        {
          label: 'z − b on all pixels = HW (z − b on means)',
          expected: build([N, C], (n, c) =>
            arithmetic.multiply(arithmetic.exact(H * W), less(pooled.z, n, c)),
          ),
          actual: build([N, C], (n, c) => less(flat.z, n, c)),
        },
      ]
    },
  }),
  law('allocated', {
    of: pooledHead,
    asks: [headCounts, pooledHead, flatHead],
    title: 'the counts are those of the arrays that the classifiers take',
    kills: [noClassifier, noBiases, savesOneSide],
    async holds({ answer, exact, inputs, sizes }) {
      const { H, W, K, C } = sizes as Record<'H' | 'W' | 'K' | 'C', number>
      const weights = fromData([H, W, K, C], new Array<number>(H * W * K * C).fill(1))
      const pooled = await answer(pooledHead, inputs, {})
      const flat = await answer(flatHead, { ...inputs, weights }, {})
      const counts = await answer(headCounts, {}, { rows: H, columns: W, channels: K, classes: C })
      const allocated = [inputs.weights.data.length, weights.data.length].map((count) => count + C)
      return [
        {
          label: 'parameters',
          expected: exact(fromData([2], allocated)),
          actual: counts.parameters,
        },
        {
          label: 'shape of the scores',
          expected: exact(fromData([2], [...flat.z.shape])),
          actual: exact(fromData([2], [...pooled.z.shape])),
        },
      ]
    },
  }),
  published(
    'googlenet',
    headCounts,
    [
      {
        parameters: { rows: 7, columns: 7, channels: 1024, classes: 1000 },
        printed: [{ label: 'GoogLeNet', output: 'parameters', values: [1_025_000, 50_177_000] }],
      },
    ],
    {
      title: 'the head of GoogLeNet, table 1: 1000K weights and 1000 biases',
      kills: [noClassifier, noBiases, savesOneSide],
    },
  ),
  worked('E-13', {
    of: headCounts,
    title: 'a linear layer stays after the mean',
    kills: [noClassifier],
    parameters: { rows: 1, columns: 1, channels: 1, classes: 1 },
    notes: { parameters: [0, 2] },
    gives: { parameters: [2, 2] },
  }),
)
