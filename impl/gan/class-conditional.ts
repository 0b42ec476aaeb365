import * as tf from '@tensorflow/tfjs-core'
import type {
  conditionalDivergence as divergenceSpec,
  conditionalValue as spec,
} from '../../spec/gan/class-conditional.ts'
import type { Fast } from '../operation.ts'
import { divergences } from './jsd-equivalence.ts'
import { logComplement, logSigmoid } from './value-function-logarithms.ts'

/** Each weight as a share of its row. */
const sharesOfRows = (w: tf.Tensor) => tf.div(w, tf.sum(w, -1, true))

/**
 * Value of a discriminator and a generator that are told the class.
 *
 * Clauses    gan.class-conditional
 * Fast by    the logarithms of all classes at once
 */
export const conditionalValue: Fast<typeof spec> = ({ logits, classes, data, generated }) => {
  const mean = (w: tf.Tensor, of: tf.Tensor) => tf.sum(tf.mul(sharesOfRows(w), of), 1)
  const ofClass = tf.add(mean(data, logSigmoid(logits)), mean(generated, logComplement(logits)))
  return { value: tf.sum(tf.mul(sharesOfRows(classes), ofClass)), ofClass }
}

/**
 * Jensen–Shannon divergence of samples with their classes, and of samples alone.
 *
 * Clauses    gan.class-conditional
 * Fast by    the divergences of all classes at once
 */
export const conditionalDivergence: Fast<typeof divergenceSpec> = ({
  classes,
  data,
  generated,
}) => {
  const w = sharesOfRows(classes)
  const [p, q] = [sharesOfRows(data), sharesOfRows(generated)]
  const mixed = (rows: tf.Tensor) => tf.sum(tf.mul(tf.expandDims(w, 1), rows), 0)
  return {
    joint: tf.sum(tf.mul(w, divergences(p, q))),
    marginal: divergences(mixed(p), mixed(q)),
  }
}
