import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { forward as reference } from '../../../reference/lstm/forward.ts'
import { forward } from '../../../spec/lstm/forward.ts'
import { changed, joined, part, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(forward, reference)

type Numbers = NumberArray<number>

/** The gates of an array in another order. */
const gatesFrom = (array: Numbers, order: readonly number[]) =>
  permuted(array, (gate, ...at) => [order[gate]!, ...at])

const inOrderOf = (name: string, order: readonly number[]) =>
  wrong.inputs(name, ({ U, W, b }) => ({
    U: gatesFrom(U, order),
    W: gatesFrom(W, order),
    b: gatesFrom(b, order),
  }))

export const candidateLast = inOrderOf('reads the gates in the order i f o g', [0, 1, 3, 2])
export const orderOfOnnx = inOrderOf('reads the gates in the order i o f g', [0, 2, 3, 1])
export const orderOfTensorFlow = inOrderOf('reads the gates in the order i g f o', [0, 2, 1, 3])

export const withoutPeepholes = wrong.inputs('ignores the peepholes', ({ P }) => ({
  P: zeros(P.shape),
}))

export const peepholesOfOnnx = wrong.inputs('reads the peepholes in the order i o f', ({ P }) => ({
  P: gatesFrom(P, [0, 2, 1]),
}))

export const biasesForget = wrong.inputs('adds 1 to the bias of the forget gate', ({ b }) => ({
  b: build(b.shape, (gate, k) => b.at(gate, k) + (gate === 1 ? 1 : 0)),
}))

export const transposesWeights = wrong.inputs(
  'multiplies the state by the transposed weights',
  ({ W }) => ({ W: permuted(W, (gate, i, j) => [gate, j, i]) }),
)

export const withoutBiases = wrong.inputs('leaves out the biases', ({ b }) => ({
  b: zeros(b.shape),
}))

export const sharesBias = wrong.inputs('adds the biases of the first unit to all', ({ b }) => ({
  b: permuted(b, (gate) => [gate, 0]),
}))

export const forgetsState = wrong.inputs('forgets the state before', ({ W }) => ({
  W: zeros(W.shape),
}))

export const forgetsCell = wrong.inputs('begins with an empty cell', ({ c0 }) => ({
  c0: zeros(c0.shape),
}))

export const swapsStates = wrong.inputs('begins with state and cell swapped', ({ h0, c0 }) => ({
  h0: c0,
  c0: h0,
}))

export const ignoresPadding = wrong.inputs('takes padding for inputs', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const resetsAtPadding = wrong.outputs(
  'gives zeros at steps that are padding',
  ({ h, c }, { inputs: { padded } }) => {
    const reset = (array: Numbers) =>
      build(array.shape, (t, n, k) => (padded.at(t, n) === 1 ? 0 : array.at(t, n, k)))
    return { h: reset(h), c: reset(c) }
  },
)

export const alwaysForwards = wrong.parameters(
  'begins with the first step in reverse, too',
  () => ({ direction: 'forward' }),
)

export const inOrderDone = wrong.outputs(
  'returns states in the order in which steps are done',
  ({ h, c }, { parameters: { direction }, sizes: { T } }) => {
    const turned = (array: Numbers) => permuted(array, (t, n, k) => [T! - 1 - t, n, k])
    return direction === 'forward' ? {} : { h: turned(h), c: turned(c) }
  },
)

export const lastInTime = wrong.outputs(
  'takes state and cell of the last step for the last ones, in reverse, too',
  ({ h, c, last }, { sizes: { T } }) => {
    const lastOf = (array: Numbers) => build(last.shape, (n, k) => array.at(T! - 1, n, k))
    return { last: lastOf(h), lastCell: lastOf(c) }
  },
)

export const sharesFirstCell = wrong.inputs(
  'begins all sequences of a batch from the cell of the first one',
  ({ c0 }) => ({ c0: permuted(c0, (_, k) => [0, k]) }),
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

/** What is off in one unit after the middle step, from which the next one goes on. */
const slips = (what: 'state' | 'cell') =>
  wrong.answer(
    `is off by 2e-4 in the ${what} of the first unit after the middle step`,
    ({ inputs, parameters, right, sizes }) => {
      const { T, N, I } = sizes as Readonly<Record<'T' | 'N' | 'I', number>>
      const { x, padded, h0, c0 } = inputs
      const steps = (from: number, to: number, start: { h0: Numbers; c0: Numbers }) =>
        right(
          {
            ...inputs,
            ...start,
            x: part(x, [to - from, N, I], [from]),
            padded: part(padded, [to - from, N], [from]),
          },
          parameters,
        )
      const middle = Math.floor(T / 2)
      if (middle === 0) return right(inputs, parameters)
      const isForward = parameters.direction === 'forward'
      const start = { h0, c0 }
      const first = isForward ? steps(0, middle, start) : steps(middle, T, start)
      const off = (array: Numbers) => changed(array, (v, at) => (at === 0 ? v * (1 + 2e-4) : v))
      const left = {
        h0: what === 'state' ? off(first.last) : first.last,
        c0: what === 'cell' ? off(first.lastCell) : first.lastCell,
      }
      const then = isForward ? steps(middle, T, left) : steps(0, middle, left)
      const all = (name: 'h' | 'c', at: Numbers) => {
        // The state that it goes on with is the one that it returns.
        const own = first[name]
        const place = isForward ? middle - 1 : 0
        const went = build(own.shape, (t, n, k) => (t === place ? at.at(n, k) : own.at(t, n, k)))
        return isForward ? joined(0, went, then[name]) : joined(0, then[name], went)
      }
      return { ...then, h: all('h', left.h0), c: all('c', left.c0) }
    },
  )

export const stateSlips = slips('state')
export const cellSlips = slips('cell')
