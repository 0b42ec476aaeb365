import { build } from '../../../reference/arithmetic/array.ts'
import { single } from '../arithmetics.ts'
import { change, scalar } from '../arrays.ts'
import { type Variation, variation } from '../variation.ts'

const f = single

/** What removes weights by second derivatives, as it is written for speed. */
export const pruners: readonly Variation[] = [
  variation(
    'pruning.saliencies',
    'multiplies the second derivative by the parameter twice',
    (the) => {
      const { curvature, weights } = the.inputs
      return {
        saliencies: build(weights.shape, (k) =>
          f(0.5 * f(f(curvature.at(k) * weights.at(k)) * weights.at(k))),
        ),
      }
    },
  ),
  variation('pruning.saliencies', 'gives −0 for 0', (the) => ({
    saliencies: change(the.right.saliencies, (s) => (s === 0 ? -0 : s)),
  })),
  variation(
    'pruning.deletionCost',
    'multiplies the matrix by what is deleted, then both',
    (the) => {
      const { matrix, weights, mask } = the.inputs
      const P = the.sizes.P
      const u = weights.data.map((w, k) => (mask.at(k) === 0 ? w : 0))
      let actual = 0
      for (let i = 0; i < P; i++) {
        let row = 0
        for (let j = 0; j < P; j++) row = f(row + f(matrix.at(i, j) * u[j]))
        actual = f(actual + f(u[i] * row))
      }
      return { actual: scalar(f(actual / 2)) }
    },
  ),
  variation('pruning.networkCurvature', 'divides by the number of samples at the end', (the) => {
    const { N } = the.sizes
    const samples = Array.from({ length: N }, (_, n) => {
      const one = (array: typeof the.inputs.x) =>
        build([1, array.shape[1]], (_, i) => array.at(n, i))
      return the.but({ x: one(the.inputs.x), targets: one(the.inputs.targets) })
    })
    const mean = (name: 'loss' | 'weights1' | 'bias1' | 'weights2' | 'bias2') =>
      change(the.right[name], (_, ...at) =>
        f(samples.reduce((sum, sample) => f(sum + f(sample[name].at(...at))), 0) / N),
      )
    return {
      loss: mean('loss'),
      weights1: mean('weights1'),
      bias1: mean('bias1'),
      weights2: mean('weights2'),
      bias2: mean('bias2'),
    }
  }),
  variation('pruning.brainDamage', 'takes the matrix symmetric first', (the) => {
    const { matrix } = the.inputs
    const symmetric = change(matrix, (_, i, j) => f(f(matrix.at(i, j) + matrix.at(j, i)) / 2))
    return { weights: the.but({ matrix: symmetric }).weights }
  }),
  variation(
    'pruning.retrainRegression',
    'divides the rate by the number of samples first',
    (the) => {
      const { x, y, weights, mask } = the.inputs
      const { N, D } = the.sizes
      const share = f(the.parameters.rate / N)
      let w = weights.data.map((v, i) => (mask.at(i) === 0 ? 0 : v))
      for (let t = 0; t < the.parameters.steps; t++) {
        const before = w
        const error = (n: number) => {
          let found = -y.at(n)
          for (let i = 0; i < D; i++) found = f(found + f(x.at(n, i) * before[i]))
          return found
        }
        const errors = Array.from({ length: N }, (_, n) => error(n))
        const slope = (i: number) => errors.reduce((sum, e, n) => f(sum + f(x.at(n, i) * e)), 0)
        w = w.map((v, i) => (mask.at(i) === 0 ? 0 : f(v - f(share * slope(i)))))
      }
      return { weights: change(weights, (_, i) => w[i]) }
    },
  ),
  variation('pruning.maskFitness', 'multiplies weights by bits, which gives −0', (the) => ({
    networks: change(the.right.networks, (w) => (w === 0 ? -0 : w)),
  })),
  variation('pruning.maskFitness', 'adds the halves of products row by row', (the) => {
    const { matrix, minimum, masks } = the.inputs
    const { P } = the.sizes
    return {
      fitness: change(the.right.fitness, (_, n) => {
        const d = Array.from({ length: P }, (_, k) =>
          f(the.right.networks.at(n, k) - minimum.at(k)),
        )
        const row = (i: number) => d.reduce((sum, v, j) => f(sum + f(matrix.at(i, j) * v)), 0)
        const E = d.reduce((sum, v, i) => f(sum + f(f(0.5 * v) * row(i))), 0)
        const size = d.reduce((sum, _, k) => sum + masks.at(n, k), 0)
        return f(E + f(f(the.parameters.price) * size))
      }),
    }
  }),
  variation('pruning.shareOfNetwork', 'divides once, in single precision', (the) => {
    const { convolutional, dense } = the.parameters
    return { saved: scalar(f(the.right.removed.at() / (convolutional + dense))) }
  }),
]
