import { build } from '../../../reference/arithmetic/array.ts'
import { arithmetic, pairwise, single } from '../arithmetics.ts'
import { change, scalar } from '../arrays.ts'
import { evaluatedIn, type Variation, variation } from '../variation.ts'

const f = single

/** What servers compute, as it is written elsewhere. */
export const servers: readonly Variation[] = [
  variation('federated.aggregate', 'counts points in doubles, and adds from the last', (the) => {
    const { b, counts } = the.inputs
    const all = counts.data.reduce((sum, n) => sum + n, 0)
    return {
      b: build(the.right.b.shape, (o) =>
        f(counts.data.reduceRight((sum, n, k) => f(sum + f(n * b.at(k, o))), 0) / all),
      ),
    }
  }),
  ...evaluatedIn('adds up pairwise', arithmetic({ adding: pairwise(f) }), [
    'federated.clientUpdate',
    'federated.fedAvg',
    'federated.parallelSgd',
    'federated.objective',
    'federated.quadraticRounds',
    'federated.quadraticOptima',
    'federated.localFixedPoint',
    'federated.alternativeAggregate',
    'federated.meanErrors',
    'federated.averagedNetwork',
    'federated.batchStatistics',
  ]),
  variation('federated.batchStatistics', 'adds one participant after the other', (the) => {
    const { means, variances, counts } = the.inputs
    const { divisor } = the.parameters
    const less = divisor === 'points' ? 0 : 1
    const merged = (i: number) => {
      let [n, sum, squares] = [0, 0, 0]
      for (const [k, more] of counts.data.entries()) {
        if (more === 0) continue
        const all = f(n + more)
        const off = f(means.at(k, i) - (n === 0 ? 0 : f(sum / n)))
        const own = f(variances.at(k, i) * f(more - less))
        squares = f(f(squares + own) + f(f(off * off) * f(f(n * more) / all)))
        sum = f(sum + f(more * means.at(k, i)))
        n = all
      }
      return { mean: f(sum / n), variance: n === less ? 0 : f(squares / f(n - less)) }
    }
    return {
      mean: change(the.right.mean, (_, i) => merged(i).mean),
      variance: change(the.right.variance, (_, i) => merged(i).variance),
    }
  }),
  variation('federated.powerLawSizes', 'raises a uniform draw to a power', (the) => {
    const { exponent, least, most } = the.parameters
    const counts = change(the.inputs.draws, (e) =>
      Math.min(most, Math.floor(least * Math.exp(-e) ** (-1 / (exponent - 1)))),
    )
    return { counts, points: scalar(counts.data.reduce((sum, n) => sum + n, 0)) }
  }),
  variation('federated.sizes', 'gives −0 for shares of 0', (the) => ({
    shares: change(the.right.shares, (v) => (v === 0 ? -0 : v)),
  })),
  variation('federated.clientSampling', 'gives −0 for the first client', (the) => ({
    participants: change(the.right.participants, (k) => (k === 0 ? -0 : k)),
  })),
  variation('federated.fedAvg', 'gives −0 for 0', (the) => ({
    b: change(the.right.b, (v) => (v === 0 ? -0 : v)),
  })),
  variation('federated.protocol', 'gives −0 for 0', (the) => ({
    sent: change(the.right.sent, (n) => (n === 0 ? -0 : n)),
    version: change(the.right.version, (v) => (v === 0 ? -0 : v)),
  })),
  variation('federated.connectivity', 'gives −0 for pairs that are apart', (the) => ({
    connected: change(the.right.connected, (bit) => (bit === 0 ? -0 : bit)),
  })),
  variation('federated.contractionRate', 'gives the norm of the 2^20th power, rooted', (the) => ({
    rate: change(the.right.rate, (r) => Math.min(1, f(r * the.sizes.K ** (1 / 2 ** 21)))),
  })),
]
