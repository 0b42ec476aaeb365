import * as tf from '@tensorflow/tfjs-core'
import type { forwardGradient as gradientSpec, forward as spec } from '../../spec/gru/forward.ts'
import { sigmoidSlope } from '../layers/sigmoid.ts'
import { countedOf, eachStep, rows, select, turned, unless } from '../layers/steps.ts'
import { tanhSlope } from '../layers/tanh.ts'
import type { Fast } from '../operation.ts'
import { inOrder, paddingOfSteps, stepsOf } from './forward-steps.ts'

/**
 * Gated recurrent units.
 *
 * Clauses    gru.forward.state, gru.forward.gradient, gru.forward.sequences,
 *            gru.forward.closed-gates, gru.merged-gate
 * Fast by    one product a gate for the inputs of all steps, and one a step for the state; where TensorFlow computes on
 *            a processor, one for all gates
 */
export const forward: Fast<typeof spec> = (inputs, kind) => {
  return stepsOf(inputs, kind, ['h'])
}

/**
 * Gradients of gated recurrent units, through time.
 *
 * Clauses    gru.forward.gradient
 * Fast by    slopes of all steps at once; one product a step on the way back, or two where the reset comes
 *            before the product; sums over time as products over the rows of all steps and sequences
 */
export const forwardGradient: Fast<typeof gradientSpec> = (inputs, kind) => {
  const { x, U, W, dh, dLast } = inputs
  const H = dLast.shape[1]!
  const isBefore = kind.reset === 'before'
  const steps = stepsOf(inputs, kind, ['before', 'z', 'r', 'n', 's', 'h'])
  // Numbers that overflowed before a step that does not count would make NaN of its zeros.
  const all = (name: keyof typeof steps) => countedOf(steps[name], inputs.padded)
  const [before, z, r, n, s] = [all('before'), all('z'), all('r'), all('n'), all('s')]

  const backwards = (array: tf.Tensor) => inOrder(eachStep(array), kind).toReversed()
  const padding = paddingOfSteps(inputs, kind).toReversed()
  const arriving = backwards(dh)
  const kept = backwards(z)
  const taken = backwards(tf.sub(1, z))
  const further = backwards(tf.sub(before, n))
  const [slopeZ, slopeR] = [backwards(sigmoidSlope(z)), backwards(sigmoidSlope(r))]
  const slopeN = backwards(tanhSlope(n))
  const [reset, multiplied] = [backwards(r), backwards(s)]
  const whole = rows(W)
  const [ofGates, ofCandidate] = tf.split(whole, [2 * H, H]) as [tf.Tensor2D, tf.Tensor2D]

  const deltas: tf.Tensor[] = []
  const recurrent: tf.Tensor[] = []
  const back: tf.Tensor[] = []
  let later = dLast
  for (const [at, outside] of arriving.entries()) {
    const g = tf.add(outside, later)
    const arrived = unless(padding[at]!, g)
    const deltaN = tf.mul(tf.mul(arrived, taken[at]!), slopeN[at]!)
    const deltaZ = tf.mul(tf.mul(arrived, further[at]!), slopeZ[at]!)
    const weighed = isBefore ? tf.matMul(deltaN as tf.Tensor2D, ofCandidate) : deltaN
    const deltaR = tf.mul(tf.mul(weighed, multiplied[at]!), slopeR[at]!)
    const throughReset = tf.mul(weighed, reset[at]!)
    const gates = tf.concat(isBefore ? [deltaZ, deltaR] : [deltaZ, deltaR, throughReset], 1)
    const products = tf.matMul(gates as tf.Tensor2D, isBefore ? ofGates : whole)
    const sum = tf.add(tf.mul(g, kept[at]!), isBefore ? tf.add(products, throughReset) : products)
    later = select(padding[at]!, g, sum)
    deltas.push(tf.concat([deltaZ, deltaR, deltaN], 1))
    recurrent.push(isBefore ? deltaN : throughReset)
    back.push(later)
  }
  const stacked = (each: tf.Tensor[]) => tf.stack([...inOrder(each.toReversed(), kind)])
  const [delta, ofState] = [rows(stacked(deltas)), rows(stacked(recurrent))]
  const [deltaT, ofStateT] = [turned(delta), turned(ofState)]
  const weighed = isBefore ? tf.mul(r, before) : before
  const dW = [
    tf.matMul(tf.slice(deltaT, [0, 0], [2 * H, -1]), rows(before)),
    tf.matMul(ofStateT, rows(weighed)),
  ]
  return {
    dx: tf.reshape(tf.matMul(delta, rows(U)), x.shape),
    dU: tf.reshape(tf.matMul(deltaT, rows(countedOf(x, inputs.padded))), U.shape),
    dW: tf.reshape(tf.concat(dW), W.shape),
    db: tf.reshape(tf.sum(delta, 0), [3, H]),
    dBn: tf.sum(ofState, 0),
    dH0: tf.clone(later),
    h: steps.h,
    back: stacked(back),
  }
}
