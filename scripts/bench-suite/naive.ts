import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'

/**
 * The convolution property as one writes it with fast-check alone: sizes are drawn first, arrays
 * element by element from them, the reference is nested loops over plain doubles, and a tolerance is
 * guessed. Arrays are as large as those of the suite; dilations and padding are left out.
 */
const side = fc.integer({ min: 1, max: 4 })
const cases = fc
  .record({
    N: fc.integer({ min: 1, max: 2 }),
    H: fc.integer({ min: 4, max: 12 }),
    W: fc.integer({ min: 4, max: 12 }),
    K: side,
    Q: side,
    Hf: side,
    Wf: side,
    stride: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ N, H, W, K, Q, Hf, Wf, stride }) =>
    fc.record({
      x: floats(N * H * W * K),
      filters: floats(Hf * Wf * K * Q),
      bias: floats(Q),
      shapes: fc.constant({ N, H, W, K, Q, Hf, Wf, stride }),
    }),
  )

function floats(length: number) {
  const element = fc.float({ min: -100, max: 100, noNaN: true })
  return fc.array(element, { minLength: length, maxLength: length })
}

type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never

function expected({ x, filters, bias, shapes }: Case): number[] {
  const { N, H, W, K, Q, Hf, Wf, stride } = shapes
  const [Ho, Wo] = [Math.floor((H - Hf) / stride) + 1, Math.floor((W - Wf) / stride) + 1]
  const y: number[] = []
  for (let n = 0; n < N; n++)
    for (let i = 0; i < Ho; i++)
      for (let j = 0; j < Wo; j++)
        for (let q = 0; q < Q; q++) {
          let sum = bias[q]!
          for (let u = 0; u < Hf; u++)
            for (let v = 0; v < Wf; v++)
              for (let k = 0; k < K; k++) {
                const pixel = x[((n * H + i * stride + u) * W + j * stride + v) * K + k]!
                sum += pixel * filters[((u * Wf + v) * K + k) * Q + q]!
              }
          y.push(sum)
        }
  return y
}

function actual({ x, filters, bias, shapes }: Case): Float32Array {
  const { N, H, W, K, Q, Hf, Wf, stride } = shapes
  const y = tf.tidy(() =>
    tf.fused.conv2d({
      x: tf.tensor4d(x, [N, H, W, K]),
      filter: tf.tensor4d(filters, [Hf, Wf, K, Q]),
      bias: tf.tensor1d(bias),
      strides: stride,
      pad: 'valid',
    }),
  )
  const data = y.dataSync() as Float32Array
  y.dispose()
  return data
}

/** Seconds for a number of cases; throws when a case fails. */
export async function naiveConvolution(runs: number, seed: number): Promise<number> {
  const started = performance.now()
  await fc.assert(
    fc.asyncProperty(cases, async (the) => {
      const [wanted, got] = [expected(the), actual(the)]
      return wanted.every((value, i) => Math.abs(value - got[i]!) <= 1e-2 + 1e-3 * Math.abs(value))
    }),
    { numRuns: runs, seed },
  )
  return (performance.now() - started) / 1000
}
