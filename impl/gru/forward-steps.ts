import * as tf from '@tensorflow/tfjs-core'
import { type Algebra, ofTensors } from '../layers/algebra.ts'
import { countedOf, eachStep, paddingOfEach, rows, select, turned } from '../layers/steps.ts'
import { byCalls, type Held, isCalled, withBias } from '../layers/tensorflow-calls.ts'

/** What a layer of gated recurrent units is given. */
export type Layer = Readonly<Record<'x' | 'U' | 'W' | 'b' | 'bn' | 'h0' | 'padded', tf.Tensor>>

/** Where the reset gate comes, and which step is done first. */
export interface Kind {
  readonly reset: 'before' | 'after'
  readonly direction: 'forward' | 'reverse'
}

/** The steps in the order in which they are done. */
export function inOrder<T>(steps: readonly T[], { direction }: Kind): readonly T[] {
  return direction === 'forward' ? steps : steps.toReversed()
}

/** The weights of each gate, transposed. */
const weightsOf = (weights: tf.Tensor) =>
  tf.unstack(weights).map((matrix) => turned(matrix as tf.Tensor2D))

/** The biases of each gate, that of the state in the candidate among them where the reset comes before. */
function biasesOf({ b, bn }: Layer, kind: Kind): readonly tf.Tensor[] {
  const [ofZ, ofR, ofN] = tf.unstack(b)
  return [ofZ!, ofR!, kind.reset === 'before' ? tf.add(ofN!, bn) : ofN!]
}

/** What the input and the biases give to each gate, at every step, in order. */
function projections(layer: Layer, kind: Kind): readonly (readonly tf.Tensor[])[] {
  const { x, U } = layer
  const inputs = rows(countedOf(x, layer.padded))
  const biases = biasesOf(layer, kind)
  return weightsOf(U).map((weights, gate) =>
    stepsOfRows(tf.add(tf.matMul(inputs, weights), biases[gate]!), layer, kind),
  )
}

/** The rows of all steps and sequences, a matrix for each step, in order. */
const stepsOfRows = (all: tf.Tensor, { x, bn }: Layer, kind: Kind) =>
  inOrder(eachStep(tf.reshape(all, [x.shape[0]!, x.shape[1]!, bn.shape[0]!])), kind)

/** Where steps are padding, N × H each, in order. */
export const paddingOfSteps = ({ padded, bn }: Layer, kind: Kind) =>
  inOrder(paddingOfEach(padded, bn.shape[0]!), kind)

/** What a step has before it and makes of it, each N × H; s = W_n h + b_m where the reset comes after. */
export type StepName = 'before' | 'z' | 'r' | 'n' | 's' | 'h'
type StepOf<A> = Readonly<Record<StepName, A>>

/** A step, given what enters its gates, and what of it goes into the candidate. */
function step<A>(
  { add, mul, one, sigmoid, sub, tanh }: Algebra<A>,
  before: A,
  {
    intoZ,
    intoR,
    intoN,
    s,
    through,
  }: Record<'intoZ' | 'intoR' | 'intoN' | 's', A> & {
    through(left: A): A
  },
): StepOf<A> {
  const [z, r] = [sigmoid(intoZ), sigmoid(intoR)]
  const n = tanh(add(intoN, through(mul(r, s))))
  const h = add(mul(z, before), mul(sub(one, z), n))
  return { before, z, r, n, s, h }
}

/**
 * All steps, in the order in which they are done.
 *
 * Fast by    one product a gate for the inputs of all steps, biases added to it, and one a step for the
 *            state: to cut a common product in three takes longer than it saves
 */
function stepByStep(layer: Layer, kind: Kind): readonly StepOf<tf.Tensor>[] {
  const { W, bn, h0 } = layer
  const [intoZ, intoR, intoN] = projections(layer, kind)
  const padding = paddingOfSteps(layer, kind)
  const [ofZ, ofR, ofN] = weightsOf(W)
  const isAfter = kind.reset === 'after'
  const product = (array: tf.Tensor, weights: tf.Tensor2D) =>
    tf.matMul(array as tf.Tensor2D, weights)

  const steps: StepOf<tf.Tensor>[] = []
  let state = h0
  for (const [at, projected] of intoZ!.entries()) {
    const made = step(ofTensors, state, {
      intoZ: tf.add(projected, product(state, ofZ!)),
      intoR: tf.add(intoR![at]!, product(state, ofR!)),
      intoN: intoN![at]!,
      s: isAfter ? tf.add(product(state, ofN!), bn) : state,
      through: (left) => (isAfter ? left : product(left, ofN!)),
    })
    state = select(padding[at]!, state, made.h)
    steps.push({ ...made, h: state })
  }
  return steps
}

/**
 * What is asked of all steps, in time, and the last state.
 *
 * Fast by    the same, with one product a step for all gates, and without tensors of TensorFlow.js on the way
 */
function calledSteps<Name extends StepName>(layer: Layer, kind: Kind, names: readonly Name[]) {
  const { bn, h0 } = layer
  const all = withBias(rows(layer.x), turned(rows(layer.U)), tf.stack([...biasesOf(layer, kind)]))
  const [intoZ, intoR, intoN] = tf.split(all, 3, 1).map((gate) => stepsOfRows(gate, layer, kind))
  const W = rows(layer.W)
  const H = W.shape[1]
  const isAfter = kind.reset === 'after'
  const ofGates = turned(isAfter ? W : tf.slice(W, [0, 0], [2 * H, H]))
  const ofCandidate = turned(tf.slice(W, [2 * H, 0], [H, H]))
  return byCalls((calls) => {
    const [gates, candidate] = [calls.of(ofGates), calls.of(ofCandidate)]
    const bias = calls.of(bn)
    const steps: StepOf<Held>[] = []
    let state = calls.of(h0)
    for (const [at, projected] of intoZ!.entries()) {
      const made = calls.step(() => {
        const [z, r, n] = calls.split(calls.matMul(state, gates), isAfter ? 3 : 2)
        return step(calls, state, {
          intoZ: calls.add(calls.of(projected), z!),
          intoR: calls.add(calls.of(intoR![at]!), r!),
          intoN: calls.of(intoN![at]!),
          s: isAfter ? calls.add(n!, bias) : state,
          through: (left) => (isAfter ? left : calls.matMul(left, candidate)),
        })
      })
      state = made.h
      steps.push(made)
    }
    return inTimeOf(steps, kind, names, state, (each) => calls.stacked(each))
  })
}

/** What is asked of all steps, in time, and the last state as an array of its own. */
function inTimeOf<A, Name extends StepName>(
  steps: readonly StepOf<A>[],
  kind: Kind,
  names: readonly Name[],
  last: A,
  stacked: (each: readonly A[]) => tf.Tensor,
) {
  const inTime = names.map((name) => {
    const each = steps.map((step) => step[name])
    return [name, stacked(inOrder(each, kind))]
  })
  return {
    ...Object.fromEntries(inTime),
    last: tf.squeeze(stacked([last]), [0]),
  } as Readonly<Record<Name | 'last', tf.Tensor>>
}

/** What is asked of all steps, in time, by its name, and the last state. */
export function stepsOf<Name extends StepName>(layer: Layer, kind: Kind, names: readonly Name[]) {
  if (isCalled(layer.padded)) return calledSteps(layer, kind, names)
  const steps = stepByStep(layer, kind)
  return inTimeOf(steps, kind, names, steps.at(-1)!.h, (each) => tf.stack([...each]))
}
