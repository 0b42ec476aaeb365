import { build } from '../../../reference/arithmetic/array.ts'
import { doubles, half, inOrder, summing, toBits } from '../arithmetics.ts'
import { change, clear, ofCallBefore, reread, scalar, times, transposed } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of what transfers a trained network to another task. */
export const transferMistakes: readonly Mistake[] = [
  mistake(
    'transfer.network',
    'size',
    'from the fifth unit on, the second layer has no biases',
    (the) => the.but({ biases2: clear(the.inputs.biases2, 0, (f) => f >= 4) }),
    { sizes: { F: 5 } },
  ),
  mistake(
    'transfer.network',
    'special',
    'lower features end at 65504',
    (the) => ({
      lower: change(the.right.lower, (v) => Math.min(v, 65504)),
    }),
    { elements: { x: (v) => v * 1e6 } },
  ),
  mistake('transfer.network', 'term', 'gives the higher features before their rectifier', (the) => {
    const { weights2, biases2 } = the.inputs
    const { lower } = the.right
    const [N, H] = lower.shape
    const z = (n: number, f: number) => {
      let sum = biases2.at(f)
      for (let h = 0; h < H; h++) sum += lower.at(n, h) * weights2.at(h, f)
      return sum
    }
    return { higher: build([N, the.sizes.F], z) }
  }),
  mistake(
    'transfer.networkLoss',
    'numeric',
    'takes the exponentials of the scores without taking the largest one away',
    (the) => {
      if (the.parameters.loss !== 'softmax') return
      return the.in(
        doubles({
          // Of several scores; a rectifier takes the maximum of 0 and one number.
          maximum: (terms) => (terms.length > 1 && terms[0] !== 0 ? 0 : Math.max(...terms)),
          exp: (x) => Math.fround(Math.exp(x)),
        }),
      )
    },
    { parameters: { loss: 'softmax' }, elements: { bias: (v) => 100 + Math.abs(v) } },
  ),
  mistake(
    'transfer.networkLoss',
    'range',
    'of a single class takes the cross entropy of two',
    (the) => {
      if (the.parameters.loss === 'softmax' && the.sizes.C === 1) return { loss: scalar(Math.LN2) }
    },
    { sizes: { C: 1 }, parameters: { loss: 'softmax' } },
  ),
  mistake(
    'transfer.networkGradient',
    'size',
    'batches of more than four samples: divides by four',
    (the) => {
      const { N } = the.sizes
      if (N > 4)
        return { dHead: times(the.right.dHead, N / 4), dBias: times(the.right.dBias, N / 4) }
    },
    { sizes: { N: 5 } },
  ),
  mistake(
    'transfer.networkGradient',
    'shape',
    'as many classes as higher features: gives the gradient by the head transposed',
    (the) => {
      if (the.sizes.F === the.sizes.C) return { dHead: transposed(the.right.dHead) }
    },
    { sizes: { F: 2, C: 2 } },
  ),
  mistake(
    'transfer.replaceHead',
    'size',
    'a second hidden layer of the head is left out of the count',
    (the) => {
      const { hidden } = the.parameters
      const { trainable, parameters } = the.right
      const before = parameters.shape[0] - 2
      if (hidden.length === 2)
        return { trainable: change(trainable, (v) => v - parameters.at(before)) }
    },
    { parameters: { hidden: [2, 3] } },
  ),
  mistake(
    'transfer.replaceHead',
    'range',
    'counts in 16 bits',
    (the) => ({
      parameters: change(the.right.parameters, (v) => v % 65536),
    }),
    { parameters: { widths: [300, 300, 2], cut: 1, hidden: [], classes: 300 } },
  ),
  mistake(
    'transfer.freezeStep',
    'size',
    'a mask of 32 bits: the 33rd parameter is as free as the first',
    (the) => the.but({ frozen: reread(the.inputs.frozen, 0, (p) => p % 32) }),
    { sizes: { P: 40 } },
  ),
  mistake(
    'transfer.freezeStep',
    'logic',
    'applies the decay after the step instead of in the velocity, without momentum',
    (the) => {
      const { momentum, decay, rate } = the.parameters
      const { parameters, frozen } = the.inputs
      const plain = the.but({}, { decay: 0 })
      if (momentum === 0)
        return {
          parameters: change(plain.parameters, (v, p) =>
            frozen.at(p) ? parameters.at(p) : v * (1 - rate * decay),
          ),
        }
    },
    { parameters: { momentum: 0, decay: 0.5 } },
  ),
  mistake(
    'transfer.freezeStep',
    'range',
    'takes a momentum of 1 for none',
    (the) => {
      if (the.parameters.momentum === 1) return the.but({}, { momentum: 0 })
    },
    { parameters: { momentum: 1 } },
  ),
  mistake(
    'transfer.freezeStep',
    'special',
    'a NaN in the velocity of a frozen parameter becomes 0',
    (the) => ({
      velocity: change(the.right.velocity, (v) => (Number.isNaN(v) ? 0 : v)),
    }),
    { elements: { velocity: () => Number.NaN, frozen: () => 1 } },
  ),
  mistake(
    'transfer.denseDescriptors',
    'logic',
    'rectifies the lower features once more with the second biases where there are as many',
    (the) => {
      const { H, F } = the.sizes
      const { biases2 } = the.inputs
      if (the.parameters.layer === 1 && H === F)
        return {
          descriptors: change(the.right.descriptors, (v, _n, h) => Math.max(0, v + biases2.at(h))),
        }
    },
    { sizes: { H: 2, F: 2 }, parameters: { layer: 1 } },
  ),
  mistake(
    'transfer.denseDescriptors',
    'size',
    'the fifth sample and later get the descriptor of the first',
    (the) => ({
      descriptors: reread(the.right.descriptors, 0, (n) => (n >= 4 ? 0 : n)),
    }),
    { sizes: { N: 5 } },
  ),
  mistake(
    'transfer.convolutionalDescriptors',
    'shape',
    'maps of one row are averaged over one pixel more',
    (the) => {
      const { R, S, U, V } = the.sizes
      const columns = S - V + 1
      if (the.parameters.pooled && R === U && columns > 1)
        return { descriptors: times(the.right.descriptors, columns / (columns + 1)) }
    },
    { sizes: { U: 2, R: 2, S: 4 }, parameters: { pooled: true } },
  ),
  mistake(
    'transfer.convolutionalDescriptors',
    'size',
    'from 8 filters on, the bias of the last is that of the first',
    (the) => {
      const { Q } = the.sizes
      if (Q >= 8) return the.but({ bias: reread(the.inputs.bias, 0, (q) => (q === Q - 1 ? 0 : q)) })
    },
    { sizes: { Q: 8 } },
  ),
  mistake(
    'transfer.descriptorSize',
    'shape',
    'kernels as large as the image give no position',
    (the) => {
      const { rows, columns, kernelRows, kernelColumns, pooled } = the.parameters
      if (rows === kernelRows && columns === kernelColumns && !pooled) return { length: scalar(0) }
    },
    { parameters: { rows: 2, columns: 3, kernelRows: 2, kernelColumns: 3, pooled: false } },
  ),
  mistake(
    'transfer.descriptorSize',
    'range',
    'counts weights in 16 bits',
    (the) => ({
      weights: change(the.right.weights, (v) => v % 65536),
    }),
    {
      parameters: {
        kernelRows: 3,
        kernelColumns: 3,
        rows: 7,
        columns: 7,
        channels: 512,
        filters: 512,
      },
    },
  ),
  mistake(
    'transfer.trainHead',
    'size',
    'from the fourth step on, takes the first batch again',
    (the) => {
      const { steps } = the.parameters
      if (steps < 4) return
      const { losses } = the.right
      return { losses: change(losses, (v, t) => (t >= 3 ? losses.at(0) : v)) }
    },
    { parameters: { steps: 4, rate: 0.125 } },
  ),
  mistake(
    'transfer.trainHead',
    'term',
    'does not divide the gradient of the bias by the batch',
    (the) => {
      const { batch, steps } = the.parameters
      const { bias } = the.inputs
      if (steps === 1)
        return { bias: change(the.right.bias, (v, c) => bias.at(c) + batch * (v - bias.at(c))) }
    },
    { parameters: { steps: 1, batch: 2, decay: 0, momentum: 0 } },
  ),
  mistake(
    'transfer.trainHead',
    'logic',
    'reports the loss after each step instead of before it',
    (the) => {
      const { losses } = the.right
      return { losses: reread(losses, 0, (t) => Math.min(t + 1, losses.shape[0] - 1)) }
    },
    { parameters: { steps: 3 } },
  ),
  mistake(
    'transfer.trainHead',
    'range',
    'batches larger than the set take each sample once',
    (the) => {
      const { batch } = the.parameters
      const { N } = the.sizes
      if (batch > N) return the.but({}, { batch: N })
    },
    { sizes: { N: 2 }, parameters: { batch: 3 } },
  ),
  mistake(
    'transfer.finetune',
    'logic',
    'with a frozen layer, starts with a velocity of 0 in every second step',
    (the) => {
      const { frozen, momentum, steps } = the.parameters
      if (frozen === 1 && momentum > 0 && steps > 1)
        return { head: the.but({}, { momentum: 0 }).head }
    },
    { parameters: { frozen: 1, momentum: 0.5, steps: 3 } },
  ),
  mistake(
    'transfer.finetune',
    'term',
    'nothing frozen: the lowest biases stay as they are',
    (the) => {
      if (the.parameters.frozen === 0) return { biases1: the.inputs.biases1 }
    },
    { parameters: { frozen: 0 } },
  ),
  mistake('transfer.finetune', 'numeric', 'adds up gradients in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake(
    'transfer.strategy',
    'logic',
    'takes small and different data for small and similar',
    (the) => {
      const { size, similarity } = the.parameters
      if (size === 'small' && similarity === 'different')
        return the.but({}, { similarity: 'similar' })
    },
  ),
  mistake(
    'transfer.extractionLayer',
    'special',
    'the highest similarity gives a layer that does not exist',
    (the) => {
      const { size, similarity, levels } = the.parameters
      if (size === 'small' && similarity === levels)
        return { layer: change(the.right.layer, (v) => v + 1) }
    },
    { parameters: { size: 'small', similarity: 2, levels: 2 } },
  ),
  mistake('transfer.extractionLayer', 'range', 'knows up to ten layers', (the) =>
    the.but({}, { layers: Math.min(10, the.parameters.layers) }),
  ),
  mistake(
    'transfer.warmStart',
    'special',
    'takes at least one step, however near the start is',
    (the) => ({
      warm: change(the.right.warm, (v) => Math.max(1, v)),
    }),
  ),
  mistake('transfer.warmStart', 'numeric', 'takes 1 − q for −ln q', (the) => {
    const { contraction, distance, tolerance } = the.parameters
    return {
      cold: scalar(Math.max(0, Math.ceil(Math.log(distance / tolerance) / (1 - contraction)))),
    }
  }),
  lasting(
    'transfer.freezeStep',
    'state',
    'keeps the mask of the call before, when there are as many parameters',
    () => {
      const before = ofCallBefore()
      return (the) => the.but({ frozen: before(the.inputs.frozen) })
    },
  ),
  mistake(
    'transfer.networkGradient',
    'term',
    'several samples: the gradient by the image is that of the first for all',
    (the) => {
      const { dx } = the.right
      return { dx: change(dx, (_, _n, i) => dx.at(0, i)) }
    },
  ),
  mistake(
    'transfer.networkGradient',
    'numeric',
    'keeps the higher features in bfloat16 for the way back',
    (the) => ({
      dHead: change(the.right.dHead, toBits(8)),
    }),
  ),
]
