import { build, memberOf, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { forwardGradient as reference } from '../../../reference/gru/forward.ts'
import { step } from '../../../reference/gru/forward-step.ts'
import { forwardGradient } from '../../../spec/gru/forward.ts'
import { changed, part, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

type Numbers = NumberArray<number>
type Asked = Question<typeof forwardGradient>
type Inputs = Asked['inputs']
type Outputs = ReturnType<Asked['right']>
type Sizes = Readonly<Record<'T' | 'N' | 'I' | 'H', number>>

const wrong = faultsOf(forwardGradient, reference)
const [update, reset, candidate] = [0, 1, 2]

export const forgetsLast = wrong.inputs('forgets the gradient of the last state', ({ dLast }) => ({
  dLast: zeros(dLast.shape),
}))

export const forgetsStates = wrong.inputs(
  'forgets the gradients of all states but the last one',
  ({ dh }) => ({ dh: zeros(dh.shape) }),
)

export const gradientIgnoresPadding = wrong.inputs('takes padding for inputs', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const gradientResetsElsewhere = wrong.parameters(
  'has the reset gate on the other side of the product',
  ({ reset }) => ({ reset: reset === 'before' ? 'after' : 'before' }),
)

export const sendsAhead = wrong.outputs(
  'sends gradients on to later steps in place of earlier ones',
  (_, { inputs, parameters, right }) => {
    const { direction } = parameters
    const other = direction === 'forward' ? 'reverse' : 'forward'
    return { dx: right(inputs, { ...parameters, direction: other }).dx }
  },
)

export const averagesSequences = wrong.outputs(
  'averages over the sequences of a batch',
  ({ dU, dW, db, dBn }, { sizes: { N } }) => {
    const mean = (d: Numbers) => changed(d, (v) => v / N!)
    return { dU: mean(dU), dW: mean(dW), db: mean(db), dBn: mean(dBn) }
  },
)

export const transposesGradient = wrong.outputs(
  'gives the gradients by the recurrent weights transposed',
  ({ dW }) => ({ dW: permuted(dW, (g, i, j) => [g, j, i]) }),
)

export const takesForKept = wrong.outputs(
  'has the gradients of the update gate of the layer that keeps 1 − z',
  ({ dU, dW, db }) => {
    const negated = (d: Numbers) =>
      build(d.shape, (...at) => (at[0] === update ? -d.at(...at) : d.at(...at)))
    return { dU: negated(dU), dW: negated(dW), db: negated(db) }
  },
)

export const swapsGradients = wrong.outputs(
  'gives the gradients of the gates in the order r, z and candidate',
  ({ dU, dW, db }) => {
    const swapped = (d: Numbers) =>
      permuted(d, (g, ...at) => [[reset, update, candidate][g]!, ...at])
    return { dU: swapped(dU), dW: swapped(dW), db: swapped(db) }
  },
)

export const biasOfSum = wrong.outputs(
  'gives the gradient by the first bias of the candidate for that by the second one, too',
  ({ db, dBn }) => ({ dBn: build(dBn.shape, (i) => db.at(candidate, i)) }),
)

/** One step of one sequence as a question of its own, its place in time, and what arrives at its state. */
interface One {
  readonly inputs: Inputs
  readonly right: Outputs
  readonly place: number
  readonly before: Numbers
  readonly arrived: Numbers
}

/** All gradients, a step of a sequence at a time, where something is wrong with each. */
const stepping = (name: string, change: (one: One, asked: Asked) => Partial<Outputs>) =>
  wrong.answer(name, (asked) => {
    const { inputs, parameters, right } = asked
    const { T, N, I, H } = asked.sizes as Sizes
    const { h } = right(inputs, parameters)
    const isForward = parameters.direction === 'forward'
    const sums = { dU: zeros(inputs.U.shape), dW: zeros(inputs.W.shape), db: zeros(inputs.b.shape) }
    let totals: Readonly<Record<'dU' | 'dW' | 'db' | 'dBn', Numbers>> = {
      ...sums,
      dBn: zeros([H]),
    }
    const found = { dx: new Map<string, Numbers>(), back: new Map<string, Numbers>() }
    for (let n = 0; n < N; n++) {
      let later = part(inputs.dLast, [1, H], [n])
      for (let place = T - 1; place >= 0; place--) {
        const t = isForward ? place : T - 1 - place
        const earlier = isForward ? t - 1 : t + 1
        const before =
          place === 0 ? part(inputs.h0, [1, H], [n]) : rowOf(part(h, [1, 1, H], [earlier, n]))
        const own = {
          ...inputs,
          x: part(inputs.x, [1, 1, I], [t, n]),
          padded: part(inputs.padded, [1, 1], [t, n]),
          h0: before,
          dh: part(inputs.dh, [1, 1, H], [t, n]),
          dLast: later,
        }
        const arriving = later
        const arrived = build([H], (i) => own.dh.at(0, 0, i) + arriving.at(0, i))
        const answer = right(own, parameters)
        const one = { inputs: own, right: answer, place, before: memberOf(before, 0), arrived }
        const isPadding = own.padded.at(0, 0) === 1
        const given = isPadding ? answer : { ...answer, ...change(one, asked) }
        const so = totals
        const more = (by: keyof typeof so) =>
          build(so[by].shape, (...at) => so[by].at(...at) + given[by].at(...at))
        totals = { dU: more('dU'), dW: more('dW'), db: more('db'), dBn: more('dBn') }
        later = given.dH0
        found.dx.set(`${t} ${n}`, given.dx)
        found.back.set(`${t} ${n}`, later)
      }
    }
    const first = isForward ? 0 : T - 1
    return {
      ...totals,
      dx: build([T, N, I], (t, n, j) => found.dx.get(`${t} ${n}`)!.at(0, 0, j)),
      back: build([T, N, H], (t, n, i) => found.back.get(`${t} ${n}`)!.at(0, i)),
      dH0: build([N, H], (n, i) => found.back.get(`${first} ${n}`)!.at(0, i)),
      h,
    }
  })

const rowOf = (array: Numbers) => build([1, array.shape[2]!], (_, i) => array.at(0, 0, i))

const gatesOf = ({ inputs, before }: One, { parameters }: Asked) =>
  step(number, inputs, parameters.reset, memberOf(memberOf(inputs.x, 0), 0), before)

export const lastStepOnly = stepping(
  'gives the gradients by recurrent weights of the last step, without a sum over time',
  ({ place, right: { dW } }, { sizes: { T } }) => ({
    dW: place === T! - 1 ? dW : zeros(dW.shape),
  }),
)

export const lastTwoSteps = stepping(
  'goes back one step only',
  ({ place, right: { dH0 } }, { sizes: { T } }) =>
    place >= T! - 1 ? {} : { dH0: zeros(dH0.shape) },
)

export const constantGates = stepping(
  'lets nothing go back through the gates, as if they were constants',
  ({ before, inputs, right: { db, dH0 } }) => ({
    dH0: build(dH0.shape, (_, j) => {
      let back = dH0.at(0, j)
      for (const gate of [update, reset])
        for (let i = 0; i < before.shape[0]!; i++) back -= inputs.W.at(gate, i, j) * db.at(gate, i)
      return back
    }),
  }),
)

export const untransposed = stepping(
  'multiplies by the weights of gates on the way back in place of their transposes',
  ({ before, inputs: { W }, right: { db, dH0 } }) => ({
    dH0: build(dH0.shape, (_, j) => {
      let back = dH0.at(0, j)
      for (const gate of [update, reset])
        for (let i = 0; i < before.shape[0]!; i++)
          back += (W.at(gate, j, i) - W.at(gate, i, j)) * db.at(gate, i)
      return back
    }),
  }),
)

export const forgetsKept = stepping(
  'lets nothing go back through the share that is kept',
  (one, asked) => {
    const { z } = gatesOf(one, asked)
    const { dH0 } = one.right
    return { dH0: build(dH0.shape, (_, i) => dH0.at(0, i) - one.arrived.at(i) * z.at(i)) }
  },
)

export const ownState = stepping(
  'multiplies by the state of a step in place of the one before it',
  (one, asked) => {
    const { h } = gatesOf(one, asked)
    const { dW, db } = one.right
    return {
      dW: build(dW.shape, (g, i, j) => (g === candidate ? dW.at(g, i, j) : db.at(g, i) * h.at(j))),
    }
  },
)

export const forgetsReset = stepping(
  'leaves the reset gate out of the gradient by the recurrent weights of the candidate',
  ({ before, right: { dW, db } }) => ({
    dW: build(dW.shape, (g, i, j) =>
      g === candidate ? db.at(g, i) * before.at(j) : dW.at(g, i, j),
    ),
  }),
)

export const withoutSlope = stepping('leaves out the slope of tanh', (one, asked) => {
  const { n } = gatesOf(one, asked)
  const { db, dU } = one.right
  const raised = (g: number, i: number, v: number) => (g === candidate ? v / (1 - n.at(i) ** 2) : v)
  return {
    db: build(db.shape, (g, i) => raised(g, i, db.at(g, i))),
    dU: build(dU.shape, (g, i, j) => raised(g, i, dU.at(g, i, j))),
  }
})

export const stopsAtFirstStep = stepping(
  'gives as the gradient by the first state that of the state after the first step',
  ({ place, arrived, right: { dH0 } }) =>
    place > 0 ? {} : { dH0: build(dH0.shape, (_, i) => arrived.at(i)) },
)

export const backSlips = stepping(
  'is off by 2e-4 in what comes back to the first unit at the middle step',
  ({ place, right: { dH0 } }, { sizes: { T } }) =>
    place !== Math.floor(T! / 2)
      ? {}
      : { dH0: build(dH0.shape, (_, i) => dH0.at(0, i) * (i === 0 ? 1 + 2e-4 : 1)) },
)

export const droppedStep = stepping(
  'leaves the middle step out of the sums over time',
  ({ place, right: { dU, dW, db } }, { sizes: { T } }) =>
    place !== Math.floor(T! / 2)
      ? {}
      : { dU: zeros(dU.shape), dW: zeros(dW.shape), db: zeros(db.shape) },
)

export const otherStates = wrong.outputs(
  'returns other states than those that it is computed with',
  ({ h }, { sizes: { T } }) => ({
    h: build(h.shape, (t, n, i) => h.at(t, n, i) * (2 * t < T! || i > 0 ? 1 : 1 + 2e-4)),
  }),
)
