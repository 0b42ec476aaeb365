import { build, memberOf, type NumberArray, stacked } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { forward as reference } from '../../../reference/gru/forward.ts'
import { step } from '../../../reference/gru/forward-step.ts'
import { forward } from '../../../spec/gru/forward.ts'
import type { ParametersOf } from '../../../spec/language/operation.ts'
import { changed, joined, part, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

type Numbers = NumberArray<number>

const wrong = faultsOf(forward, reference)
const [update, reset, candidate] = [0, 1, 2]

/** The arrays of gates in another order along their first axis. */
const ordered = (array: Numbers, ...order: readonly number[]) =>
  permuted(array, (g, ...at) => [order[g]!, ...at])

/** The array of one gate made into something else. */
const ofGate = (array: Numbers, gate: number, change: (value: number) => number) =>
  build(array.shape, (...at) => (at[0] === gate ? change(array.at(...at)) : array.at(...at)))

export const transposesWeights = wrong.inputs(
  'multiplies the state by the transposed weights',
  ({ W }) => ({ W: permuted(W, (g, i, j) => [g, j, i]) }),
)

export const swapsShares = wrong.inputs(
  'keeps 1 − z of the state and takes z of the candidate, as Chung et al. have it',
  ({ U, W, b }) => {
    const negated = (array: Numbers) => ofGate(array, update, (v) => -v)
    return { U: negated(U), W: negated(W), b: negated(b) }
  },
)

export const swapsGates = wrong.inputs(
  'takes the gates for r, z and candidate, as PyTorch has them',
  ({ U, W, b }) => ({
    U: ordered(U, reset, update, candidate),
    W: ordered(W, reset, update, candidate),
    b: ordered(b, reset, update, candidate),
  }),
)

export const candidateFirst = wrong.inputs(
  'takes the gates for candidate, z and r',
  ({ U, W, b }) => ({
    U: ordered(U, update, candidate, reset),
    W: ordered(W, update, candidate, reset),
    b: ordered(b, update, candidate, reset),
  }),
)

export const resetsElsewhere = wrong.parameters(
  'has the reset gate on the other side of the product',
  ({ reset }) => ({ reset: reset === 'before' ? 'after' : 'before' }),
)

export const alwaysAfter = wrong.parameters(
  'has the reset gate after the product always, as cuDNN does',
  () => ({ reset: 'after' }),
)

export const alwaysBefore = wrong.parameters(
  'E-91: has the reset gate before the product always, as Cho et al. do',
  () => ({ reset: 'before' }),
)

export const biasOutsideReset = wrong.inputs(
  'adds the second bias of the candidate where the reset gate does not reach it',
  ({ b, bn }) => ({
    b: build(b.shape, (g, i) => b.at(g, i) + (g === candidate ? bn.at(i) : 0)),
    bn: zeros(bn.shape),
  }),
)

export const withoutSecondBias = wrong.inputs('leaves out the second bias', ({ bn }) => ({
  bn: zeros(bn.shape),
}))

export const withoutBiases = wrong.inputs('leaves out the biases of all gates', ({ b }) => ({
  b: zeros(b.shape),
}))

export const sharesBias = wrong.inputs(
  'adds the biases of the first unit to all of them',
  ({ b }) => ({ b: permuted(b, (g) => [g, 0]) }),
)

export const forgetsState = wrong.inputs('begins from zeros always', ({ h0 }) => ({
  h0: zeros(h0.shape),
}))

export const sharesFirstState = wrong.inputs(
  'begins all sequences of a batch from the state of the first one',
  ({ h0 }) => ({ h0: permuted(h0, (_, i) => [0, i]) }),
)

export const looksAhead = wrong.inputs(
  'adds the input of the next step to each',
  ({ x }, { sizes: { T } }) => ({
    x: build(x.shape, (t, n, i) => x.at(t, n, i) + (t + 1 < T! ? x.at(t + 1, n, i) : 0)),
  }),
)

export const weighsByTime = wrong.inputs(
  'weighs each input by the number of its step',
  ({ x }) => ({ x: build(x.shape, (t, n, i) => (t + 1) * x.at(t, n, i)) }),
)

export const neverResets = wrong.inputs('has no reset gate', ({ U, W, b }) => ({
  U: ofGate(U, reset, () => 0),
  W: ofGate(W, reset, () => 0),
  b: ofGate(b, reset, () => 1e4),
}))

export const ignoresPadding = wrong.inputs('takes padding for inputs', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const resetsAtPadding = wrong.outputs(
  'gives zeros at steps that are padding',
  ({ h }, { inputs: { padded } }) => ({
    h: build(h.shape, (t, n, i) => (padded.at(t, n) === 1 ? 0 : h.at(t, n, i))),
  }),
)

export const alwaysForwards = wrong.parameters(
  'begins with the first step in reverse, too',
  () => ({ direction: 'forward' }),
)

export const inOrderDone = wrong.outputs(
  'returns the states in the order in which steps are done',
  ({ h }, { parameters: { direction }, sizes: { T } }) =>
    direction === 'forward' ? {} : { h: permuted(h, (t, n, i) => [T! - 1 - t, n, i]) },
)

export const lastInTime = wrong.outputs(
  'takes the state of the last step for the last state, in reverse, too',
  ({ h, last }, { sizes: { T } }) => ({ last: build(last.shape, (n, i) => h.at(T! - 1, n, i)) }),
)

type Inputs = Parameters<typeof reference<number>>[1]
type Cell = (inputs: Inputs, kind: ParametersOf<typeof forward>, x: Numbers, h: Numbers) => Numbers

/** A layer whose steps are something else than they should be. */
const stepping = (name: string, cell: Cell) =>
  wrong.answer(name, ({ inputs, parameters, sizes }) => {
    const { T, N, H } = sizes as Readonly<Record<'T' | 'N' | 'H', number>>
    const h: Numbers[] = []
    let state = inputs.h0
    for (let done = 0; done < T; done++) {
      const t = parameters.direction === 'forward' ? done : T - 1 - done
      const before = state
      const next = Array.from({ length: N }, (_, n) => {
        const own = memberOf(before, n)
        if (inputs.padded.at(t, n) === 1) return own
        return cell(inputs, parameters, memberOf(memberOf(inputs.x, t), n), own)
      })
      state = build([N, H], (n, i) => next[n]!.at(i))
      h[t] = state
    }
    return { h: stacked(h), last: state }
  })

const stepOf: (...given: Parameters<Cell>) => ReturnType<typeof step<number>> = (
  inputs,
  kind,
  x,
  h,
) => step(number, inputs, kind.reset, x, h)

export const fromNewState = stepping(
  'writes each unit over the state that the next ones are made of',
  (inputs, kind, x, h) => {
    let state = h
    for (let unit = 0; unit < h.shape[0]!; unit++) {
      const { h: next } = stepOf(inputs, kind, x, state)
      const before = state
      state = build(h.shape, (i) => (i === unit ? next : before).at(i))
    }
    return state
  },
)

export const takesAll = stepping(
  'adds all of the candidate to what is kept of the state',
  (inputs, kind, x, h) => {
    const { z, n } = stepOf(inputs, kind, x, h)
    return build(h.shape, (i) => z.at(i) * h.at(i) + n.at(i))
  },
)

export const squashesState = stepping(
  'gives tanh of the state, as an LSTM does of its cell',
  (inputs, kind, x, h) => changed(stepOf(inputs, kind, x, h).h, Math.tanh),
)

export const resetsKept = stepping(
  'keeps of the state what the reset gate left of it',
  (inputs, kind, x, h) => {
    const { z, r, n } = stepOf(inputs, kind, x, h)
    return build(h.shape, (i) => z.at(i) * r.at(i) * h.at(i) + (1 - z.at(i)) * n.at(i))
  },
)

/** What enters a gate of a unit from an input and a state, with its bias. */
function entering({ U, W, b }: Inputs, gate: number, i: number, x: Numbers, h: Numbers): number {
  let sum = b.at(gate, i)
  for (const [j, value] of x.data.entries()) sum += U.at(gate, i, j) * value
  for (const [j, value] of h.data.entries()) sum += W.at(gate, i, j) * value
  return sum
}

export const hardSigmoid = stepping(
  'opens gates by straight lines, as TensorFlow.js does unless told otherwise',
  (inputs, kind, x, h) => {
    const hard = (gate: number) =>
      build(h.shape, (i) => Math.min(1, Math.max(0, 0.2 * entering(inputs, gate, i, x, h) + 0.5)))
    const [z, r] = [hard(update), hard(reset)]
    const [none, left] = [zeros(h.shape), changed(h, (v, i) => r.at(i) * v)]
    const own = (i: number, state: Numbers) => entering(inputs, candidate, i, x, state)
    const sum = (i: number) =>
      kind.reset === 'before'
        ? own(i, left) + inputs.bn.at(i)
        : own(i, none) + r.at(i) * (own(i, h) - own(i, none) + inputs.bn.at(i))
    return build(h.shape, (i) => z.at(i) * h.at(i) + (1 - z.at(i)) * Math.tanh(sum(i)))
  },
)

export const overflows = stepping(
  'divides exponentials for a sigmoid, of which a large one is infinite',
  (inputs, kind, x, h) => {
    const { n } = stepOf(inputs, kind, x, h)
    return build(h.shape, (i) => {
      const up = Math.fround(Math.exp(entering(inputs, update, i, x, h)))
      const z = up / (1 + up)
      return z * h.at(i) + (1 - z) * n.at(i)
    })
  },
)

export const stateSlips = wrong.answer(
  'is off by 2e-4 in the first unit after the middle step',
  ({ inputs, parameters, right, sizes }) => {
    const { T, N, I } = sizes as Readonly<Record<'T' | 'N' | 'I', number>>
    const { x, padded, h0 } = inputs
    const steps = (from: number, to: number, start: Numbers) =>
      right(
        {
          ...inputs,
          x: part(x, [to - from, N, I], [from]),
          padded: part(padded, [to - from, N], [from]),
          h0: start,
        },
        parameters,
      )
    const middle = Math.floor(T / 2)
    if (middle === 0) return right(inputs, parameters)
    const isForward = parameters.direction === 'forward'
    const first = isForward ? steps(0, middle, h0) : steps(middle, T, h0)
    const off = build(first.last.shape, (n, i) => first.last.at(n, i) * (i === 0 ? 1 + 2e-4 : 1))
    const then = isForward ? steps(middle, T, off) : steps(0, middle, off)
    const h = isForward ? joined(0, first.h, then.h) : joined(0, then.h, first.h)
    return { h, last: then.last }
  },
)
