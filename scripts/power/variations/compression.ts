import { arithmetic, backwards, pairwise, single } from '../arithmetics.ts'
import { change, scalar } from '../arrays.ts'
import { evaluatedIn, type Variation, variation } from '../variation.ts'

const f = single
const added = (terms: readonly number[]) => terms.reduce((sum, term) => f(sum + term), 0)

/** Shared weights and codebooks as practice computes them. */
export const codebooks: readonly Variation[] = [
  ...evaluatedIn('in single precision, term by term', arithmetic({}), [
    'compression.expandGradient',
    'compression.sharedStep',
    'compression.clusterStep',
    'compression.linearCodebook',
    'compression.clusterRate',
    'compression.storedSize',
  ]),
  ...evaluatedIn('from the last term to the first', arithmetic({ adding: backwards(single) }), [
    'compression.expandGradient',
    'compression.clusterStep',
  ]),
  ...evaluatedIn('in pairs', arithmetic({ adding: pairwise(single) }), [
    'compression.expandGradient',
    'compression.sharedStep',
  ]),
  variation('compression.expand', 'gives −0 for 0', (the) => ({
    y: change(the.right.y, (v) => (v === 0 ? -0 : v)),
  })),
  variation('compression.expandGradient', 'multiplies by a matrix of zeros and ones', (the) => ({
    dTheta: change(the.right.dTheta, (_, k) =>
      added(the.inputs.dy.data.map((d, i) => f((the.inputs.map.at(i) === k ? 1 : 0) * d))),
    ),
  })),
  variation('compression.sharedStep', 'lets the value decay by a factor', (the) => {
    const { rate, momentum, decay } = the.parameters
    const { map, gradient, velocity } = the.inputs
    const theta = change(the.inputs.theta, (w, k) => {
      const g = added(gradient.data.filter((_, i) => map.at(i) === k))
      const pushed = f(f(momentum * velocity.at(k)) + g)
      return f(f(f(1 - f(rate * decay)) * w) - f(rate * pushed))
    })
    return { theta, weights: change(map, (k) => theta.at(k)) }
  }),
  variation('compression.clusterStep', 'compares distances that are not squared', (the) => ({
    codes: change(the.right.codes, (_, i) => {
      const away = the.inputs.codebook.data.map((c) => f(Math.abs(f(the.inputs.weights.at(i) - c))))
      return away.indexOf(Math.min(...away))
    }),
  })),
  variation('compression.linearCodebook', 'adds steps of a rounded size', (the) => {
    const { data } = the.inputs.weights
    const [low, high] = [Math.min(...data), Math.max(...data)]
    if (the.sizes.K === 1) return
    const step = f(f(high - low) / (the.sizes.K - 1))
    return { codebook: change(the.right.codebook, (_, k) => f(low + f(k * step))) }
  }),
  variation('compression.storedSize', 'rounds once, to single precision', (the) => ({
    rate: scalar(f(the.right.rate.at())),
  })),
]
