import { build, memberOf, type NumberArray, stacked } from '../../../reference/arithmetic/array.ts'
import {
  deepTransitionGradient as gradientReference,
  deepTransition as reference,
} from '../../../reference/rnn/deep-transition.ts'
import { deepTransition, deepTransitionGradient } from '../../../spec/rnn/deep-transition.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(deepTransition, reference)
const wrongGradient = faultsOf(deepTransitionGradient, gradientReference)
const transposedLast = (M: NumberArray<number>) => permuted(M, (l, i, j) => [l, j, i])

export const noWayPast = wrong.inputs('has no way past the layers between', ({ S }) => ({
  S: zeros(S.shape),
}))

export const pastIntoFirst = wrong.inputs(
  'adds the way past the layers to what enters the first of them',
  ({ W, S }) => ({ W: changed(W, (w, at) => w + S.data[at]!), S: zeros(S.shape) }),
)

export const firstBiasAlone = wrong.inputs('has a bias in the first layer alone', ({ b }) => ({
  b: build(b.shape, (l, i) => (l === 0 ? b.at(l, i) : 0)),
}))

export const transposesBetween = wrong.inputs(
  'takes the weights from layer to layer transposed',
  ({ A }) => ({ A: transposedLast(A) }),
)

export const sameBetween = wrong.inputs(
  'takes the weights into the second layer for those into all further ones',
  ({ A }) => ({ A: permuted(A, (_, i, j) => [0, i, j]) }),
)

export const leavesOutLast = wrong.answer(
  'leaves out the last layer',
  ({ inputs, parameters, right, sizes: { Layers } }) => {
    const { A, b, W, S } = inputs
    if (Layers === 2) {
      // A single layer: what leads to it is both ways from the state.
      const identity = build(A.shape, (_, i, j) => (i === j ? 1 : 0))
      const bias = build(b.shape, (l, i) => (l === 0 ? b.at(l, i) : 0))
      return right({ ...inputs, A: identity, S: zeros(S.shape), b: bias, W }, parameters)
    }
    const fewer = (array: NumberArray<number>) =>
      build(array.shape.with(0, array.shape[0]! - 1), (...at) => array.at(...at))
    return right({ ...inputs, A: fewer(A), b: fewer(b) }, parameters)
  },
)

/** One step, of a state and of what there is of the inputs at it. */
function overSteps(
  question: Parameters<Parameters<typeof wrong.answer>[1]>[0],
  step: (
    ask: (h0: NumberArray<number>) => NumberArray<number>,
    before: NumberArray<number>,
  ) => {
    readonly given: NumberArray<number>
    readonly kept: NumberArray<number>
  },
) {
  const { inputs, parameters, right, sizes } = question
  const order = Array.from({ length: sizes.T! }, (_, t) => t)
  if (parameters.direction === 'reverse') order.reverse()
  const own = (array: NumberArray<number>, t: number) => stacked([memberOf(array, t)])
  const h: NumberArray<number>[] = []
  let state = inputs.h0
  for (const t of order) {
    const at = { ...inputs, x: own(inputs.x, t), padded: own(inputs.padded, t) }
    const { given, kept } = step((h0) => right({ ...at, h0 }, parameters).last, state)
    h[t] = given
    state = kept
  }
  return { h: stacked(h), last: state }
}

export const startsAnew = wrong.answer('begins every step from the first state', (question) =>
  overSteps(question, (ask, before) => ({ given: ask(before), kept: question.inputs.h0 })),
)

export const stateForward = wrong.parameters('takes every sequence forwards', () => ({
  direction: 'forward',
}))

export const ignoresPadding = wrong.inputs('takes padding for inputs', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const backByChainAlone = wrongGradient.outputs(
  'sends nothing back past the layers between',
  (_, { inputs, parameters, right }) => {
    const { dH0, back, dx, dU } = right({ ...inputs, S: zeros(inputs.S.shape) }, parameters)
    return { dH0, back, dx, dU }
  },
)

export const pastIsConstant = wrongGradient.outputs(
  'gives no gradient by the weights of the way past the layers',
  ({ dS }) => ({ dS: zeros(dS.shape) }),
)

export const transposesGradient = wrongGradient.outputs(
  'gives the gradient by the weights between layers transposed',
  ({ dA }) => ({ dA: transposedLast(dA) }),
)

export const biasOfLastForAll = wrongGradient.outputs(
  'gives the gradient by the last bias for those by all of them',
  ({ db }) => ({ db: permuted(db, (_, i) => [db.shape[0]! - 1, i]) }),
)

export const lastForInner = wrongGradient.outputs(
  'multiplies by the states where the layers between should be',
  (_, { inputs, parameters, right }) => {
    const { delta, h } = right(inputs, parameters)
    const [T, L, N, H] = delta.shape as [number, number, number, number]
    return {
      dA: build([L - 1, H, H], (l, i, j) => {
        let sum = 0
        for (let t = 0; t < T; t++)
          for (let n = 0; n < N; n++) sum += delta.at(t, l + 1, n, i) * h.at(t, n, j)
        return sum
      }),
    }
  },
)

export const lastStepAlone = wrongGradient.outputs(
  'gives the derivative by the inputs of the step that is done last alone',
  ({ dx }, { parameters, sizes: { T } }) => {
    const end = parameters.direction === 'forward' ? T! - 1 : 0
    return { dx: build(dx.shape, (t, n, j) => (t === end ? dx.at(t, n, j) : 0)) }
  },
)

/** A relative mistake in one unit of a late step. */
export const offInOneUnit = wrong.outputs(
  'is off by 2e-4 in one unit of the thirtieth step',
  ({ h, last }) => {
    const [T] = h.shape as [number]
    return {
      h: build(h.shape, (t, n, i) => h.at(t, n, i) * (t === 30 % T && i === 0 ? 1 + 2e-4 : 1)),
      last,
    }
  },
)

export const offInOneDelta = wrongGradient.outputs(
  'is off by 1e-3 in one unit of what goes back through the thirtieth step',
  ({ back }) => {
    const [T] = back.shape as [number]
    return {
      back: build(
        back.shape,
        (t, n, i) => back.at(t, n, i) * (t === 30 % T && i === 0 ? 1 + 1e-3 : 1),
      ),
    }
  },
)

export const offInOneSum = wrongGradient.outputs(
  'is off by 1e-3 in one of the gradients by the weights between layers',
  ({ dA }) => ({ dA: changed(dA, (v, at) => (at === 0 ? v * (1 + 1e-3) : v)) }),
)
