import { fromData } from '../../../reference/arithmetic/array.ts'
import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, scalar } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of the objective of generative adversarial networks, and of what is known of it. */
export const ganTheoryMistakes: readonly Mistake[] = [
  mistake(
    'gan.discriminatorProbability',
    'numeric',
    'takes the sigmoid from a table of a thousand logits between −8 and 8',
    (the) =>
      the.but({
        logits: change(the.inputs.logits, (a) =>
          Math.abs(a) < 8 ? Math.round(a * 62.5) / 62.5 : a,
        ),
      }),
    { sizes: { M: 3 } },
  ),
  mistake('gan.discriminatorProbability', 'range', 'keeps logits between −30 and 30', (the) =>
    the.but({ logits: change(the.inputs.logits, (a) => Math.min(30, Math.max(-30, a))) }),
  ),
  mistake(
    'gan.discriminatorProbability',
    'size',
    'leaves samples behind the last whole four as they were before the sigmoid',
    (the) => ({
      probability: change(the.right.probability, (d, m) =>
        m < the.sizes.M - (the.sizes.M % 4) || the.sizes.M < 4 ? d : the.inputs.logits.at(m),
      ),
    }),
    { sizes: { M: 5 } },
  ),
  mistake('gan.discriminatorProbability', 'numeric', 'keeps the complement in bfloat16', (the) => ({
    complement: change(the.right.complement, bfloat),
  })),
  mistake(
    'gan.value',
    'size',
    'averages the first 64 real samples alone',
    (the) => {
      if (the.sizes.M <= 64) return
      const { real } = the.inputs
      return the.but({ real: fromData([64], real.data.slice(0, 64)) })
    },
    { sizes: { M: 100, S: 1 } },
  ),
  mistake(
    'gan.value',
    'shape',
    'pairs samples and forgets those that have no partner',
    (the) => {
      const { real, generated } = the.inputs
      const pairs = Math.min(the.sizes.M, the.sizes.S)
      return the.but({
        real: fromData([pairs], real.data.slice(0, pairs)),
        generated: fromData([pairs], generated.data.slice(0, pairs)),
      })
    },
    { sizes: { M: 3, S: 2 } },
  ),
  mistake('gan.value', 'range', 'takes the softplus for its argument above 5', (the) => {
    const near = (a: number) => (a < -5 ? a : Math.log(1 / (1 + Math.exp(-a))))
    const { real } = the.inputs
    const onReal = real.data.reduce((sum, a) => sum + near(a), 0) / the.sizes.M
    return { onReal: scalar(onReal), value: scalar(onReal + the.right.onGenerated.at()) }
  }),
  mistake('gan.value', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake('gan.value', 'special', 'counts a sample without opinion as half of one', (the) => {
    const { real } = the.inputs
    const undecided = real.data.filter((a) => a === 0).length
    const onReal = the.right.onReal.at() + (undecided * Math.LN2) / (2 * the.sizes.M)
    return { onReal: scalar(onReal), value: scalar(onReal + the.right.onGenerated.at()) }
  }),
  mistake('gan.valueGradient', 'numeric', 'keeps sigmoids in bfloat16', (the) => ({
    dGenerated: change(the.right.dGenerated, bfloat),
  })),
  mistake(
    'gan.valueGradient',
    'shape',
    'divides by the number of real samples on both sides',
    (the) => ({
      dGenerated: change(the.right.dGenerated, (g) => (g * the.sizes.S) / the.sizes.M),
    }),
    { sizes: { M: 3, S: 2 } },
  ),
  mistake('gan.valueGradient', 'range', 'keeps gradients between −1 and 1', (the) => ({
    dReal: change(the.right.dReal, (g) => Math.min(1, Math.max(-1, g))),
  })),
  mistake(
    'gan.expectedValue',
    'special',
    'leaves out points that generated samples never reach',
    (the) => {
      const { data, generated } = the.inputs
      const left = change(data, (p, n) => (generated.at(n) === 0 ? 0 : p))
      if (left.data.some((p) => p > 0)) return the.but({ data: left })
    },
  ),
  mistake('gan.expectedValue', 'numeric', 'keeps shares in bfloat16', (the) => {
    const { data } = the.inputs
    const all = data.data.reduce((sum, p) => sum + p, 0)
    return the.but({ data: change(data, (p) => bfloat(p / all)) })
  }),
  mistake(
    'gan.expectedValue',
    'term',
    'takes the weights of the last point for what is left of 1',
    (the) => {
      const { data } = the.inputs
      const before = data.data.slice(0, -1).reduce((sum, p) => sum + p, 0)
      if (before < 1)
        return the.but({ data: change(data, (p, n) => (n === the.sizes.N - 1 ? 1 - before : p)) })
    },
    { sizes: { N: 3 }, elements: { data: (_, n) => n / 8 } },
  ),
  mistake(
    'gan.expectedValueGradient',
    'size',
    'has no gradient from the 129th point on',
    (the) => ({ dLogits: change(the.right.dLogits, (g, n) => (n < 128 ? g : 0)) }),
    { sizes: { N: 130 } },
  ),
  mistake(
    'gan.expectedValueGradient',
    'logic',
    'has no gradient where both distributions have the same weight',
    (the) => {
      const { data, generated } = the.inputs
      return {
        dLogits: change(the.right.dLogits, (g, n) => (data.at(n) === generated.at(n) ? 0 : g)),
      }
    },
    { sizes: { N: 2 }, elements: { data: () => 1, generated: () => 1, logits: () => 1 } },
  ),
]
