import * as tf from '@tensorflow/tfjs-core'
import type {
  deepScoresGradient as gradientSpec,
  deepScores as spec,
} from '../../spec/rnn/deep-output.ts'
import { asRows, scoresGradientOf, scoresOf } from '../layers/scores.ts'
import { alongWay, backAlongWay, byStep } from '../layers/way.ts'
import type { Fast } from '../operation.ts'

/** Rows of every step of every sequence, by step and sequence. */
const inTime = (array: tf.Tensor2D, { shape: [T, N] }: tf.Tensor) =>
  tf.reshape(array, [T!, N!, array.shape[1]])

/**
 * Scores of every step, from its state through layers.
 *
 * Clauses    rnn.deep-output
 * Fast by    one product a layer for all steps together
 */
export const deepScores: Fast<typeof spec> = ({ h, V, c, ...way }, kind) => {
  const z = alongWay(asRows(h), way, kind)
  return { o: scoresOf(inTime(z.at(-1)!, h), V, c) }
}

/**
 * Gradients of the scores of every step, from its state through layers.
 *
 * Clauses    rnn.deep-output
 * Fast by    two products a layer for all steps together
 */
export const deepScoresGradient: Fast<typeof gradientSpec> = ({ h, V, do: dO, ...way }, kind) => {
  const z = alongWay(asRows(h), way, kind)
  const { dh, dV, dc } = scoresGradientOf(inTime(z.at(-1)!, h), V, dO)
  const { dx, delta, ...found } = backAlongWay(asRows(h), way, kind, z, asRows(dh))
  return {
    ...found,
    dh: tf.reshape(dx, h.shape),
    dV,
    dc,
    inner: byStep(z, h.shape),
    innerDelta: byStep(delta, h.shape),
  }
}
