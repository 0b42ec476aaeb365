import { cutToBits, doubles, half, inOrder, single, summing, toBits } from '../arithmetics.ts'
import { change, type Numbers, reread, times } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

const rowsOf = (z: Numbers) =>
  Array.from({ length: z.shape[0] }, (_, n) => z.data.slice(n * z.shape[1], (n + 1) * z.shape[1]))

/** Mistakes of softmax and what its logarithm is made of. */
export const softmaxMistakes: readonly Mistake[] = [
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
]
