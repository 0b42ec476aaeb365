import type { Finding } from './finding.ts'

/** In `call`, `pytorch_fid` is the library, with `pytorch_fid.fid_score` and `numpy` imported. */
export const pytorchFidFindings: readonly Finding[] = [
  {
    library: 'pytorch-fid',
    version: '0.3.0',
    call: 'pytorch_fid.fid_score.calculate_frechet_distance(0, 1, 3, 4)',
    clause: 'gan.eval.fid',
    case: 'One feature, with the means 0 and 3 and the variances 1 and 4, beside SciPy 1.17.1, whose sqrtm gives one number where the matrix has one element, and not two as it is asked to.',
    expected: '10.0',
    actual: 'throws: not enough values to unpack (expected 2, got 1)',
    upstream: null,
  },
  {
    library: 'pytorch-fid',
    version: '0.3.0',
    call: 'float(pytorch_fid.fid_score.calculate_frechet_distance(numpy.zeros(2), numpy.array([[1, 1], [0, 1]]), numpy.zeros(2), numpy.eye(2)))',
    clause: 'gan.eval.fid',
    case: 'A matrix that is not symmetric, and so no covariance, is to be rejected. Variances below 0 are answered as well while the root of the product is real, or nearly.',
    expected: 'throws',
    actual: '0.0',
    upstream: null,
  },
]

const a =
  '0, 3, -1, 1, 0, -1, 0, -1, -4, 1, 1, 3, 0, -3, -2, -2, -4, -2, 4, -1, 2, 4, -2, 0, 0, 0, 0, -4, 1, -3'
const b =
  '0, -2, -4, 0, 0, -5, -2, -4, 4, 0, 0, -1, 0, -3, 0, 1, -5, -3, 4, -2, -3, 7, 4, -4, 0, -4, 0, 5, 3, -1'
const squared = (v: string) => `torch.outer(*2 * [torch.tensor([${v}.0]).double()]) / 2`

/** In `call`, `torchmetrics` is the library, with `torchmetrics.image.fid` and `torch` imported. */
export const torchmetricsFindings: readonly Finding[] = [
  {
    library: 'TorchMetrics',
    version: '1.9.0',
    call: `torchmetrics.image.fid._compute_fid(torch.zeros(30), ${squared(a)}, torch.zeros(30), ${squared(b)}).item()`,
    clause: 'gan.eval.fid',
    case: 'Two samples of each kind with 30 features, whose covariances a aᵀ / 2 and b bᵀ / 2 are singular. The distance is half of (‖a‖ ² + ‖b‖ ²) less |a · b|. The eigenvalues are sought of the product of both, which has one that is not 0, and the search for it gives up.',
    expected: '176.5',
    actual: 'throws: The algorithm failed to converge',
    upstream: null,
  },
]
