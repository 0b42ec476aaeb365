import { fromData } from '../../../reference/arithmetic/array.ts'
import { bfloat, half, inOrder, summing } from '../arithmetics.ts'
import { change, type Numbers, scalar } from '../arrays.ts'
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
  mistake(
    'gan.optimalDiscriminator',
    'numeric',
    'gives odds in bfloat16 over themselves and 1',
    (the) => ({
      probability: change(the.right.probability, (d) => {
        if (d === 1) return 1
        const odds = bfloat(d / (1 - d))
        return odds / (1 + odds)
      }),
    }),
  ),
  mistake(
    'gan.optimalDiscriminator',
    'special',
    'gives 0 where neither distribution comes',
    (the) => {
      const { data, generated } = the.inputs
      const isNowhere = (n: number) => data.at(n) + generated.at(n) === 0
      return { probability: change(the.right.probability, (d, n) => (isNowhere(n) ? 0 : d)) }
    },
  ),
  mistake(
    'gan.optimalDiscriminator',
    'size',
    'counts the first 128 points of the value',
    (the) => {
      if (the.sizes.N <= 128) return
      const first = (w: Numbers) => change(w, (v, n) => (n < 128 ? v : 0))
      const { data, generated } = the.inputs
      const left = { data: first(data), generated: first(generated) }
      if ([left.data, left.generated].some((w) => w.data.every((v) => v === 0))) return
      return { value: the.but(left).value }
    },
    { sizes: { N: 130 } },
  ),
  mistake(
    'gan.jensenShannon',
    'numeric',
    'gives 0 for distributions within a hundredth of each other',
    (the) => ({ divergence: change(the.right.divergence, (v) => (v < 1e-4 ? 0 : v)) }),
    {
      sizes: { N: 2 },
      elements: { data: (_, n) => 100 + n, generated: (_, n) => 101 - n },
    },
  ),
  mistake(
    'gan.jensenShannon',
    'special',
    'gives the bound of ln 2 as 0.69',
    (the) => ({ divergence: change(the.right.divergence, (v) => Math.min(v, 0.69)) }),
    { sizes: { N: 2 }, elements: { data: (_, n) => n, generated: (_, n) => 1 - n } },
  ),
  mistake(
    'gan.jensenShannon',
    'term',
    'takes the mean of both distributions without the last point',
    (the) => {
      const { data, generated } = the.inputs
      const last = the.sizes.N - 1
      if (last === 0 || data.at(last) > 0 === generated.at(last) > 0) return
      const without = (w: Numbers) => change(w, (v, n) => (n === last ? 0 : v))
      const left = { data: without(data), generated: without(generated) }
      if ([left.data, left.generated].some((w) => w.data.every((v) => v === 0))) return
      return the.but(left)
    },
    { sizes: { N: 3 }, elements: { data: () => 1, generated: (_, n) => 2 - n } },
  ),
  mistake(
    'gan.bestReplies',
    'logic',
    'takes the discriminator for undecided where its logits are all below 0',
    (the) => {
      const { logits } = the.inputs
      if (logits.data.every((a) => a < 0))
        return { least: the.but({ logits: change(logits, () => 0) }).least }
    },
    { sizes: { N: 2 }, elements: { logits: (_, n) => -1 - n } },
  ),
  mistake(
    'gan.bestReplies',
    'range',
    'takes a discriminator for certain from a logit of 50 on',
    (the) => ({
      least: the.but({ logits: change(the.inputs.logits, (a) => Math.min(50, a)) }).least,
    }),
    { sizes: { N: 2 }, elements: { logits: (_, n) => 80 * n } },
  ),
  mistake(
    'gan.bestReplies',
    'size',
    'looks for the largest logit among the first 64 points',
    (the) => {
      const { logits } = the.inputs
      const [known, most] = [logits.data.slice(0, 64), Math.max(...logits.data)]
      const found = Math.max(...known)
      const softplus = (a: number) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)))
      return { least: change(the.right.least, (v) => v + softplus(most) - softplus(found)) }
    },
    { sizes: { N: 80 }, elements: { logits: (_, n) => n / 8 } },
  ),
]
