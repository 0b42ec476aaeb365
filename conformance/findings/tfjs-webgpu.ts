import type { Finding } from './finding.ts'
import { version } from './tfjs-issue.ts'

/** In `call`, `tf` is the library with its webgpu backend in use. */
export const webgpuFindings: readonly Finding[] = [
  {
    library: 'TensorFlow.js on webgpu',
    version,
    call: 'tf.argMin(tf.tensor1d([3, 1, 2])).shape',
    clause: 'pruning.sensitivity',
    case: 'The place of the least of three numbers is one number, without an axis.',
    expected: '[]',
    actual: '[1]',
    upstream: null,
  },
  {
    library: 'TensorFlow.js on webgpu',
    version,
    call: "tf.grad((x) => tf.avgPool(x, [1, 2], 1, 'same'))(tf.ones([1, 1, 1, 1]))",
    clause: 'cnn.pool.backward',
    case: 'The same case as on the other backends.',
    expected: '[1]',
    actual: '[0.5]',
    upstream: null,
  },
  {
    library: 'TensorFlow.js on webgpu',
    version,
    call: 'tf.sum(tf.tensor1d([]))',
    clause: 'inception.aux.loss',
    case: 'The sum of no losses.',
    expected: '[0]',
    actual: 'throws: no overload matched for createBuffer',
    upstream: null,
  },
  {
    library: 'TensorFlow.js on webgpu',
    version,
    call: 'tf.addN([1, 2, 3, 4, 5, 6, 7, 8].map((loss) => tf.scalar(loss)))',
    clause: 'inception.aux.loss',
    case: 'The sum of eight losses, 1 to 8: with the result, one storage buffer more than a shader of WebGPU is sure to have.',
    expected: '[36]',
    actual: 'fails',
    upstream: null,
  },
  {
    library: 'TensorFlow.js on webgpu',
    version,
    call: "tf.maxPool(tf.fill([1, 2, 2, 1], -2e20), [1, 2], 1, 'valid')",
    clause: 'cnn.pool.max',
    case: 'Two rows of two pixels of −2·10²⁰, a window a row: the search for the largest begins at −10²⁰.',
    expected: '[-200000004008175470000,-200000004008175470000]',
    actual: '[-100000002004087730000,-100000002004087730000]',
    upstream: null,
  },
]
