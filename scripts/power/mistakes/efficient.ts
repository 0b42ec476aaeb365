import { layWindows } from '../../../reference/layers/window.ts'
import { channelShuffle } from '../../../spec/efficient/shuffle.ts'
import { bfloat, half, inOrder, multiplying, summing } from '../arithmetics.ts'
import {
  change,
  clear,
  mixed,
  ofCallBefore,
  remains,
  reread,
  times,
  transposed,
  whole,
} from '../arrays.ts'
import { careless, lasting, type Mistake, mistake, rightly } from '../mistake.ts'

/** Mistakes of layers for small devices. */
export const efficientMistakes: readonly Mistake[] = [
  mistake(
    'efficient.depthwise',
    'size',
    'channels in vectors of 4: what remains takes the filters of the vector before',
    (the) => {
      const { K } = the.sizes
      if (remains(K, 4))
        return the.but({
          filters: reread(the.inputs.filters, 2, (k) => (k >= whole(K, 4) ? k - 4 : k)),
        })
    },
    { sizes: { K: 5 } },
  ),
  mistake(
    'efficient.depthwise',
    'shape',
    '3 × 3 at stride 2 with one pixel around: begins one column late where the width is even',
    (the) => {
      const { Hf, Wf, W } = the.sizes
      const { strides, dilations, padding } = the.parameters
      const usual = Hf === 3 && Wf === 3 && strides[1] === 2 && dilations[1] === 1
      if (usual && W % 2 === 0 && typeof padding !== 'string' && padding.every((p) => p === 1))
        return the.but({
          x: change(the.inputs.x, (_, n, i, j, k) =>
            j + 1 < W ? the.inputs.x.at(n, i, j + 1, k) : 0,
          ),
        })
    },
    {
      sizes: { Hf: 3, Wf: 3, W: 6, H: 5 },
      parameters: { strides: [2, 2], dilations: [1, 1], padding: [1, 1, 1, 1] },
    },
  ),
  mistake(
    'efficient.depthwise',
    'range',
    'from three filters a channel on, the third is the second',
    (the) => ({
      ...the.but({ filters: reread(the.inputs.filters, 3, (m) => (m === 2 ? 1 : m)) }),
    }),
    { sizes: { M: 3 } },
  ),
  mistake('efficient.depthwise', 'numeric', 'multiplies in bfloat16', (the) =>
    the.in(multiplying(bfloat)),
  ),
  mistake(
    'efficient.depthwise',
    'special',
    'takes −∞ in the padding, as for a maximum, so that 0 · ∞ is NaN there',
    (the) => {
      const { H, W, Hf, Wf } = the.sizes
      const { strides, dilations, padding } = the.parameters
      const { top, left } = layWindows([H, W], [Hf, Wf], strides, dilations, padding)
      const zero = the.inputs.filters.data.every((w) => w === 0)
      if (zero && (top > 0 || left > 0))
        return { y: change(the.right.y, (v, _n, i, j) => (i < top && j < left ? Number.NaN : v)) }
    },
    { parameters: { padding: [1, 1, 1, 1] }, elements: { filters: () => 0 } },
  ),
  mistake(
    'efficient.depthwiseGradient',
    'shape',
    'with two filters a channel, sends back through the first twice',
    (the) => {
      const { filters, dy } = the.inputs
      if (the.sizes.M === 2) return { dx: the.but({ filters: reread(filters, 3, () => 0), dy }).dx }
    },
    { sizes: { M: 2 } },
  ),
  mistake(
    'efficient.depthwiseGradient',
    'size',
    'batches of more than 4: the gradient by the filters misses the rest after whole blocks',
    (the) => {
      const { N } = the.sizes
      if (remains(N, 4))
        return {
          dFilters: the.but({ dy: clear(the.inputs.dy, 0, (n) => n >= whole(N, 4)) }).dFilters,
        }
    },
    { sizes: { N: 5 } },
  ),
  lasting(
    'efficient.depthwiseGradient',
    'state',
    'keeps the image of the call before for the way back, when it has the same shape',
    () => {
      const before = ofCallBefore()
      return (the) => ({ dFilters: the.but({ x: before(the.inputs.x) }).dFilters })
    },
  ),
  mistake(
    'efficient.pointwise',
    'size',
    'from 64 channels on, the last does not count',
    (the) => {
      const { K } = the.sizes
      if (K >= 64) return the.but({ x: clear(the.inputs.x, 3, (k) => k === K - 1) })
    },
    { sizes: { K: 64, H: 1, W: 1 } },
  ),
  mistake(
    'efficient.pointwise',
    'shape',
    'a single pixel and as many filters as channels: reads the filters transposed',
    (the) => {
      const { H, W, K, Q } = the.sizes
      if (H * W === 1 && K === Q) return the.but({ filters: transposed(the.inputs.filters) })
    },
    { sizes: { H: 1, W: 1, K: 2, Q: 2 } },
  ),
  mistake('efficient.pointwise', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'efficient.pointwiseGradient',
    'size',
    'images of more than 16 pixels: the gradient by the filters misses the last pixel',
    (the) => {
      const { H, W } = the.sizes
      if (H * W > 16)
        return {
          dFilters: the.but({
            dy: change(the.inputs.dy, (v, _n, i, j) => (i === H - 1 && j === W - 1 ? 0 : v)),
          }).dFilters,
        }
    },
    { sizes: { H: 5, W: 4 } },
  ),
  mistake(
    'efficient.pointwiseGradient',
    'term',
    'the gradient by the filters is the mean over the images',
    (the) => ({
      dFilters: times(the.right.dFilters, 1 / the.sizes.N),
    }),
  ),
  mistake(
    'efficient.separable',
    'range',
    'a dilation in the columns only is left out, the places kept, for kernels of one row',
    (the) => {
      const { Hf, Wf } = the.sizes
      const { dilations } = the.parameters
      if (Hf === 1 && Wf > 1 && dilations[1] > 1)
        return the.but({ x: reread(the.inputs.x, 2, (j) => Math.max(0, j - 1)) })
    },
    { sizes: { Hf: 1, Wf: 2 }, parameters: { dilations: [1, 2] } },
  ),
  mistake(
    'efficient.separable',
    'size',
    'from 8 maps between the convolutions on, the last has no bias',
    (the) => {
      const { P } = the.sizes
      if (P >= 8)
        return the.but({ depthwiseBias: clear(the.inputs.depthwiseBias, 0, (p) => p === P - 1) })
    },
    { sizes: { K: 4, M: 2 } },
  ),
  mistake(
    'efficient.separable',
    'logic',
    'rectifies at 6, as MobileNet does',
    (the) => {
      if (the.parameters.activation === 'relu')
        return { y: change(the.right.y, (v) => Math.min(v, 6)) }
    },
    { parameters: { activation: 'relu' } },
  ),
  mistake(
    'efficient.separableGradient',
    'term',
    'the gradient by the first bias is that of the first image',
    (the) => ({
      dDepthwiseBias: the.but({ dy: clear(the.inputs.dy, 0, (n) => n > 0) }).dDepthwiseBias,
    }),
    { sizes: { N: 2 } },
  ),
  mistake(
    'efficient.separableGradient',
    'special',
    'lets gradients through where a response is exactly 0',
    (the) => {
      const { pointwiseBias } = the.inputs
      if (the.parameters.activation === 'relu')
        return {
          dPointwiseBias: the.but({
            pointwiseBias: change(pointwiseBias, (b) => (b === 0 ? 2 ** -60 : b)),
          }).dPointwiseBias,
        }
    },
    {
      parameters: { activation: 'relu' },
      elements: { pointwiseBias: () => 0, x: () => 0, depthwiseBias: () => 0 },
    },
  ),
  mistake(
    'efficient.fire',
    'shape',
    'as many 1 × 1 as 3 × 3 filters: gives both their biases in the other order',
    (the) => {
      const { A, B } = the.sizes
      const { expand1Bias, expand3Bias } = the.inputs
      if (A === B) return the.but({ expand1Bias: expand3Bias, expand3Bias: expand1Bias })
    },
    { sizes: { A: 2, B: 2 } },
  ),
  mistake(
    'efficient.fire',
    'size',
    'channels of the image beyond the 16th do not reach the squeeze layer',
    (the) => the.but({ x: clear(the.inputs.x, 3, (c) => c >= 16) }),
    { sizes: { C: 17 } },
  ),
  mistake(
    'efficient.fireGradient',
    'term',
    'the gradient by the squeeze bias misses what comes through the 1 × 1 filters',
    (the) => ({
      dSqueezeBias: the.but({ expand1: times(the.inputs.expand1, 0) }).dSqueezeBias,
    }),
  ),
  mistake(
    'efficient.fireGradient',
    'shape',
    'images of one column: the gradient by the 3 × 3 filters is that of a 1 × 1 kernel in each column',
    (the) => {
      if (the.sizes.W === 1) return { dExpand3: reread(the.right.dExpand3, 1, () => 1) }
    },
    { sizes: { W: 1 } },
  ),
  mistake(
    'efficient.groupPointwise',
    'size',
    'from four groups on, the last has the filters of the one before',
    (the) => {
      const { G } = the.sizes
      if (G >= 4)
        return the.but({ filters: reread(the.inputs.filters, 0, (g) => (g === G - 1 ? G - 2 : g)) })
    },
    { sizes: { G: 4 } },
  ),
  mistake(
    'efficient.groupPointwise',
    'shape',
    'as many filters as channels in a group: reads them transposed when there is one group',
    (the) => {
      const { G, A, B } = the.sizes
      if (G === 1 && A === B) return the.but({ filters: transposed(the.inputs.filters) })
    },
    { sizes: { G: 1, A: 2, B: 2 } },
  ),
  mistake(
    'efficient.groupPointwiseGradient',
    'term',
    'the gradient by the filters of the last group misses the last row',
    (the) => {
      const { G, H } = the.sizes
      const short = the.but({ dy: clear(the.inputs.dy, 1, (i) => i === H - 1) }).dFilters
      return { dFilters: mixed(the.right.dFilters, short, (g) => g === G - 1) }
    },
  ),
  mistake(
    'efficient.groupPointwiseGradient',
    'size',
    'from 8 channels on, sends nothing back to the last',
    (the) => {
      const { C } = the.sizes
      if (C >= 8) return { dx: clear(the.right.dx, 3, (c) => c === C - 1) }
    },
    { sizes: { G: 2, A: 4 } },
  ),
  mistake(
    'efficient.channelShuffle',
    'size',
    'deals out in blocks of 16 channels, each for itself',
    (the) => {
      const { C } = the.sizes
      const { groups } = the.parameters
      if (C <= 16 || C % 16 > 0 || 16 % groups > 0) return
      const from = (c: number) => (c % groups) * (16 / groups) + Math.floor(c / groups)
      return { y: reread(the.inputs.x, 3, (c) => whole(c, 16) + from(c % 16)) }
    },
    { sizes: { C: 32 }, parameters: { groups: 2 } },
  ),
  careless(
    'efficient.channelShuffle',
    'state',
    'gives the array that it was given, shuffled',
    () => {
      const right = rightly(channelShuffle)
      return async (inputs, parameters) => {
        const { y } = await right(inputs, parameters)
        inputs.x.data.set(y.data)
        return { y: inputs.x }
      }
    },
    { sizes: { C: 4 }, parameters: { groups: 2 } },
  ),
  mistake(
    'efficient.channelShuffleGradient',
    'shape',
    'more groups than channels in each: deals the other way round',
    (the) => {
      const { C } = the.sizes
      const { groups } = the.parameters
      if (groups > C / groups) return the.but({}, { groups: C / groups })
    },
    { sizes: { C: 6 }, parameters: { groups: 3 } },
  ),
  mistake(
    'efficient.denseBlock',
    'size',
    'a third layer sees the image and the layer before it only',
    (the) => {
      const { C, K, L } = the.sizes
      if (L < 3) return
      // The filters of the third layer begin after those of the first, on C channels, and the second, on C + K.
      const third = 2 * C + K
      return the.but({
        filters: clear(the.inputs.filters, 2, (t) => t >= third + C && t < third + C + K),
      })
    },
    { sizes: { L: 3 } },
  ),
  mistake(
    'efficient.denseBlock',
    'shape',
    'a growth of as many maps as the image has channels: the second layer reads the image where the maps are',
    (the) => {
      const { C, K, L } = the.sizes
      const { filters } = the.inputs
      if (C === K && L === 2)
        return the.but({
          filters: change(filters, (w, u, v, t, k) =>
            t >= 2 * C ? 0 : t >= C ? w + filters.at(u, v, t + C, k) : w,
          ),
        })
    },
    { sizes: { C: 2, K: 2, L: 2 } },
  ),
  mistake(
    'efficient.denseBlockGradient',
    'term',
    'the gradient by the biases of all layers but the last misses the second image',
    (the) => {
      const { L, N } = the.sizes
      const short = the.but({ dy: clear(the.inputs.dy, 0, (n) => n > 0) }).dBiases
      if (N > 1) return { dBiases: mixed(the.right.dBiases, short, (l) => l < L - 1) }
    },
    { sizes: { N: 2, L: 2 } },
  ),
  mistake(
    'efficient.denseBlockGradient',
    'size',
    'from the third layer on, nothing comes back through the filters',
    (the) => {
      const { C, K, L } = the.sizes
      if (L >= 3)
        return { dx: the.but({ filters: clear(the.inputs.filters, 2, (t) => t >= 2 * C + K) }).dx }
    },
    { sizes: { L: 3 } },
  ),
]
