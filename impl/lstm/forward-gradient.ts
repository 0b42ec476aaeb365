import * as tf from '@tensorflow/tfjs-core'
import { sigmoidSlope } from '../layers/sigmoid.ts'
import {
  countedOf,
  eachStep,
  isSeenToBeZero,
  paddingOfEach,
  rows,
  select,
  turned,
  unless,
} from '../layers/steps.ts'
import { tanhSlope } from '../layers/tanh.ts'
import { cells } from './forward-cells.ts'
import { inOrder, type Kind, type Memory, type Steps } from './forward-memory.ts'

/** What arrives at the states and cells of every step, and at the last ones. */
export type Arriving = Readonly<Record<'dh' | 'dc' | 'dLast' | 'dLastCell', tf.Tensor>>

/** Arrays one beside the other along the axis of the units. */
const beside = (...arrays: readonly tf.Tensor[]) => tf.concat([...arrays], -1)

/** Which of input gate, forget gate and candidate have no gradient: a forget gate that is 1 less the other. */
const forgotten = (H: number) => tf.cast(beside(tf.zeros([H]), tf.ones([H]), tf.zeros([H])), 'bool')

/**
 * What each step multiplies on the way back, of all steps at once and in time: nothing of it depends on a
 * gradient. Factors stay apart: the product of two small ones may be 0 where a large gradient times both is not.
 */
function factors({ i, f, g, o, c, cellBefore }: Steps, { coupled }: Kind) {
  const tanhC = tf.tanh(c)
  return {
    values: beside(coupled ? tf.sub(g, cellBefore) : g, cellBefore, i),
    slopes: beside(sigmoidSlope(i), sigmoidSlope(f), tanhSlope(g)),
    f,
    o,
    tanhC,
    tanhSlopeC: tanhSlope(tanhC),
    slopeO: sigmoidSlope(o),
  }
}

/** The same of each of some arrays. */
const mapped = <Name extends string, A, B>(change: (array: A) => B, arrays: Record<Name, A>) =>
  Object.fromEntries(Object.entries<A>(arrays).map(([name, a]) => [name, change(a)])) as Record<
    Name,
    B
  >

/** What a gradient asks of every step. */
const ofEach = ['i', 'f', 'g', 'o', 'h', 'c', 'before', 'cellBefore'] as const

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
  const steps = cells(inputs, kind, ofEach)
  const backwards = (array: tf.Tensor) => inOrder(eachStep(array), kind).toReversed()
  const paddingOver = (units: number) =>
    inOrder(paddingOfEach(inputs.padded, units), kind).toReversed()
  const own = mapped(backwards, { dh, dc, ...factors(steps, kind) })
  const isPadding = paddingOver(H)
  const isForgotten = kind.coupled ? forgotten(H) : null
  const isNothingOfThree = paddingOver(3 * H).map((padding) =>
    padding === null || isForgotten === null
      ? (padding ?? isForgotten)
      : tf.logicalOr(padding, isForgotten),
  )
  const [ofInputGate, ofForgetGate, ofOutputGate] = isSeenToBeZero(inputs.P)
    ? []
    : tf.unstack(inputs.P)
  const seenThrough = (
    peephole: tf.Tensor | undefined,
    into: tf.Tensor | undefined,
    other: tf.Tensor,
  ) => (peephole === undefined ? other : tf.add(other, tf.mul(peephole, into!)))
  const recurrent = rows(W)
  const [deltas, back, backCell] = [[], [], []] as [tf.Tensor[], tf.Tensor[], tf.Tensor[]]
  let [later, laterCell] = [dLast, dLastCell]
  for (const [at, padding] of isPadding.entries()) {
    const the = mapped((each) => each[at]!, own)
    // By selection: whatever a padded step holds, or a gate that is not used, and whatever arrives there,
    // nothing of it counts; infinity times 0 is NaN.
    const eta = tf.add(the.dh, later)
    const intoO = unless(padding, tf.mul(tf.mul(eta, the.tanhC), the.slopeO))
    const shown = unless(padding, tf.mul(tf.mul(eta, the.o), the.tanhSlopeC))
    const arrives = tf.add(tf.add(the.dc, laterCell), shown)
    const gamma = seenThrough(ofOutputGate, intoO, arrives)
    const three = tf.mul(tf.mul(beside(gamma, gamma, gamma), the.values), the.slopes)
    const intoOthers = unless(isNothingOfThree[at]!, three)
    const [intoI, intoF] = ofInputGate === undefined ? [] : tf.split(intoOthers, 3, 1)
    const delta = beside(intoOthers, intoO)
    const kept = seenThrough(ofInputGate, intoI, tf.mul(gamma, the.f))
    later = select(padding, eta, tf.matMul(delta as tf.Tensor2D, recurrent))
    laterCell = select(padding, gamma, seenThrough(ofForgetGate, intoF, kept))
    deltas.push(delta)
    back.push(later)
    backCell.push(laterCell)
  }
  const inTime = (array: readonly tf.Tensor[]) => tf.stack(inOrder(array.toReversed(), kind))
  const delta = inTime(deltas)
  const all = rows(delta)
  const allTurned = turned(all)
  const [intoI, intoF, , intoO] = tf.split(delta, 4, 2)
  const seen = (into: tf.Tensor, cell: tf.Tensor) => tf.sum(tf.mul(into, cell), [0, 1])
  const { h, c, before, cellBefore } = steps
  return {
    dx: tf.reshape(tf.matMul(all, rows(U)), x.shape),
    dU: tf.reshape(tf.matMul(allTurned, rows(countedOf(x, inputs.padded))), U.shape),
    dW: tf.reshape(tf.matMul(allTurned, rows(before)), W.shape),
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
