import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { direction, forward, reset } from '../../../spec/gru/forward.ts'
import { closedGates, sequences } from '../../../spec/gru/forward-laws.ts'
import { free } from '../../../spec/language/operation.ts'
import { choice } from '../../../spec/language/parameter.ts'
import type { Argument } from '../../engine/property.ts'
import { changed, numbers, part, permuted, plain, zeros } from '../../kit/arrays.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import {
  alwaysForwards,
  biasOutsideReset,
  forgetsState,
  ignoresPadding,
  inOrderDone,
  lastInTime,
  looksAhead,
  neverResets,
  sharesFirstState,
  squashesState,
  swapsShares,
  takesAll,
  transposesWeights,
  weighsByTime,
  withoutSecondBias,
} from './forward-faults.ts'

/** Some steps of sequences, from one of them on. */
const steps = <T>(array: NumberArray<T>, from: number, to: number) =>
  part(array, array.shape.with(0, to - from), [from])

const opposite = { forward: 'reverse', reverse: 'forward' } as const

const severalSteps = { ...forward.dimensions, T: free(2, 4, 'steps') }
const inTime = { reset, direction: choice('forward') }

const sequenceProperties = properties(
  sequences,
  law('prefix', {
    of: { ...forward, usual: [], dimensions: severalSteps, parameters: inTime },
    asks: [forward],
    title: 'the beginning of a sequence has the beginning of its states',
    kills: [looksAhead],
    needsStates: true,
    share: 0.5,
    async holds({ inputs, measure, parameters, sizes: { T } }) {
      const t = Math.ceil(T! / 2)
      const beginning = {
        x: steps(plain(inputs.x), 0, t),
        padded: steps(plain(inputs.padded), 0, t),
      }
      const whole = await measure(forward, inputs, parameters)
      const { h } = await measure(forward, { ...inputs, ...beginning }, parameters)
      return [{ label: 'h of the beginning', expected: steps(whole.h, 0, t), actual: h }]
    },
  }),
  law('split', {
    of: { ...forward, usual: [], dimensions: severalSteps },
    asks: [forward],
    title: 'a sequence in two parts has the states of one that is taken at once',
    kills: [weighsByTime, lastInTime],
    needsStates: true,
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters, sizes: { T } }) {
      const t = Math.ceil(T! / 2)
      const isForward = parameters.direction === 'forward'
      const cut = (a: number, b: number) => ({
        x: steps(plain(inputs.x), a, b),
        padded: steps(plain(inputs.padded), a, b),
      })
      const [next, end] = isForward ? [t, T!] : [0, t]
      const whole = await measure(forward, inputs, parameters)
      const begun = isForward ? cut(0, t) : cut(t, T!)
      const first = await measure(forward, { ...inputs, ...begun }, parameters)
      const h0 = numbers(arithmetic, first.last)
      const second = await measure(forward, { ...inputs, ...cut(next, end), h0 }, parameters)
      return [
        { label: 'h of the second part', expected: steps(whole.h, next, end), actual: second.h },
        { label: 'last', expected: whole.last, actual: second.last },
      ]
    },
  }),
  equivariance('sequences', {
    of: forward,
    title: 'sequences in another order have states in that order',
    kills: [sharesFirstState],
    share: 0.5,
    inputs: ({ x, h0, padded }, { sizes: { N } }) => ({
      x: permuted(x, (t, n, i) => [t, N! - 1 - n, i]),
      h0: permuted(h0, (n, i) => [N! - 1 - n, i]),
      padded: permuted(padded, (t, n) => [t, N! - 1 - n]),
    }),
    outputs: ({ h, last }, { sizes: { N } }) => ({
      h: permuted(h, (t, n, i) => [t, N! - 1 - n, i]),
      last: permuted(last, (n, i) => [N! - 1 - n, i]),
    }),
  }),
  equivariance('whatever-pads', {
    of: forward,
    title: 'what stands in the padding has no influence',
    kills: [ignoresPadding],
    share: 0.5,
    toTheBit: true,
    inputs: ({ x, padded }) => ({
      x: build(x.shape, (t, n, i) => (padded.at(t, n) === 1 ? 2 ** 100 : x.at(t, n, i))),
    }),
  }),
  law('padded', {
    of: { ...forward, usual: [], dimensions: severalSteps },
    asks: [forward],
    title: 'a sequence with padding behind has the states and the last one that it has without',
    kills: [ignoresPadding, lastInTime],
    needsStates: true,
    share: 0.5,
    async holds({ inputs, measure, parameters, sizes: { T, N } }) {
      const shown = T! - 1
      const padding = build([T!, N!], (t) => (t === shown ? 1 : 0))
      const own = { x: steps(plain(inputs.x), 0, shown), padded: zeros([shown, N!]) }
      const long = await measure(forward, { ...inputs, padded: padding }, parameters)
      const short = await measure(forward, { ...inputs, ...own }, parameters)
      return [
        { label: 'h', expected: short.h, actual: steps(long.h, 0, shown) },
        { label: 'last', expected: short.last, actual: long.last },
      ]
    },
  }),
  equivariance('backwards', {
    of: forward,
    title: 'a layer in the other direction has the states of the sequence backwards, backwards',
    kills: [alwaysForwards, inOrderDone],
    share: 0.5,
    inputs: ({ x, padded }, { sizes: { T } }) => ({
      x: permuted(x, (t, n, i) => [T! - 1 - t, n, i]),
      padded: permuted(padded, (t, n) => [T! - 1 - t, n]),
    }),
    parameters: ({ direction }) => ({ direction: opposite[direction] }),
    outputs: ({ h }, { sizes: { T } }) => ({ h: permuted(h, (t, n, i) => [T! - 1 - t, n, i]) }),
  }),
)

/** An array of gates with all of one gate at a value. */
const held = (array: Argument, gate: number, value: number) => {
  const each = array.data.length / 3
  return changed(array, (v, at) => (Math.floor(at / each) === gate ? value : v))
}

/** A layer whose gates are held by their biases, 0 or 1, without padding. */
function holding<Inputs extends Readonly<Record<'U' | 'W' | 'b' | 'padded', Argument>>>(
  inputs: Inputs,
  gates: readonly (0 | 1)[],
) {
  let { U, W, b }: Readonly<Record<'U' | 'W' | 'b', Argument>> = inputs
  for (const [gate, open] of gates.entries()) {
    U = held(U, gate, 0)
    W = held(W, gate, 0)
    b = held(b, gate, open === 1 ? 1e4 : -1e4)
  }
  return { ...inputs, U, W, b, padded: zeros(inputs.padded.shape) }
}

const gateProperties = properties(
  closedGates,
  law('kept', {
    of: forward,
    title: 'with the update gate at 1 every state is the first one',
    kills: [swapsShares, takesAll, forgetsState],
    needsStates: true,
    share: 0.5,
    async holds({ array, inputs, measure, parameters }) {
      const { h } = await measure(forward, holding(inputs, [1]), parameters)
      const h0 = array('h0')
      return [{ label: 'h', expected: build(h.shape, (_, n, i) => h0.at(n, i)), actual: h }]
    },
  }),
  law('forgotten', {
    of: forward,
    title: 'with both gates at 0 no state knows the one before it',
    kills: [neverResets, swapsShares, biasOutsideReset],
    needsStates: true,
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      const closed = holding(inputs, [0, 0])
      const { W, bn, h0 } = closed
      const alone = {
        ...closed,
        W: zeros(W.shape),
        h0: zeros(h0.shape),
        // Reset after the product, the second bias is as far away as the state.
        ...(parameters.reset === 'after' && { bn: zeros(bn.shape) }),
      }
      const { h } = await measure(forward, closed, parameters)
      const own = await measure(forward, alone, parameters)
      return [{ label: 'h', expected: own.h, actual: h }]
    },
  }),
  law('recurrent', {
    of: { ...forward, usual: [], parameters: { reset, direction } },
    asks: [forward],
    title: 'with the update gate at 0 and the reset gate at 1 it is a recurrent layer with tanh',
    kills: [transposesWeights, withoutSecondBias, squashesState],
    needsStates: true,
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes }) {
      const { T, N, I, H } = sizes as Readonly<Record<'T' | 'N' | 'I' | 'H', number>>
      const { multiply, tanh, total } = arithmetic
      const { h } = await measure(forward, holding(inputs, [0, 1]), parameters)
      const [x, U, W, b] = [array('x'), array('U'), array('W'), array('b')]
      const [bn, h0] = [array('bn'), array('h0')]
      const isForward = parameters.direction === 'forward'
      const before = (t: number, n: number, j: number) => {
        const isFirst = t === (isForward ? 0 : T - 1)
        return isFirst ? h0.at(n, j) : h.at(isForward ? t - 1 : t + 1, n, j)
      }
      const expected = build([T, N, H], (t, n, i) =>
        tanh(
          total([
            sum(arithmetic, [I], (j) => multiply(U.at(2, i, j), x.at(t, n, j))),
            sum(arithmetic, [H], (j) => multiply(W.at(2, i, j), before(t, n, j))),
            b.at(2, i),
            bn.at(i),
          ]),
        ),
      )
      return [{ label: 'h', expected, actual: h }]
    },
  }),
)

export const forwardLawProperties = [...sequenceProperties, ...gateProperties]
