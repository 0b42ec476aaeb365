import { build } from '../../../reference/arithmetic/array.ts'
import { direction, forward, reset } from '../../../spec/gru/forward.ts'
import { mergedGate } from '../../../spec/gru/merged-gate.ts'
import { derived } from '../../../spec/language/operation.ts'
import { changed, filled, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { resetsKept, squashesState, takesAll } from './forward-faults.ts'

const oneStep = {
  ...forward,
  usual: [],
  dimensions: { ...forward.dimensions, T: derived(() => 1, 'steps') },
  parameters: { reset, direction },
}

/** What makes a candidate 1 in float32, and no longer: shaders' tangents of large numbers are off by more. */
const full = 16

export const mergedGateProperties = properties(
  mergedGate,
  law('shares', {
    of: oneStep,
    asks: [forward],
    title: 'what is kept of a state of 1 and what is taken of a candidate of 1 add up to 1',
    kills: [takesAll, squashesState],
    async holds({ arithmetic, exact, inputs, measure, parameters }) {
      const { U, W, b, bn, h0, padded } = inputs
      const ofCandidate = (array: typeof U, value: number) => {
        const gate = array.data.length / 3
        return changed(array, (v, at) => (at < 2 * gate ? v : value))
      }
      const question = (state: number, candidate: number) => ({
        ...inputs,
        U: ofCandidate(U, 0),
        W: zeros(W.shape),
        b: ofCandidate(b, candidate),
        bn: zeros(bn.shape),
        h0: filled(h0.shape, state),
        padded: zeros(padded.shape),
      })
      const kept = await measure(forward, question(1, 0), parameters)
      const taken = await measure(forward, question(0, full), parameters)
      const sum = build(kept.last.shape, (n, i) =>
        arithmetic.add(kept.last.at(n, i), taken.last.at(n, i)),
      )
      return [{ label: 'both shares', expected: exact(filled(h0.shape, 1)), actual: sum }]
    },
  }),
  law('stays', {
    of: forward,
    title: 'a state that equals its candidate stays as it is, whatever the update gate',
    kills: [takesAll, squashesState, resetsKept],
    async holds({ exact, inputs, measure, parameters }) {
      const { b, bn, h0, W, U } = inputs
      const gate = b.data.length / 3
      const silent = (array: typeof U) =>
        changed(array, (v, at) => (at < (2 * array.data.length) / 3 ? v : 0))
      const question = {
        ...inputs,
        U: silent(U),
        W: silent(W),
        b: changed(b, (v, at) => (at < 2 * gate ? v : full)),
        bn: zeros(bn.shape),
        h0: filled(h0.shape, 1),
      }
      const { last } = await measure(forward, question, parameters)
      return [{ label: 'last', expected: exact(filled(h0.shape, 1)), actual: last }]
    },
  }),
  law('between', {
    of: oneStep,
    asks: [forward],
    title: 'a new state lies between the one before and the candidate',
    values: 'reals',
    kills: [takesAll],
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { U, W, b, bn, padded } = inputs
      const weightless = { ...inputs, W: zeros(W.shape), bn: zeros(bn.shape) }
      const question = { ...weightless, padded: zeros(padded.shape) }
      const gate = b.data.length / 3
      // With the update gate closed, the candidate is the new state.
      const closed = {
        ...question,
        U: changed(U, (v, at) => (at < U.data.length / 3 ? 0 : v)),
        b: changed(b, (v, at) => (at < gate ? -1e4 : v)),
      }
      const candidate = (await measure(forward, closed, parameters)).last
      const { last } = await measure(forward, question, parameters)
      const before = array('h0')
      const { maximum, negate } = arithmetic
      const high = build(before.shape, (...at) => maximum([before.at(...at), candidate.at(...at)]))
      const low = build(before.shape, (...at) =>
        negate(maximum([negate(before.at(...at)), negate(candidate.at(...at))])),
      )
      return [between(arithmetic, 'last', last, low, high)]
    },
  }),
)
