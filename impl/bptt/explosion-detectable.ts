import * as tf from '@tensorflow/tfjs-core'
import type {
  gradientDiagnosis as diagnosisSpec,
  overflowStep as stepSpec,
} from '../../spec/bptt/explosion-detectable.ts'
import { count } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

/** The largest number of single precision. */
const largest = (2 - 2 ** -23) * 2 ** 127

/**
 * Diagnosis of gradients over time.
 *
 * Clauses    bptt.explosion-detectable
 * Fast by    comparisons that NaN fails, on the device
 */
export const gradientDiagnosis: Fast<typeof diagnosisSpec> = ({ norms }, { limit, faded }) => {
  const states = norms.size
  const first = tf.slice(norms, 0, 1)
  const last = tf.slice(norms, states - 1, 1)
  const finite = tf.all(tf.lessEqual(norms, largest))
  const within = tf.all(tf.lessEqual(norms, limit))
  const fading = tf.all(tf.less(first, tf.mul(last, faded)))
  const written = (truth: tf.Tensor) => tf.cast(truth, 'float32')
  return {
    finite: written(finite),
    exploding: written(tf.logicalNot(within)),
    vanishing: written(tf.logicalAnd(finite, fading)),
  }
}

const exponents = { float16: 16, bfloat16: 128, float32: 128, float64: 1024 } as const

/**
 * Step at which a growing gradient overflows.
 *
 * Clauses    bptt.explosion-detectable
 * By         growing step by step, the exponent apart from what is between 1 and 2
 */
export const overflowStep: Fast<typeof stepSpec> = (_, { growth, format }) => {
  let [steps, part, exponent] = [0, 1, 0]
  while (exponent < exponents[format]) {
    part *= growth
    steps++
    for (; part >= 2; part /= 2) exponent++
  }
  return { steps: count(steps) }
}
