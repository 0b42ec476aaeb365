import { block, blockGradient } from '../../../spec/resnet/block.ts'
import { doubles, half, inOrder, multiplying, summing, toBits } from '../arithmetics.ts'
import { change, clear, ofCallBefore, reread, times, transposed } from '../arrays.ts'
import { addingUp, careless, lasting, type Mistake, mistake, rightly } from '../mistake.ts'

/** Mistakes of residual blocks and stacks. */
export const residualMistakes: readonly Mistake[] = [
  mistake(
    'resnet.block',
    'size',
    'from 8 channels on, the first convolution leaves the last one of the image out',
    (the) => {
      const { C } = the.sizes
      if (C >= 8)
        return the.but({
          filters1: change(the.inputs.filters1, (w, _u, _v, c) => (c === C - 1 ? 0 : w)),
        })
    },
    { sizes: { C: 8, H: 2, W: 2 } },
  ),
  careless(
    'resnet.block',
    'state',
    'with pre-activation, rectifies the image in place before the shortcut takes it',
    () => {
      const right = rightly(block)
      return async (inputs, parameters) => {
        if (parameters.variant !== 'pre-activation') return right(inputs, parameters)
        const rectified = Float32Array.from(inputs.x.data, (v) => Math.max(v, 0))
        return right({ ...inputs, x: { ...inputs.x, data: rectified } }, parameters)
      }
    },
    { parameters: { variant: 'pre-activation', shortcut: 'identity' } },
  ),
  mistake(
    'resnet.block',
    'shape',
    'images of one row take the middle row of the kernels for the first',
    (the) => {
      if (the.sizes.H === 1)
        return the.but({ filters1: reread(the.inputs.filters1, 0, (u) => (u === 1 ? 0 : u)) })
    },
    { sizes: { H: 1 } },
  ),
  mistake(
    'resnet.block',
    'special',
    'pixels that are 0 in all channels get no second bias',
    (the) => {
      const { x, bias2 } = the.inputs
      const { C } = the.sizes
      const empty = (n: number, i: number, j: number) =>
        Array.from({ length: C }, (_, c) => x.at(n, i, j, c)).every((v) => v === 0)
      if (the.parameters.variant === 'linear')
        return { y: change(the.right.y, (v, n, i, j, c) => (empty(n, i, j) ? v - bias2.at(c) : v)) }
    },
    { parameters: { variant: 'linear' }, elements: { x: () => 0 } },
  ),
  mistake('resnet.block', 'numeric', 'keeps the branch in bfloat16', (the) =>
    the.in(multiplying(toBits(8))),
  ),
  mistake(
    'resnet.blockGradient',
    'shape',
    'pre-activation without a shortcut: adds the gradient of the shortcut all the same',
    (the) => {
      const { variant, shortcut } = the.parameters
      if (variant === 'pre-activation' && shortcut === 'none')
        return { dx: the.but({}, { shortcut: 'identity' }).dx }
    },
    { parameters: { variant: 'pre-activation', shortcut: 'none' } },
  ),
  mistake(
    'resnet.blockGradient',
    'size',
    'from the fifth channel on, the gradient by the first bias is that by the second',
    (the) => ({
      dBias1: change(the.right.dBias1, (v, c) => (c >= 4 ? the.right.dBias2.at(c) : v)),
    }),
    { sizes: { C: 5 } },
  ),
  careless(
    'resnet.blockGradient',
    'state',
    'adds the gradients by the filters to those of the call before, when shapes are the same',
    () => addingUp(blockGradient, 'dFilters2'),
  ),
  mistake(
    'resnet.projectionBlock',
    'range',
    'strides above 2 count as 2 in the shortcut',
    (the) => {
      const { stride } = the.parameters
      const { x, projection } = the.inputs
      const { C } = the.sizes
      if (stride <= 2 || the.parameters.variant !== 'linear') return
      const shortcut = (n: number, i: number, j: number, q: number, s: number) => {
        let sum = 0
        for (let c = 0; c < C; c++) sum += x.at(n, s * i, s * j, c) * projection.at(0, 0, c, q)
        return sum
      }
      return {
        y: change(
          the.right.y,
          (v, n, i, j, q) => v - shortcut(n, i, j, q, stride) + shortcut(n, i, j, q, 2),
        ),
      }
    },
    { sizes: { H: 5, W: 5 }, parameters: { stride: 3, variant: 'linear' } },
  ),
  mistake(
    'resnet.projectionBlock',
    'shape',
    'twice as many channels out as in, the common case: the second half has no shortcut',
    (the) => {
      const { C, Q } = the.sizes
      if (Q === 2 * C)
        return the.but({
          projection: change(the.inputs.projection, (w, _u, _v, _c, q) => (q >= C ? 0 : w)),
        })
    },
    { sizes: { C: 2, Q: 4 } },
  ),
  mistake(
    'resnet.projectionBlockGradient',
    'term',
    'leaves the gradient of pixels that the shortcut does not see at that of the branch in every variant but the linear one',
    (the) => {
      if (the.parameters.variant === 'linear') return
      return { dx: the.but({ projection: times(the.inputs.projection, 0) }).dx }
    },
  ),
  mistake(
    'resnet.projectionBlockGradient',
    'size',
    'batches of three and more: the gradient by the projection is that of the first two',
    (the) => {
      const { dy } = the.inputs
      if (the.sizes.N > 2)
        return { dProjection: the.but({ dy: clear(dy, 0, (n) => n >= 2) }).dProjection }
    },
    { sizes: { N: 3 } },
  ),
  mistake(
    'resnet.bottleneck',
    'shape',
    'as many channels inside as outside: reads the expanding filters transposed',
    (the) => {
      const { B, C } = the.sizes
      if (B === C) return the.but({ expand: transposed(the.inputs.expand) })
    },
    { sizes: { B: 2, C: 2 } },
  ),
  mistake(
    'resnet.bottleneck',
    'size',
    'from 8 inner channels on, the last has no bias',
    (the) => {
      const { B } = the.sizes
      if (B >= 8) return the.but({ bias: clear(the.inputs.bias, 0, (b) => b === B - 1) })
    },
    { sizes: { B: 8, H: 2, W: 2 } },
  ),
  mistake(
    'resnet.bottleneckGradient',
    'term',
    'the gradient by the bias of the reduction misses the border of the image',
    (the) => {
      const { H, W } = the.sizes
      const inner = change(the.inputs.dy, (v, _n, i, j) =>
        i === 0 || j === 0 || i === H - 1 || j === W - 1 ? 0 : v,
      )
      return { dReduceBias: the.but({ dy: inner }).dReduceBias }
    },
  ),
  mistake('resnet.bottleneckGradient', 'numeric', 'sends gradients back in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'resnet.stack',
    'size',
    'from the fourth layer on, uses the weights of the third',
    (the) => ({
      ...the.but({ weights: reread(the.inputs.weights, 0, (l) => Math.min(l, 2)) }),
    }),
    { sizes: { L: 4 } },
  ),
  mistake('resnet.stack', 'numeric', 'keeps the states in half precision', (the) => {
    const { states } = the.right
    return { states: change(states, (v, l) => (l > 0 ? half(v) : v)) }
  }),
  mistake(
    'resnet.stack',
    'term',
    'gives the states before the shortcut as branches from the second layer on',
    (the) => {
      const { branches, states } = the.right
      if (the.parameters.shortcut === 'identity')
        return { branches: change(branches, (v, l, d) => (l > 0 ? states.at(l + 1, d) : v)) }
    },
    { sizes: { L: 2 }, parameters: { shortcut: 'identity' } },
  ),
  mistake(
    'resnet.stackGradient',
    'shape',
    'one unit: forgets the shortcut',
    (the) => {
      if (the.sizes.D === 1) return the.but({}, { shortcut: 'none' })
    },
    { sizes: { D: 1 }, parameters: { shortcut: 'identity' } },
  ),
  mistake(
    'resnet.stackGradient',
    'size',
    'more than three layers: the gradient by the biases of the fourth is that of the third',
    (the) => ({
      dBiases: reread(the.right.dBiases, 0, (l) => (l === 3 ? 2 : l)),
    }),
    { sizes: { L: 4 } },
  ),
  lasting(
    'resnet.stackGradient',
    'state',
    'keeps the slopes of tanh from the forward call before',
    () => {
      const before = ofCallBefore()
      return (the) => {
        const stale = before(the.inputs.x)
        if (the.parameters.activation === 'tanh') return { dx: the.but({ x: stale }).dx }
      }
    },
    { parameters: { activation: 'tanh' } },
  ),
  mistake(
    'resnet.jacobianPaths',
    'size',
    'from four layers on, the longest path is missing from the sum',
    (the) => {
      const { jacobian, paths } = the.right
      const last = paths.shape[0] - 1
      if (the.sizes.L >= 4)
        return { jacobian: change(jacobian, (v, a, b) => v - paths.at(last, a, b)) }
    },
    { sizes: { L: 4 } },
  ),
  mistake(
    'resnet.jacobianPaths',
    'shape',
    'takes Jacobians of two units for symmetric',
    (the) => {
      if (the.sizes.D === 2) {
        const { jacobians } = the.inputs
        return the.but({
          jacobians: change(jacobians, (v, l, a, b) => (a > b ? jacobians.at(l, b, a) : v)),
        })
      }
    },
    { sizes: { D: 2 } },
  ),
  mistake(
    'resnet.chainDescent',
    'numeric',
    'divides the product of all layers by the own one, which is 0 / 0 at 0',
    (the) => {
      const { weights } = the.inputs
      const s = the.parameters.shortcut === 'identity' ? 1 : 0
      const gradient = change(the.right.gradient, (v, l) =>
        s + weights.at(l) === 0 ? Number.NaN : v,
      )
      return { gradient }
    },
    { parameters: { shortcut: 'none' }, elements: { weights: (v, at) => (at === 0 ? 0 : v) } },
  ),
  mistake(
    'resnet.chainDescent',
    'size',
    'layers after the fourth do not move',
    (the) => {
      const { weights } = the.inputs
      const { gradient, losses } = the.right
      const { shortcut, target, rate } = the.parameters
      const s = shortcut === 'identity' ? 1 : 0
      const product = weights.data.reduce(
        (f, w, l) => f * (s + (l < 4 ? w - rate * gradient.at(l) : w)),
        1,
      )
      if (weights.shape[0] > 4)
        return { losses: change(losses, (v, t) => (t === 1 ? (product - target) ** 2 / 2 : v)) }
    },
    { sizes: { L: 5 } },
  ),
  mistake('resnet.block', 'term', 'the second and later images have no first bias', (the) => {
    const without = the.but({ bias1: times(the.inputs.bias1, 0) }).y
    return { y: change(the.right.y, (v, n, ...at) => (n > 0 ? without.at(n, ...at) : v)) }
  }),
  mistake('resnet.projectionBlock', 'numeric', 'rounds answers to 14 bits', (the) => ({
    y: change(the.right.y, toBits(14)),
  })),
  mistake(
    'resnet.stack',
    'special',
    'tanh of 20 and above is NaN, ∞ / ∞',
    (the) => the.in(doubles({ tanh: (x) => (Math.abs(x) >= 20 ? Number.NaN : Math.tanh(x)) })),
    { parameters: { activation: 'tanh' }, elements: { biases: () => 40 } },
  ),
]
