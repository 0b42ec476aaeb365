import * as tf from '@tensorflow/tfjs-core'
import type {
  featureFrechetDistance as featureSpec,
  frechetDistance as spec,
} from '../../spec/gan/frechet-distance.ts'
import { lengths, shares } from '../layers/norm.ts'
import { nuclearNorm, principalRows } from '../layers/principal-rows.ts'
import { inSmallProducts } from '../layers/products.ts'
import type { Fast } from '../operation.ts'

type Matrix = tf.Tensor2D

/** The distance and what it is made of. */
function assembled(means: tf.Tensor, traces: tf.Tensor, shared: tf.Tensor): tf.Tensor {
  const distance = tf.sub(tf.add(means, traces), tf.mul(shared, 2))
  return tf.stack([distance, means, traces, shared])
}

/** A matrix over its largest magnitude, and that. */
function scaled(A: Matrix): { readonly over: Matrix; readonly scale: tf.Tensor } {
  const largest = tf.max(tf.abs(A))
  const scale = tf.where(tf.greater(largest, 0), largest, tf.onesLike(largest))
  return { over: shares(A, scale), scale }
}

/** Rows F with FᵀF = Σ: those of principal rows, each over the root of its length. */
function rootOf(Sigma: Matrix): Matrix {
  const rows = principalRows(Sigma)
  const values = tf.expandDims(lengths(rows, 1), 1)
  const isThere = tf.greater(values, 0)
  return tf.mul(
    rows,
    tf.where(isThere, tf.rsqrt(tf.where(isThere, values, tf.onesLike(values))), 0),
  )
}

const trace = (A: Matrix) => tf.sum(tf.mul(A, tf.eye(A.shape[0])))

/**
 * Squared Fréchet distance of two normal distributions.
 *
 * Clauses    gan.eval.fid
 * Fast by    the singular values of the product of two factors in place of the root of a product
 */
export const frechetDistance: Fast<typeof spec> = ({
  meanReal,
  meanGenerated,
  covarianceReal,
  covarianceGenerated,
}) =>
  inSmallProducts(() => {
    const [A, B] = [scaled(covarianceReal as Matrix), scaled(covarianceGenerated as Matrix)]
    const product = tf.matMul(rootOf(A.over), rootOf(B.over), false, true) as Matrix
    const size = tf.mul(tf.sqrt(A.scale), tf.sqrt(B.scale))
    const shared = tf.mul(nuclearNorm(product), size)
    const traces = tf.add(trace(covarianceReal as Matrix), trace(covarianceGenerated as Matrix))
    const means = tf.sum(tf.square(tf.sub(meanReal, meanGenerated)))
    return { distance: assembled(means, traces, shared) }
  })

/** Features less their means, over their largest magnitude, in no more rows than there are features. */
function centred(x: Matrix) {
  const mean = tf.mean(x, 0)
  const { over, scale } = scaled(tf.sub(x, mean))
  const [N, D] = x.shape
  return { mean, scale, squares: tf.sum(tf.square(over)), rows: N > D ? principalRows(over) : over }
}

/**
 * Squared Fréchet distance of two sets of features.
 *
 * Clauses    gan.eval.fid
 * Fast by    the singular values of the product of both sets, without a covariance; of more samples than features, sets
 *            are turned into as many rows as there are features first
 */
export const featureFrechetDistance: Fast<typeof featureSpec> = (
  { real, generated },
  { divisor },
) =>
  inSmallProducts(() => {
    const less = divisor === 'N' ? 0 : 1
    const [nu, xi] = [real.shape[0]! - less, generated.shape[0]! - less]
    const [R, G] = [centred(real as Matrix), centred(generated as Matrix)]
    const trace = ({ squares, scale }: typeof R, count: number) =>
      tf.mul(tf.div(squares, count), tf.square(scale))
    const product = tf.matMul(R.rows, G.rows, false, true) as Matrix
    const shared = tf.mul(
      tf.mul(tf.div(nuclearNorm(product), Math.sqrt(nu * xi)), R.scale),
      G.scale,
    )
    const means = tf.sum(tf.square(tf.sub(R.mean, G.mean)))
    return { distance: assembled(means, tf.add(trace(R, nu), trace(G, xi)), shared) }
  })
