import { doubles, half, toBits } from '../arithmetics.ts'
import { change, type Numbers, reread, scalar, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

const rowsOf = (z: Numbers) =>
  Array.from({ length: z.shape[0] }, (_, n) => z.data.slice(n * z.shape[1], (n + 1) * z.shape[1]))

/** Mistakes of the losses that compare scores or probabilities. */
export const distillationMistakes: readonly Mistake[] = [
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
]
