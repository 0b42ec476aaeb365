import * as tf from '@tensorflow/tfjs-core'
import { eachStep, isSeenToBeZero, rows, turned } from '../layers/steps.ts'
import { byCalls, type Held, withBias } from '../layers/tensorflow-calls.ts'
import { inOrder, type Kind, type Memory, type StepName } from './forward-memory.ts'
import { step } from './forward-step.ts'

/**
 * The gates, cells and states of a layer of long short-term memory whose gates are coupled, step by step.
 *
 * Fast by    one product for the inputs of all steps, and one a step for the state, of all gates together; without
 *            tensors of TensorFlow.js on the way
 */
export function calledCells<Name extends StepName>(
  inputs: Memory,
  kind: Kind,
  names: readonly Name[],
): Record<Name | 'last' | 'lastCell', tf.Tensor> {
  const { x, U, W, b, h0, c0, P } = inputs
  const [T, N] = x.shape as [number, number]
  const all = withBias(rows(x), turned(rows(U)), b)
  const entering = inOrder(eachStep(tf.reshape(all, [T, N, b.size])), kind)
  const recurrent = turned(rows(W))
  const ofCell = isSeenToBeZero(P) ? [] : tf.unstack(P)
  return byCalls((calls) => {
    const [weights, peepholes] = [calls.of(recurrent), ofCell.map((each) => calls.of(each))]
    const steps: Record<StepName, Held>[] = []
    let [h, c] = [calls.of(h0), calls.of(c0)]
    for (const into of entering) {
      const [before, cellBefore] = [h, c]
      const computed = calls.step(() => {
        const sums = calls.add(calls.matMul(before, weights), calls.of(into))
        return step(calls, calls.split(sums, 4), cellBefore, peepholes, kind)
      })
      ;({ h, c } = computed)
      steps.push({ ...computed, before, cellBefore })
    }
    const inTime = names.map((name) => {
      const each = steps.map((step) => step[name])
      return [name, calls.stacked(inOrder(each, kind))]
    })
    const last = tf.squeeze(calls.stacked([h]), [0])
    const lastCell = tf.squeeze(calls.stacked([c]), [0])
    return { ...Object.fromEntries(inTime), last, lastCell }
  })
}
