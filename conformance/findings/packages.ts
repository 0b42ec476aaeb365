import type { Finding } from './finding.ts'

/** In `call`, `library` is what the package of npm of that name exports. */
export const packageFindings: readonly Finding[] = [
  {
    library: 'svd-js',
    version: '1.1.1',
    call: 'library.SVD([[1, 0], [0, 2]]).q',
    clause: 'lowrank.svd',
    case: 'The diagonal matrix of 1 and 2: its singular values, the largest first, are 2 and 1. They come in the order in which they were found.',
    expected: '[2,1]',
    actual: '[1,2]',
    upstream: null,
  },
  {
    library: 'svd-js',
    version: '1.1.1',
    call: 'library.SVD([[1e-30]]).q',
    clause: 'lowrank.svd',
    case: 'One number, 10⁻³⁰, is its own singular value. What has a square below a fixed limit counts as 0.',
    expected: '[1e-30]',
    actual: '[0]',
    upstream: null,
  },
  {
    library: 'numeric',
    version: '1.2.6',
    call: 'library.svd([[1, 1], [1, 1], [1, 1]]).S',
    clause: 'lowrank.svd',
    case: 'Three rows of two ones, a matrix of rank 1: its singular values are √6 and 0.',
    expected: '[2.449489742783178,0]',
    actual: '[0,"NaN"]',
    upstream: null,
  },
  {
    library: 'numeric',
    version: '1.2.6',
    call: 'library.svd([[1e-30]]).S',
    clause: 'lowrank.svd',
    case: 'One number, 10⁻³⁰, is its own singular value.',
    expected: '[1e-30]',
    actual: '[0]',
    upstream: null,
  },
]
