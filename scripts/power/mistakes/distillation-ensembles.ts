import { doubles, half, single, toBits } from '../arithmetics.ts'
import { change, reread, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of ensembles, and of students that learn from what was not labelled. */
export const ensembleMistakes: readonly Mistake[] = [
  mistake(
    'distillation.ensemble',
    'size',
    'averages four members at most',
    (the) => {
      const { predictions } = the.inputs
      if (the.sizes.T > 4) return the.but({ predictions: reread(predictions, 0, (m) => m % 4) })
    },
    { sizes: { T: 5 } },
  ),
  mistake(
    'distillation.ensemble',
    'numeric',
    'takes the ambiguity as a difference of mean squares, in single precision',
    (the) => {
      const { predictions } = the.inputs
      const { T, C } = the.sizes
      const mean = (of: (m: number) => number) => {
        let total = 0
        for (let m = 0; m < T; m++) total = single(total + of(m))
        return single(total / T)
      }
      return {
        ambiguity: change(the.right.ambiguity, (_, n) => {
          let total = 0
          for (let c = 0; c < C; c++) {
            const squares = mean((m) => single(predictions.at(m, n, c) ** 2))
            const square = single(mean((m) => predictions.at(m, n, c)) ** 2)
            total = single(total + single(squares - square))
          }
          return total
        }),
      }
    },
    { sizes: { T: 2, C: 1 }, elements: { predictions: (v) => 1000 + v / 100 } },
  ),
  mistake(
    'distillation.ensembleCrossEntropy',
    'special',
    'of equal members, doubles the loss',
    (the) => {
      const { z } = the.inputs
      const equal = z.data.every((v) => v === z.data[0])
      if (equal && the.sizes.T > 1) return { loss: times(the.right.loss, 2) }
    },
    { sizes: { T: 2, C: 2, N: 1 }, elements: { z: () => 1, targets: () => 1 } },
  ),
  mistake(
    'distillation.ensembleGradient',
    'size',
    'gives what four members at most would have of the mean',
    (the) => {
      const { T } = the.sizes
      if (T <= 4) return
      const more = T / 4
      return the.but({
        dAverage: times(the.inputs.dAverage, more),
        dError: times(the.inputs.dError, more),
      })
    },
    { sizes: { T: 5 } },
  ),
  mistake(
    'distillation.ensembleGradient',
    'logic',
    'gives the first member what the last is to have of its own error',
    (the) => {
      const { T } = the.sizes
      return the.but({ dErrors: reread(the.inputs.dErrors, 0, (m) => (m === 0 ? T - 1 : m)) })
    },
    { sizes: { T: 2 } },
  ),
  mistake(
    'distillation.ensembleCrossEntropyGradient',
    'size',
    'takes the shares of eight members at most',
    (the) => {
      const { T } = the.sizes
      if (T > 8) return { dz: times(the.right.dz, T / 8) }
    },
    { sizes: { T: 9, C: 2, N: 1 } },
  ),
  mistake(
    'distillation.ensembleCrossEntropyGradient',
    'shape',
    'of a single sample, leaves the losses of the members out',
    (the) => {
      if (the.sizes.N === 1) return the.but({ dLosses: times(the.inputs.dLosses, 0) })
    },
    { sizes: { N: 1, C: 2 } },
  ),
  mistake(
    'distillation.ensembleCrossEntropy',
    'logic',
    'asks the first member alone where targets are 0 somewhere',
    (the) => {
      const { targets } = the.inputs
      if (targets.data.some((t) => t === 0))
        return { loss: change(the.right.loss, (_, n) => the.right.losses.at(0, n)) }
    },
    { sizes: { T: 2, C: 2, N: 1 }, elements: { targets: (_, at) => at % 2 } },
  ),
  mistake(
    'distillation.pseudoLabels',
    'size',
    'looks for the largest among the first sixteen classes',
    (the) => {
      const { predictions } = the.inputs
      if (the.sizes.C > 16 && the.parameters.kind === 'hard')
        return the.but({ predictions: change(predictions, (v, _, __, c) => (c < 16 ? v : 0)) })
    },
    {
      sizes: { C: 20 },
      parameters: { kind: 'hard' },
      elements: { predictions: (_, at) => at % 20 },
    },
  ),
  mistake(
    'distillation.pseudoLabels',
    'numeric',
    'averages in half precision',
    (the) => the.in(doubles({ divide: (x, y) => half(x / y) })),
    { sizes: { T: 3 }, parameters: { kind: 'soft' } },
  ),
  mistake(
    'distillation.studentStep',
    'size',
    'takes the mean over 16 samples at most',
    (the) => {
      const { N } = the.sizes
      if (N <= 16) return
      const by = N / 16
      const { weights, bias } = the.inputs
      return {
        weights: change(
          the.right.weights,
          (w, d, c) => weights.at(d, c) + by * (w - weights.at(d, c)),
        ),
        bias: change(the.right.bias, (b, c) => bias.at(c) + by * (b - bias.at(c))),
      }
    },
    {
      sizes: { N: 17, C: 2 },
      parameters: { rate: 1, temperature: 1 },
      elements: { v: (_, at) => at % 2 },
    },
  ),
  mistake(
    'distillation.studentStep',
    'range',
    'takes temperatures above 10 for 10',
    (the) => the.but({}, { temperature: Math.min(10, the.parameters.temperature) }),
    {
      sizes: { C: 2 },
      parameters: { rate: 1, temperature: 20 },
      elements: { v: (_, at) => 40 * (at % 2) },
    },
  ),
  mistake(
    'distillation.studentStep',
    'logic',
    'softens the teacher alone',
    (the) => {
      const { temperature } = the.parameters
      if (temperature === 1) return
      const { weights, bias } = the.inputs
      const sharp = the.but(
        { weights: times(weights, temperature), bias: times(bias, temperature) },
        {},
      )
      return {
        loss: sharp.loss,
        weights: change(
          sharp.weights,
          (w, d, c) => w - temperature * weights.at(d, c) + weights.at(d, c),
        ),
        bias: change(sharp.bias, (b, c) => b - temperature * bias.at(c) + bias.at(c)),
      }
    },
    {
      sizes: { C: 2 },
      parameters: { rate: 1, temperature: 4 },
      elements: { weights: (_, at) => at, x: () => 1 },
    },
  ),
  mistake(
    'distillation.studentStep',
    'numeric',
    'keeps probabilities in bfloat16',
    (the) => the.in(doubles({ exp: (x) => toBits(8)(Math.exp(x)) })),
    {
      sizes: { C: 2 },
      parameters: { rate: 1, temperature: 1 },
      elements: { v: (_, at) => 1.1 * at },
    },
  ),
  mistake(
    'distillation.studentStep',
    'term',
    'trains the biases by the first sample',
    (the) => {
      const { N } = the.sizes
      if (N === 1) return
      const C = the.sizes.C
      const first = the.but({
        x: change(the.inputs.x, (_, __, d) => the.inputs.x.at(0, d)),
        v: change(the.inputs.v, (_, __, c) => the.inputs.v.at(0, c)),
      })
      return C === 1 ? undefined : { bias: first.bias }
    },
    {
      sizes: { N: 2, C: 2 },
      parameters: { rate: 1, temperature: 1 },
      elements: { v: (_, at) => at * at },
    },
  ),
]
