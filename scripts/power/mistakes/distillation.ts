import { cutToBits, doubles, half, inOrder, single, summing, toBits } from '../arithmetics.ts'
import { change, type Numbers, reread, scalar, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

const rowsOf = (z: Numbers) =>
  Array.from({ length: z.shape[0] }, (_, n) => z.data.slice(n * z.shape[1], (n + 1) * z.shape[1]))

/** Mistakes of what passes on what a large network knows. */
export const distillationMistakes: readonly Mistake[] = [
  mistake('distillation.softmax', 'numeric', 'keeps the exponentials in bfloat16', (the) =>
    the.in(doubles({ exp: (x) => toBits(8)(Math.exp(x)) })),
  ),
  mistake(
    'distillation.softmax',
    'numeric',
    'holds exponents below −20 for −∞',
    (the) => the.in(doubles({ exp: (x) => (x < -20 ? 0 : Math.exp(x)) })),
    { sizes: { C: 2 }, elements: { z: (_, at) => (at % 2) * 25 }, parameters: { temperature: 1 } },
  ),
  mistake(
    'distillation.softmax',
    'size',
    'takes the largest of the first 32 scores off',
    (the) => {
      const rows = rowsOf(the.inputs.z).map((row) => {
        const scores = row.map((v) => single(v / the.parameters.temperature))
        const largest = Math.max(...scores.slice(0, 32))
        const powers = scores.map((v) => single(Math.exp(single(v - largest))))
        const sum = powers.reduce((total, v) => single(total + v), 0)
        return powers.map((v) => v / sum)
      })
      return { y: change(the.right.y, (_, n, c) => rows[n][c]) }
    },
    {
      sizes: { C: 40 },
      elements: { z: (_, at) => (at % 40 === 39 ? 200 : 0) },
      parameters: { temperature: 1 },
    },
  ),
  mistake(
    'distillation.softmax',
    'range',
    'takes a temperature below 1 for 1',
    (the) => the.but({}, { temperature: Math.max(1, the.parameters.temperature) }),
    { sizes: { C: 2 }, parameters: { temperature: 0.5 } },
  ),
  mistake(
    'distillation.softmaxGradient',
    'size',
    'leaves classes from the ninth on out of the sum',
    (the) => {
      const first = change(the.inputs.dy, (v, _, c) => (c >= 8 ? 0 : v))
      const { dz } = the.but({ dy: first })
      return { dz: change(the.right.dz, (v, n, c) => (c >= 8 ? v : dz.at(n, c))) }
    },
    { sizes: { C: 10 } },
  ),
  mistake(
    'distillation.softmaxGradient',
    'term',
    'divides by the square of the temperature',
    (the) => ({
      dz: times(the.right.dz, 1 / the.parameters.temperature),
    }),
  ),
  mistake(
    'distillation.logSoftmax',
    'special',
    'of equal scores, all but the first are a little less',
    (the) => {
      const { z } = the.inputs
      const equal = rowsOf(z).map((row) => row.length > 1 && row.every((v) => v === row[0]))
      return { y: change(the.right.y, (v, n, c) => (equal[n] && c > 0 ? v - 1e-3 : v)) }
    },
    { sizes: { C: 3 }, elements: { z: () => 2 } },
  ),
  mistake(
    'distillation.logSoftmax',
    'numeric',
    'is never below the logarithm of the smallest normal number',
    (the) => ({ y: change(the.right.y, (v) => Math.max(v, -87.33)) }),
    { sizes: { C: 2 }, elements: { z: (_, at) => (at % 2) * 200 }, parameters: { temperature: 1 } },
  ),
  mistake(
    'distillation.logSoftmaxGradient',
    'shape',
    'two classes: takes the gradient of the other one as well for its own',
    (the) => {
      if (the.sizes.C === 2) return the.but({ dy: reread(the.inputs.dy, 1, (c) => 1 - c) })
    },
    { sizes: { C: 2 } },
  ),
  mistake(
    'distillation.logSoftmaxGradient',
    'numeric',
    'adds up the gradients in half precision',
    (the) => the.in(summing(inOrder(half))),
  ),
  mistake(
    'distillation.logSumExp',
    'logic',
    'where the largest score is negative, takes 0 for it',
    (the) => {
      const largest = rowsOf(the.inputs.z).map((row) => Math.max(...row))
      return { y: change(the.right.y, (v, n) => (largest[n] < 0 ? v - largest[n] : v)) }
    },
    { sizes: { N: 1 }, elements: { z: (v) => -Math.abs(v) - 1 } },
  ),
  mistake(
    'distillation.logSumExp',
    'shape',
    'one class: gives τ ln 1, and no score',
    (the) => {
      if (the.sizes.C === 1) return { y: times(the.right.y, 0) }
    },
    { sizes: { C: 1 } },
  ),
  mistake(
    'distillation.logSumExpGradient',
    'size',
    'gives samples from the fourth on the gradient of the third',
    (the) => the.but({ dy: reread(the.inputs.dy, 0, (n) => Math.min(n, 2)) }),
    { sizes: { N: 4 } },
  ),
  mistake('distillation.logSumExpGradient', 'numeric', 'cuts the probabilities to 11 bits', (the) =>
    the.in(doubles({ divide: (x, y) => cutToBits(11)(x / y) })),
  ),
  mistake(
    'distillation.distillationLoss',
    'term',
    'weighs targets that do not add up to 1 as if they did',
    (the) => {
      const sums = rowsOf(the.inputs.targets).map((row) => row.reduce((s, v) => s + v, 0))
      const { targets } = the.inputs
      return the.but({ targets: change(targets, (t, n) => (sums[n] > 1 ? t / sums[n] : t)) })
    },
    { parameters: { share: 0 }, sizes: { C: 3 }, elements: { targets: () => 1 } },
  ),
  mistake(
    'distillation.distillationLoss',
    'range',
    'where the teacher alone counts, leaves its square out',
    (the) => {
      const { share, temperature } = the.parameters
      if (share === 1) return { loss: times(the.right.loss, temperature ** -2) }
    },
    { parameters: { share: 1, temperature: 2 }, sizes: { C: 3 } },
  ),
  mistake(
    'distillation.distillationLoss',
    'shape',
    'one class: counts the sample as wrong',
    (the) => {
      if (the.sizes.C === 1) return { loss: scalar(Math.LN2) }
    },
    { sizes: { C: 1 } },
  ),
  mistake(
    'distillation.distillationLoss',
    'numeric',
    'evaluates exponentials in half precision',
    (the) => the.in(doubles({ exp: (x) => half(Math.exp(x)) })),
    { sizes: { C: 4 } },
  ),
  mistake(
    'distillation.distillationLossGradient',
    'term',
    'of the divergence, leaves the logarithm of the teacher out of its gradient',
    (the) => {
      if (the.parameters.divergence === 'kl')
        return { dv: the.but({}, { divergence: 'cross-entropy' }).dv }
    },
    { parameters: { divergence: 'kl', share: 1 }, sizes: { C: 3 } },
  ),
  mistake(
    'distillation.distillationLossGradient',
    'logic',
    'gives the targets no gradient where they are 0',
    (the) => {
      const { targets } = the.inputs
      return {
        dTargets: change(the.right.dTargets, (v, n, c) => (targets.at(n, c) === 0 ? 0 : v)),
      }
    },
    { parameters: { share: 0.5 }, sizes: { C: 2 }, elements: { targets: (_, at) => at % 2 } },
  ),
  mistake(
    'distillation.distillationLossGradient',
    'size',
    'takes the teacher of the first sample for that of the second',
    (the) => ({ dz: the.but({ v: reread(the.inputs.v, 0, (n) => (n === 1 ? 0 : n)) }).dz }),
    { sizes: { N: 2, C: 3 }, parameters: { share: 1 } },
  ),
  mistake(
    'distillation.distillationLossGradient',
    'numeric',
    'gives the gradient of the student in bfloat16',
    (the) => ({ dz: change(the.right.dz, toBits(8)) }),
  ),
  mistake(
    'distillation.crossEntropy',
    'logic',
    'takes the class of the highest weight for one of weight 1',
    (the) => {
      const { weights } = the.inputs
      const largest = Math.max(...weights.data)
      return the.but({ weights: change(weights, (w) => (w === largest ? 1 : w)) })
    },
    { sizes: { N: 2, C: 3 }, elements: { counted: () => 1 } },
  ),
  mistake(
    'distillation.crossEntropy',
    'special',
    'of samples that are all ignored, counts the first',
    (the) => {
      const { counted } = the.inputs
      if (counted.data.every((bit) => bit === 0))
        return the.but({ counted: change(counted, (_, n) => (n === 0 ? 1 : 0)) })
    },
    { sizes: { N: 2, C: 2 }, elements: { counted: () => 0 } },
  ),
  mistake(
    'distillation.crossEntropy',
    'numeric',
    'adds 10^-4 to the sum before it takes the logarithm',
    (the) => the.in(doubles({ log: (x) => Math.log(x + 1e-4) })),
    { sizes: { N: 1, C: 2 }, elements: { counted: () => 1, z: (_, at) => at % 2 } },
  ),
  mistake(
    'distillation.crossEntropyGradient',
    'term',
    'divides the gradient by the weights by all samples',
    (the) => {
      const { counted } = the.inputs
      const count = Math.max(
        1,
        counted.data.reduce((sum, bit) => sum + bit, 0),
      )
      if (the.parameters.reduction === 'mean')
        return { dWeights: times(the.right.dWeights, count / the.sizes.N) }
    },
    {
      sizes: { N: 3, C: 2 },
      parameters: { reduction: 'mean' },
      elements: { counted: (_, at) => at % 2 },
    },
  ),
  mistake(
    'distillation.crossEntropyGradient',
    'logic',
    'cuts negative targets off in the gradient by the scores',
    (the) => {
      const { targets } = the.inputs
      return { dz: the.but({ targets: change(targets, (t) => Math.max(0, t)) }).dz }
    },
    { sizes: { N: 1, C: 3 }, elements: { counted: () => 1, targets: () => -1 } },
  ),
  mistake(
    'distillation.probabilityCrossEntropy',
    'range',
    'cuts probabilities off at 1',
    (the) => the.but({ q: change(the.inputs.q, (q) => Math.min(1, q)) }),
    { sizes: { N: 1, C: 2 }, elements: { counted: () => 1, q: () => 3 } },
  ),
  mistake(
    'distillation.probabilityCrossEntropy',
    'special',
    'counts nothing where a probability is 0',
    (the) => {
      const { q, targets } = the.inputs
      return the.but({ targets: change(targets, (t, n, c) => (q.at(n, c) === 0 ? 0 : t)) })
    },
    { sizes: { N: 1, C: 2 }, elements: { counted: () => 1, q: (_, at) => at % 2 } },
  ),
  mistake(
    'distillation.probabilityCrossEntropyGradient',
    'term',
    'forgets ε in the denominator',
    (the) => {
      const { q } = the.inputs
      const { epsilon } = the.parameters
      return {
        dq: change(the.right.dq, (v, n, c) =>
          q.at(n, c) === 0 ? v : (v * (q.at(n, c) + epsilon)) / q.at(n, c),
        ),
      }
    },
    { sizes: { N: 1, C: 2 }, parameters: { epsilon: 0.5 }, elements: { counted: () => 1 } },
  ),
  mistake(
    'distillation.divergence',
    'numeric',
    'takes the logarithm of the quotient of probabilities rounded to half precision',
    (the) => {
      if (the.parameters.measure === 'kl') return the.in(doubles({ log: (x) => half(Math.log(x)) }))
    },
    { sizes: { C: 3 }, parameters: { measure: 'kl' } },
  ),
  mistake(
    'distillation.divergence',
    'size',
    'measures the first eight classes',
    (the) => {
      const first = (x: Numbers) => change(x, (v, _, c) => (c < 8 ? v : -1e4))
      if (the.sizes.C > 8) return the.but({ z: first(the.inputs.z), v: first(the.inputs.v) })
    },
    { sizes: { C: 9 } },
  ),
  mistake(
    'distillation.divergenceGradient',
    'logic',
    'with Jensen and Shannon, takes the mean of both for a constant times 2',
    (the) => {
      if (the.parameters.measure === 'jensen-shannon') return { dz: times(the.right.dz, 2) }
    },
    { sizes: { C: 3 }, parameters: { measure: 'jensen-shannon' } },
  ),
  mistake(
    'distillation.divergenceGradient',
    'shape',
    'two classes: gives the second the gradient of the first',
    (the) => {
      if (the.sizes.C === 2) return { dv: reread(the.right.dv, 1, () => 0) }
    },
    { sizes: { C: 2 } },
  ),
  mistake(
    'distillation.scoreLoss',
    'logic',
    'counts nothing that is farther off than 5',
    (the) => {
      const { z, v } = the.inputs
      return the.but({ z: change(z, (s, n, c) => (Math.abs(s - v.at(n, c)) > 5 ? v.at(n, c) : s)) })
    },
    { sizes: { C: 2 }, elements: { z: () => 4, v: () => -4 } },
  ),
  mistake(
    'distillation.scoreLoss',
    'numeric',
    'squares in half precision',
    (the) => the.in(doubles({ multiply: (x, y) => half(half(x) * half(y)) })),
    { sizes: { C: 3 } },
  ),
  mistake(
    'distillation.scoreLossGradient',
    'size',
    'divides by 2 samples at most',
    (the) => {
      const more = Math.max(2, the.sizes.N) / 2
      return { dz: times(the.right.dz, more), dv: times(the.right.dv, more) }
    },
    { sizes: { N: 3 } },
  ),
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
