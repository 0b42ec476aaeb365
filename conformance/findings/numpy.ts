import type { Finding } from './finding.ts'

/** In `call`, `numpy` is the library. */
export const numpyFindings: readonly Finding[] = [
  {
    library: 'NumPy',
    version: '2.4.6',
    call: "numpy.einsum('nijkuv,uvkq->nijq', numpy.ones((1, 1, 1, 1, 1, 1)), numpy.ones((1, 1, 2, 1)))",
    clause: 'cnn.conv2d.depth-match',
    case: 'Windows of one channel and filters of two, of one pixel each: the letter k stands for both numbers of channels.',
    expected: 'a ValueError, as two and three channels give',
    actual: '[[[[2.]]]]',
    upstream: { link: 'https://github.com/numpy/numpy/issues/11548', state: 'open' },
  },
]
