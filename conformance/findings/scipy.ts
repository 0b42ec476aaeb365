import type { Finding } from './finding.ts'

/** In `call`, `scipy` is the library, with `scipy.linalg`, `scipy.spatial.distance` and `scipy.stats` imported. */
export const scipyFindings: readonly Finding[] = [
  {
    library: 'SciPy',
    version: '1.17.1',
    call: 'scipy.spatial.distance.jensenshannon([2, 2], [2, 2 + 1e-8])',
    clause: 'gan.jsd-equivalence',
    case: 'Two distributions that are nearly the same, in double precision: with δ = 1.25 · 10⁻⁹ on each point the divergence is δ² / 2, and the distance its root. The terms that are added up cancel, and where they end below 0 there is no root. In single precision it is so with a difference in the fourth digit. Clauses that rest on the divergence show it, too.',
    expected: '8.838834689e-10',
    actual: 'nan',
    upstream: { link: 'https://github.com/scipy/scipy/issues/20083', state: 'open' },
  },
  {
    library: 'SciPy',
    version: '1.17.1',
    call: 'round(float(scipy.spatial.distance.jensenshannon([3], [1, 2])), 4)',
    clause: 'gan.jsd-equivalence',
    case: 'A distribution on one point and one on two: the only weight is spread over both points after it was divided by its sum, so that it counts twice. Weights below 0 and weights that are all 0 are answered as well.',
    expected: 'throws',
    actual: '0.3225',
    upstream: null,
  },
  {
    library: 'SciPy',
    version: '1.17.1',
    call: 'float(scipy.stats.wasserstein_distance([0, 1], [0, 1], [[1, 1], [1, 1]], [1, 1]))',
    clause: 'gan.wgan.critic-loss',
    case: 'The same distribution twice, once with a matrix of weights, whose rows are counted and whose elements are added up: it is to be rejected, as weights of another number are.',
    expected: 'throws',
    actual: '0.25',
    upstream: null,
  },
  {
    library: 'SciPy',
    version: '1.17.1',
    call: 'scipy.linalg.sqrtm([[6, 6, 6], [3, 3, 3], [0, 0, 0]])[0][0]',
    clause: 'gan.eval.fid',
    case: 'The product of two singular covariances, a aᵀ b bᵀ with a = (2, 1, 0) and b = (1, 1, 1), which is 3 a bᵀ. Its root is a third of it, with the trace 3. The zeros among its eigenvalues are divided by each other.',
    expected: '2.0',
    actual: 'nan',
    upstream: { link: 'https://github.com/scipy/scipy/issues/4866', state: 'closed, still so' },
  },
]
