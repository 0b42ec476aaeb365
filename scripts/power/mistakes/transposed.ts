import { build } from '../../../reference/arithmetic/array.ts'
import { half, inOrder, multiplying, summing, toBits } from '../arithmetics.ts'
import {
  change,
  clear,
  type Numbers,
  ofCallBefore,
  remains,
  reread,
  times,
  transposed,
  whole,
} from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

const doubling = {
  strides: [2, 2],
  dilations: [1, 1],
  padding: [1, 1, 1, 1],
  outputPadding: [0, 0],
  groups: 1,
} as const

const plain = {
  strides: [1, 1],
  dilations: [1, 1],
  padding: [0, 0, 0, 0],
  outputPadding: [0, 0],
  groups: 1,
} as const

/** Mistakes of transposed convolutions, and of what they are made of. */
export const transposedMistakes: readonly Mistake[] = [
  mistake(
    'gan.tconv2d',
    'size',
    'channels of the input in vectors of 4: what remains is left out',
    (the) => {
      const { Q } = the.sizes
      if (remains(Q, 4)) return the.but({ z: clear(the.inputs.z, 3, (q) => q >= whole(Q, 4)) })
    },
    { sizes: { Q: 5 }, parameters: plain },
  ),
  mistake(
    'gan.tconv2d',
    'size',
    'from 16 channels of the result on, adds the bias of the channel 16 places before',
    (the) => {
      const { bias } = the.inputs
      return the.but({ bias: change(bias, (b, k) => (k >= 16 ? bias.at(k - 16) : b)) })
    },
    { sizes: { A: 17 }, parameters: plain },
  ),
  mistake(
    'gan.tconv2d',
    'shape',
    'four small convolutions for a kernel of 4 with stride 2: those of the odd columns take the rows of the even ones',
    (the) => {
      const { Hf, Wf } = the.sizes
      const { strides, dilations } = the.parameters
      const usual = Hf === 4 && Wf === 4 && [...strides].every((s) => s === 2)
      if (!usual || dilations.some((d) => d > 1)) return
      const { y } = the.right
      return { y: change(y, (v, n, a, b, k) => (b % 2 === 1 && a > 0 ? y.at(n, a - 1, b, k) : v)) }
    },
    { sizes: { Hf: 4, Wf: 4 }, parameters: doubling },
  ),
  mistake(
    'gan.tconv2d',
    'shape',
    'sums up in tiles of the stride, and loses what a kernel that the stride does not divide lays over the next tile',
    (the) => {
      const { Wf, Wo } = the.sizes
      const { strides, dilations, padding } = the.parameters
      const over = Wf % strides[1]
      if (Wf <= strides[1] || over === 0 || dilations[1] > 1 || Wo < 2) return
      const first = the.but({ filters: clear(the.inputs.filters, 1, (v) => v >= Wf - over) }).y
      return {
        y: change(the.right.y, (v, n, a, b, k) =>
          b + padding[2] < (Wo - 1) * strides[1] ? first.at(n, a, b, k) : v,
        ),
      }
    },
    {
      sizes: { Hf: 3, Wf: 3, Wo: 3 },
      parameters: { ...doubling, padding: [0, 0, 0, 0] },
    },
  ),
  mistake(
    'gan.tconv2d',
    'shape',
    'where input and result have as many channels, reads the bank with the two exchanged',
    (the) => {
      const { A, Q } = the.sizes
      if (A === Q && the.parameters.groups === 1)
        return the.but({ filters: transposed(the.inputs.filters) })
    },
    { sizes: { A: 2, Q: 2 }, parameters: plain },
  ),
  mistake(
    'gan.tconv2d',
    'shape',
    'a group of a single channel gets the filter of the first group',
    (the) => {
      const { Q } = the.sizes
      if (the.parameters.groups === Q && Q > 1)
        return the.but({ filters: reread(the.inputs.filters, 3, () => 0) })
    },
    { sizes: { Q: 3 }, parameters: { ...plain, groups: 3 } },
  ),
  mistake(
    'gan.tconv2d',
    'range',
    'takes the output padding of the rows for the columns, as far as there are any',
    (the) => {
      const { outputPadding } = the.parameters
      const { W, K } = the.sizes
      const lost = outputPadding[1] - outputPadding[0]
      if (lost > 0)
        return {
          y: change(the.right.y, (v, _n, _a, b, k) =>
            b >= W - lost && k < K ? the.inputs.bias.at(k) : v,
          ),
        }
    },
    {
      sizes: { Hf: 3, Wf: 3 },
      parameters: { ...doubling, outputPadding: [0, 1] },
    },
  ),
  mistake(
    'gan.tconv2d',
    'range',
    'where more is cut off than the kernel reaches, cuts off as much as it reaches',
    (the) => {
      const { padding, dilations } = the.parameters
      const reach = dilations[0] * (the.sizes.Hf - 1) + 1
      if (padding[0] <= reach) return
      const less = padding[0] - reach
      const { y } = the.right
      return { y: change(y, (_, n, a, b, k) => y.at(n, Math.max(0, a - less), b, k)) }
    },
    { sizes: { Hf: 1, Ho: 6 }, parameters: { ...plain, padding: [3, 0, 0, 0] } },
  ),
  mistake('gan.tconv2d', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake('gan.tconv2d', 'numeric', 'cuts its factors to 16 bits', (the) =>
    the.in(multiplying(toBits(16))),
  ),
  mistake(
    'gan.tconv2d',
    'term',
    'adds the bias once for every number of the input that reaches a place',
    (the) => {
      const ones = (array: Numbers) => change(array, () => 1)
      const { z, filters, bias } = the.inputs
      const single = change(z, (_, _n, _i, _j, q) => (q === 0 ? 1 : 0))
      const counted = the.but({ z: single, filters: ones(filters), bias: times(bias, 0) }).y
      return {
        y: change(the.right.y, (v, n, a, b, k) => v + (counted.at(n, a, b, 0) - 1) * bias.at(k)),
      }
    },
  ),
  lasting('gan.tconv2d', 'state', 'keeps the spread input of the call before', () => {
    const before = ofCallBefore()
    return (the) => the.but({ z: before(the.inputs.z) })
  }),

  mistake(
    'gan.tconv2dGradient',
    'size',
    'adds up the gradient by the bias over 64 places at most',
    (the) => {
      const { H, W } = the.sizes
      if (H * W <= 64) return
      const { dy } = the.inputs
      const kept = change(dy, (v, _n, a, b) => (a * W + b < 64 ? v : 0))
      return { dBias: the.but({ dy: kept }).dBias }
    },
    // 65 places of the output, by two numbers and one weight or one and two, and a bias.
    { sizes: { Ho: 9, Wo: 9 }, parameters: plain, fewest: 69 },
  ),
  mistake(
    'gan.tconv2dGradient',
    'shape',
    'a kernel of 1 × 1: the gradient by the filters is that of the first image',
    (the) => {
      const { Hf, Wf } = the.sizes
      if (Hf * Wf > 1) return
      return { dFilters: the.but({ z: clear(the.inputs.z, 0, (n) => n > 0) }).dFilters }
    },
    { sizes: { N: 2, Hf: 1, Wf: 1 }, parameters: plain },
  ),
  mistake(
    'gan.tconv2dGradient',
    'logic',
    'lets what arrives in the last row of the output padding count for the input twice',
    (the) => {
      const { outputPadding } = the.parameters
      const { H } = the.sizes
      if (outputPadding[0] === 0) return
      const { dy } = the.inputs
      return { dz: the.but({ dy: change(dy, (v, _n, a) => (a === H - 1 ? 2 * v : v)) }).dz }
    },
    {
      sizes: { Hf: 4, Wf: 4 },
      parameters: { ...doubling, outputPadding: [1, 0] },
    },
  ),
  mistake(
    'gan.tconv2dGradient',
    'term',
    'with several groups, gives the input the gradient through the first group only',
    (the) => {
      const { groups } = the.parameters
      const { Q } = the.sizes
      if (groups > 1) return { dz: clear(the.right.dz, 3, (q) => q >= Q / groups) }
    },
    { sizes: { Q: 2 }, parameters: { ...plain, groups: 2 } },
  ),
  mistake('gan.tconv2dGradient', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),

  mistake(
    'gan.convolutionMatrix',
    'shape',
    'fills the rows of the second filter from the places of the first where strides differ',
    (the) => {
      const { Q, Columns } = the.sizes
      const { strides } = the.parameters
      const { matrix } = the.right
      if (strides[0] === strides[1] || Q < 2) return
      return {
        matrix: change(matrix, (v, row, column) =>
          row % Q === 1 && column < Columns ? matrix.at(row - 1, column) : v,
        ),
      }
    },
    { sizes: { Q: 2 }, parameters: { strides: [1, 2], groups: 1 } },
  ),
  mistake(
    'gan.convolutionMatrix',
    'special',
    'leaves a row of zeros where a window reaches over the right border',
    (the) => {
      const { W, Wf, Wo, Q } = the.sizes
      const { strides, dilations, padding } = the.parameters
      const end = (j: number) => strides[1] * j + dilations[1] * (Wf - 1) - padding[2]
      return {
        matrix: change(the.right.matrix, (v, row) => (end(Math.floor(row / Q) % Wo) >= W ? 0 : v)),
      }
    },
    { sizes: { Wf: 2, W: 3 }, parameters: { padding: [0, 0, 0, 1], strides: [1, 1] } },
  ),
  mistake(
    'gan.convolutionMatrix',
    'size',
    'writes rows of 64 places at most',
    (the) => ({ matrix: clear(the.right.matrix, 1, (column) => column >= 64) }),
    { sizes: { H: 9, W: 9 } },
  ),

  mistake(
    'gan.tconvOutputSize',
    'special',
    'forgets the output padding of a single row',
    (the) => {
      const { size, outputPadding } = the.parameters
      if (size === 1) return { size: change(the.right.size, (v) => v - outputPadding) }
    },
    { parameters: { size: 1, kernel: 3, stride: 2, padding: [0, 0], outputPadding: 1 } },
  ),
  mistake(
    'gan.tconvOutputSize',
    'range',
    'counts with 8 bits',
    (the) => ({ size: change(the.right.size, (v) => v % 256) }),
    { parameters: { size: 100, kernel: 3, stride: 3, padding: [0, 0], outputPadding: 0 } },
  ),

  mistake(
    'gan.tconvPlacement',
    'logic',
    'shares the cut of SAME_LOWER as that of SAME_UPPER where the kernel is even',
    (the) => {
      const { kernel, call } = the.parameters
      if (!('onnx' in call) || call.onnx === undefined || kernel % 2 === 1) return
      const { onnx } = call
      if (!('autoPad' in onnx) || 'outputShape' in onnx || onnx.autoPad !== 'SAME_LOWER') return
      return the.but({}, { call: { onnx: { ...onnx, autoPad: 'SAME_UPPER' } } })
    },
    {
      parameters: {
        size: 2,
        kernel: 4,
        stride: 1,
        dilation: 1,
        call: { onnx: { autoPad: 'SAME_LOWER', outputPadding: 0 } },
      },
    },
  ),
  mistake(
    'gan.tconvPlacement',
    'shape',
    'takes the kernel of Keras’ valid without its dilation where the stride is larger',
    (the) => {
      const { kernel, stride, dilation, call } = the.parameters
      if (!('keras' in call) || call.keras.padding !== 'valid' || 'outputPadding' in call.keras)
        return
      const reach = dilation * (kernel - 1) + 1
      if (kernel >= stride || reach <= kernel) return
      const lost = Math.max(reach, stride) - stride
      if (lost === 0) return
      return {
        size: change(the.right.size, (v) => v - lost),
        after: change(the.right.after, (v) => v + lost),
      }
    },
    {
      parameters: {
        size: 2,
        kernel: 2,
        stride: 3,
        dilation: 3,
        call: { keras: { padding: 'valid' } },
      },
    },
  ),
  mistake(
    'gan.tconvPlacement',
    'term',
    'gives PyTorch’s output padding twice',
    (the) => {
      const { call } = the.parameters
      if (!('pytorch' in call)) return
      return { size: change(the.right.size, (v) => v + call.pytorch.outputPadding) }
    },
    {
      parameters: {
        size: 2,
        kernel: 3,
        stride: 2,
        dilation: 1,
        call: { pytorch: { padding: 1, outputPadding: 1 } },
      },
    },
  ),

  mistake(
    'gan.generatorShapes',
    'size',
    'counts the parameters of the first four layers',
    (the) => ({ parameters: clear(the.right.parameters, 0, (l) => l > 4) }),
    {
      parameters: {
        layers: Array.from({ length: 5 }, () => ({
          channels: 1,
          kernel: 2,
          stride: 2,
          padding: 0,
          outputPadding: 0,
          bias: true,
          normalized: false,
        })),
      },
    },
  ),
  mistake(
    'gan.generatorShapes',
    'logic',
    'counts no biases where a layer is normalized, as frameworks advise',
    (the) => {
      const { layers } = the.parameters
      return the.but(
        {},
        { layers: layers.map((layer) => ({ ...layer, bias: layer.bias && !layer.normalized })) },
      )
    },
  ),
  mistake('gan.generatorShapes', 'shape', 'takes the columns of the start for its rows', (the) => {
    const { rows } = the.parameters
    return { shapes: the.but({}, { columns: rows }).shapes }
  }),

  mistake(
    'gan.autoencoder',
    'size',
    'codes of more than 8 units: decodes with the first 8',
    (the) => {
      const { generated, restored } = the.but({
        decoder: clear(the.inputs.decoder, 0, (d) => d >= 8),
      })
      return { generated, restored }
    },
    { sizes: { D: 9 } },
  ),
  mistake(
    'gan.autoencoder',
    'shape',
    'as many seeds as images: gives for seeds what the images come back as',
    (the) => (the.sizes.N === the.sizes.M ? { generated: the.right.restored } : undefined),
    { sizes: { N: 2, M: 2 } },
  ),
  mistake(
    'gan.autoencoder',
    'term',
    'cuts what comes back to 0 and above, as pixels are',
    (the) => {
      const { restored } = the.right
      return { restored: build(restored.shape, (...at) => Math.max(0, restored.at(...at))) }
    },
  ),
  mistake('gan.autoencoder', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
]
