import * as tf from '@tensorflow/tfjs-core'
import type { probabilityValue as spec } from '../../spec/gan/value-of-probabilities.ts'
import type { Fast } from '../operation.ts'

type Cut = 'none' | 'logarithms' | 'probabilities'

/**
 * Value of a generator and a discriminator from probabilities, and its slopes.
 *
 * Clauses    gan.value.of-probabilities
 * Fast by    a batch at once. What is cut off is selected, so that no infinity meets a factor 0
 */
export const probabilityValue: Fast<typeof spec> = ({ real, generated }, { cut }) => {
  const ofReal = logarithms(real, cut)
  const ofGenerated = logarithms(tf.sub(1, generated), cut)
  const [onReal, onGenerated] = [tf.mean(ofReal.values), tf.mean(ofGenerated.values)]
  return {
    value: tf.add(onReal, onGenerated),
    onReal,
    onGenerated,
    realSlopes: tf.div(ofReal.slopes, real.size),
    generatedSlopes: tf.div(ofGenerated.slopes, -generated.size),
  }
}

/** ln d, of d from 0 to 1 or what it is cut off to, and its derivative. */
function logarithms(d: tf.Tensor, cut: Cut) {
  if (cut === 'none') {
    const isZero = tf.equal(d, 0)
    const infinite = tf.fill(d.shape, Number.POSITIVE_INFINITY)
    const some = tf.where(isZero, tf.onesLike(d), d)
    return {
      values: tf.where(isZero, tf.neg(infinite), tf.log(some)),
      slopes: tf.where(isZero, infinite, tf.div(1, some)),
    }
  }
  if (cut === 'logarithms') {
    // Below the least normal number, which TensorFlow takes for 0 where it compares.
    const isLow = tf.lessEqual(d, Math.exp(-100))
    const some = tf.where(isLow, tf.onesLike(d), d)
    return {
      values: tf.where(isLow, tf.fill(d.shape, -100), tf.log(some)),
      slopes: tf.where(isLow, tf.zerosLike(d), tf.div(1, some)),
    }
  }
  const inside = tf.clipByValue(d, 1e-7, 1 - 1e-7)
  const isInside = tf.logicalAnd(tf.greaterEqual(d, 1e-7), tf.lessEqual(d, 1 - 1e-7))
  return {
    values: tf.log(inside),
    slopes: tf.where(isInside, tf.div(1, inside), tf.zerosLike(d)),
  }
}
