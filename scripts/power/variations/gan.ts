import { single } from '../arithmetics.ts'
import { change, scalar } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

/** What generative adversarial networks compute, written in other ways. */
export const adversaries: readonly Variation[] = [
  variation(
    'gan.discriminatorProbability',
    'as the softmax of the logit and 0, the larger one taken off',
    (the) => ({
      probability: change(the.inputs.logits, (a) => {
        const most = Math.max(a, 0)
        const [real, generated] = [f(Math.exp(a - most)), f(Math.exp(-most))]
        return f(real / f(real + generated))
      }),
    }),
  ),
  variation('gan.value', 'the mean binary cross-entropy of each batch, negated', (the) => {
    const loss = (z: number, t: number) =>
      f(f(Math.max(z, 0) - f(z * t)) + f(Math.log1p(f(Math.exp(-Math.abs(z))))))
    const mean = (batch: readonly number[], t: number) =>
      f(batch.reduceRight((sum, z) => f(sum + loss(z, t)), 0) / batch.length)
    const onReal = -mean(the.inputs.real.data, 1)
    const onGenerated = -mean(the.inputs.generated.data, 0)
    return {
      value: scalar(f(onReal + onGenerated)),
      onReal: scalar(onReal),
      onGenerated: scalar(onGenerated),
    }
  }),
  variation('gan.valueGradient', 'the sigmoid less the target, a share of the loss', (the) => {
    const { generated, dValue } = the.inputs
    const share = f(dValue.at() / the.sizes.S)
    const sigmoid = (a: number) => {
      const e = f(Math.exp(-Math.abs(a)))
      return f((a < 0 ? e : 1) / f(1 + e))
    }
    return { dGenerated: change(generated, (a) => -f(sigmoid(a) * share)) }
  }),
  variation('gan.expectedValue', 'adds shares from the last point on', (the) => {
    const { logits, data, generated } = the.inputs
    const softplus = (a: number) =>
      f(f(Math.log(f(1 + f(Math.exp(-Math.abs(a)))))) + Math.max(a, 0))
    const mean = (w: readonly number[], of: (n: number) => number) => {
      const all = w.reduceRight((sum, x) => f(sum + x), 0)
      return w.reduceRight((sum, x, n) => f(sum + f(f(x / all) * of(n))), 0)
    }
    const onReal = mean(data.data, (n) => softplus(-logits.at(n)))
    return { value: scalar(-f(onReal + mean(generated.data, (n) => softplus(logits.at(n))))) }
  }),
  variation('gan.optimalDiscriminator', 'the value as −ln 4 and twice the divergence', (the) => {
    const [p, q] = [the.inputs.data, the.inputs.generated].map((w) => {
      const all = w.data.reduce((sum, v) => f(sum + v), 0)
      return w.data.map((v) => f(v / all))
    }) as [number[], number[]]
    const term = (share: number, m: number) =>
      share === 0 ? 0 : f(share * f(Math.log(f(share / m))))
    const divergences = p.reduceRight((sum, share, n) => {
      const m = f(f(share + q[n]!) / 2)
      return f(sum + f(term(share, m) + term(q[n]!, m)))
    }, 0)
    return { value: scalar(f(f(-Math.log(4)) + divergences)) }
  }),
  variation(
    'gan.bestReplies',
    'the least of all logarithms instead of that of the largest logit',
    (the) => {
      const { logits, data } = the.inputs
      const softplus = (a: number) =>
        f(f(Math.log(f(1 + f(Math.exp(-Math.abs(a)))))) + Math.max(a, 0))
      const all = data.data.reduce((sum, v) => f(sum + v), 0)
      const onData = data.data.reduce((sum, w, n) => f(sum + f(w * softplus(-logits.at(n)))), 0)
      const reply = Math.min(...logits.data.map((a) => -softplus(a)))
      return { least: scalar(f(reply - f(onData / all))) }
    },
  ),
  variation(
    'gan.binaryCrossEntropy',
    'as ln(1 + eᵃ) less the target times the logit, up to 80',
    (the) => {
      const { logits, targets } = the.inputs
      if (logits.data.some((a) => Math.abs(a) > 80)) return {}
      const losses = logits.data.map((a, m) =>
        f(f(Math.log1p(f(Math.exp(a)))) - f(targets.at(m) * a)),
      )
      return { loss: scalar(f(losses.reduceRight((sum, v) => f(sum + v), 0) / losses.length)) }
    },
  ),
  variation('gan.pushforward', 'adds up weights from the last value of the noise on', (the) => {
    const { noise, images } = the.inputs
    const { generated } = the.right
    return {
      generated: change(generated, (_, n) =>
        noise.data.reduceRight((sum, w, z) => (images.at(z) === n ? f(sum + w) : sum), 0),
      ),
    }
  }),
  variation('gan.smoothedDiscriminator', 'from the odds of both', (the) => {
    const [p, q] = [the.inputs.data, the.inputs.generated].map((w) => {
      const all = w.data.reduce((sum, v) => f(sum + v), 0)
      return w.data.map((v) => f(v / all))
    }) as [number[], number[]]
    const [alpha, beta] = [f(the.parameters.realTarget), f(the.parameters.generatedTarget)]
    return {
      probability: change(the.right.probability, (right, n) => {
        const both = f(p[n]! + q[n]!)
        if (both === 0) return right
        return f(f(alpha * f(p[n]! / both)) + f(beta * f(q[n]! / both)))
      }),
    }
  }),
]
