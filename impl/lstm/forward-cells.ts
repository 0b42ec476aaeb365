import * as tf from '@tensorflow/tfjs-core'
import { ofTensors } from '../layers/algebra.ts'
import { eachStep, isSeenToBeZero, paddingOfEach, rows, select, turned } from '../layers/steps.ts'
import { isCalled } from '../layers/tensorflow-calls.ts'
import { blockCells } from './forward-block.ts'
import { calledCells } from './forward-calls.ts'
import { inOrder, type Kind, type Memory, type StepName } from './forward-memory.ts'
import { step } from './forward-step.ts'

/** The weights of each gate, transposed. */
const weightsOf = (weights: tf.Tensor) =>
  tf.unstack(weights).map((matrix) => turned(matrix as tf.Tensor2D))

/**
 * The gates, cells and states of a layer of long short-term memory, step by step.
 *
 * Fast by    one product a gate for the inputs of all steps, biases added to it, and one a step for the
 *            state: to cut a common product in four takes longer than it saves
 */
function stepByStep<Name extends StepName>(inputs: Memory, kind: Kind, names: readonly Name[]) {
  const { x, U, W, b, h0, c0, P } = inputs
  const [T, N] = x.shape as [number, number]
  const [each, biases] = [rows(x), tf.unstack(b)]
  const projected = weightsOf(U).map((weights, gate) => {
    const all = tf.add(tf.matMul(each, weights), biases[gate]!)
    return inOrder(eachStep(tf.reshape(all, [T, N, c0.shape[1]!])), kind)
  })
  const padding = inOrder(paddingOfEach(inputs.padded, c0.shape[1]!), kind)
  const [recurrent, peepholes] = [weightsOf(W), isSeenToBeZero(P) ? [] : tf.unstack(P)]
  const steps: Record<StepName, tf.Tensor>[] = []
  let [h, c] = [h0, c0]
  for (let at = 0; at < T; at++) {
    const [before, cellBefore] = [h as tf.Tensor2D, c]
    const entering = recurrent.map((weights, gate) =>
      tf.add(projected[gate]![at]!, tf.matMul(before, weights)),
    )
    const computed = step(ofTensors, entering, c, peepholes, kind)
    h = select(padding[at]!, h, computed.h)
    c = select(padding[at]!, c, computed.c)
    steps.push({ ...computed, h, c, before, cellBefore })
  }
  const inTime = names.map((name) => {
    const each = steps.map((step) => step[name])
    return [name, tf.stack(inOrder(each, kind))]
  })
  return { ...Object.fromEntries(inTime), last: tf.clone(h), lastCell: tf.clone(c) } as Record<
    Name | 'last' | 'lastCell',
    tf.Tensor
  >
}

/** What is asked of every step, in time, by its name, and what is left after the step that is done last. */
export function cells<Name extends StepName>(
  inputs: Memory,
  kind: Kind,
  names: readonly Name[],
): Readonly<Record<Name | 'last' | 'lastCell', tf.Tensor>> {
  if (!isCalled(inputs.padded)) return stepByStep(inputs, kind, names)
  return kind.coupled ? calledCells(inputs, kind, names) : blockCells(inputs, kind, names)
}
