import * as tf from '@tensorflow/tfjs-core'
import { sigmoidSlope } from '../layers/sigmoid.ts'
import { tanhSlope } from '../layers/tanh.ts'
import { cells, inOrder, type Kind, type Memory, rows, together } from './forward-cells.ts'

/** What arrives at the states and cells of every step, and at the last ones. */
export type Arriving = Readonly<Record<'dh' | 'dc' | 'dLast' | 'dLastCell', tf.Tensor>>

/** Arrays one beside the other along the axis of the units. */
const beside = (...arrays: readonly tf.Tensor[]) => tf.concat([...arrays], -1)

/** Where steps are padding, for every element that belongs to one. */
const isPaddingOver = (padded: tf.Tensor, shape: number[]) =>
  tf.broadcastTo(tf.cast(tf.expandDims(padded, 2), 'bool'), shape)

/**
 * What each step multiplies on the way back, of all steps at once and in time: nothing of it depends on a
 * gradient.
 *
 * - `byGate`: δ = byGate ⊙ (γ, γ, γ, η), of what arrives at the cell and at the state
 * - `shown`: what of η arrives at the cell, through the state and the peephole of the output gate
 * - `kept`: what of γ arrives at the cell before, through the cell and the other peepholes
 */
function factors({ padded, P }: Memory, { i, f, g, o, c, cellBefore }: Steps, { coupled }: Kind) {
  const [peepholeI, peepholeF, peepholeO] = tf.unstack(P)
  const isPadding = isPaddingOver(padded, c.shape)
  const tanhC = tf.tanh(c)
  const byI = tf.mul(coupled ? tf.sub(g, cellBefore) : g, sigmoidSlope(i))
  const byF = coupled ? tf.zerosLike(f) : tf.mul(cellBefore, sigmoidSlope(f))
  const byG = tf.mul(i, tanhSlope(g))
  const byO = tf.mul(tanhC, sigmoidSlope(o))
  const shown = tf.add(tf.mul(o, tanhSlope(tanhC)), tf.mul(peepholeO!, byO))
  const peeped = tf.add(tf.mul(peepholeI!, byI), tf.mul(peepholeF!, byF))
  // By selection, so that whatever a padded step holds reaches nothing.
  const unless = (padding: number, array: tf.Tensor) =>
    tf.where(isPadding, tf.fill(c.shape, padding), array)
  return {
    byGate: beside(...[byI, byF, byG, byO].map((factor) => unless(0, factor))),
    shown: unless(0, shown),
    kept: unless(1, tf.add(f, peeped)),
    isPadding,
  }
}

/** What is known of every step, each T × N × H, in time. */
type Steps = Readonly<
  Record<'i' | 'f' | 'g' | 'o' | 'h' | 'c' | 'before' | 'cellBefore', tf.Tensor>
>

function stepsInTime(inputs: Memory, kind: Kind): Steps {
  const { steps } = cells(inputs, kind)
  const inTime = (name: keyof Steps) => {
    const each = steps.map((step) => step[name])
    return tf.stack(inOrder(each, kind))
  }
  return {
    i: inTime('i'),
    f: inTime('f'),
    g: inTime('g'),
    o: inTime('o'),
    h: inTime('h'),
    c: inTime('c'),
    before: inTime('before'),
    cellBefore: inTime('cellBefore'),
  }
}

/**
 * Gradients of a layer of long short-term memory, through time.
 *
 * Fast by    what does not depend on a gradient is computed for all steps at once; on the way back, one product
 *            a step for all gates; the sums over time are one product each, over the rows of all steps and
 *            sequences together
 */
export function cellsGradient(inputs: Memory, { dh, dc, dLast, dLastCell }: Arriving, kind: Kind) {
  const { x, U, W } = inputs
  const [T, N] = x.shape as [number, number]
  const H = dLast.shape[1]!
  const steps = stepsInTime(inputs, kind)
  const { byGate, shown, kept, isPadding } = factors(inputs, steps, kind)
  const backwards = (array: tf.Tensor) => inOrder(tf.unstack(array), kind).toReversed()
  const [arriving, arrivingCell, padding] = [backwards(dh), backwards(dc), backwards(isPadding)]
  const gatesPadded = backwards(isPaddingOver(inputs.padded, byGate.shape))
  const [gates, shares, keeps] = [backwards(byGate), backwards(shown), backwards(kept)]
  const recurrent = together(W)
  const [deltas, back, backCell] = [[], [], []] as [tf.Tensor[], tf.Tensor[], tf.Tensor[]]
  let [later, laterCell] = [dLast, dLastCell]
  for (const [at, own] of arriving.entries()) {
    const eta = tf.add(own, later)
    const gamma = tf.add(tf.add(arrivingCell[at]!, laterCell), tf.mul(eta, shares[at]!))
    const product = tf.mul(gates[at]!, beside(gamma, gamma, gamma, eta))
    // By selection: what arrives may have left the range of the numbers, and nothing of it counts here.
    const delta = tf.where(gatesPadded[at]!, tf.zerosLike(product), product)
    later = tf.where(padding[at]!, eta, tf.matMul(delta as tf.Tensor2D, recurrent))
    laterCell = tf.mul(gamma, keeps[at]!)
    deltas.push(delta)
    back.push(later)
    backCell.push(laterCell)
  }
  const inTime = (array: readonly tf.Tensor[]) => tf.stack(inOrder(array.toReversed(), kind))
  const delta = inTime(deltas)
  const all = rows(delta)
  const counted = tf.where(isPaddingOver(inputs.padded, x.shape), tf.zerosLike(x), x)
  const [intoI, intoF, , intoO] = tf.split(delta, 4, 2)
  const seen = (into: tf.Tensor, cell: tf.Tensor) => tf.sum(tf.mul(into, cell), [0, 1])
  const { h, c, before, cellBefore } = steps
  return {
    dx: tf.reshape(tf.matMul(all, together(U)), x.shape),
    dU: tf.reshape(tf.matMul(all, rows(counted), true), U.shape),
    dW: tf.reshape(tf.matMul(all, rows(before), true), W.shape),
    db: tf.reshape(tf.sum(all, 0), [4, H]),
    dP: tf.stack([seen(intoI!, cellBefore), seen(intoF!, cellBefore), seen(intoO!, c)]),
    dH0: tf.clone(later),
    dC0: tf.clone(laterCell),
    h,
    c,
    delta: tf.reshape(delta, [T, N, 4, H]),
    back: inTime(back),
    backCell: inTime(backCell),
  }
}
