import { build, elementwise, sum } from '../../../reference/arithmetic/array.ts'
import { tanhSlope } from '../../../reference/layers/tanh.ts'
import { derived } from '../../../spec/language/operation.ts'
import { direction, forward, forwardGradient } from '../../../spec/rnn/forward.ts'
import { identity } from '../../../spec/rnn/identity.ts'
import { plain, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import { addsState, ignoresSlope, rectifies, stopsAtFirstStep } from './forward-faults.ts'

/** Twelve steps without input, from the first state of a case. */
const alone = { ...forward.dimensions, T: derived(() => 12, 'steps') }
const eye = (H: number, c = 1) => build([H, H], (i, j) => (i === j ? c : 0))

export const identityProperties = properties(
  identity,
  law('kept', {
    of: { ...forward, usual: [], dimensions: alone, parameters: { direction } },
    asks: [forward],
    title: 'rectified units keep their states',
    kills: [addsState],
    share: 0.5,
    needsStates: true,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { T, H } }) {
      const quiet = { x: zeros(inputs.x.shape), b: zeros([H!]), W: eye(H!) }
      const given = { ...parameters, activation: 'relu' } as const
      const { h } = await measure(forward, { ...inputs, ...quiet }, given)
      const { exact, maximum } = arithmetic
      const kept = elementwise(array('h0'), (v) => maximum([exact(0), v]))
      const isPadding = plain(inputs.padded)
      const expected = build(h.shape, (t, n, i) => {
        const done = parameters.direction === 'forward' ? [0, t] : [t, T! - 1]
        const passed = Array.from({ length: done[1]! - done[0]! + 1 }, (_, k) => done[0]! + k)
        const untouched = passed.every((s) => isPadding.at(s, n) === 1)
        return untouched ? array('h0').at(n, i) : kept.at(n, i)
      })
      return [{ label: 'h', expected, actual: h }]
    },
  }),
  law('arrives', {
    of: { ...forwardGradient, usual: [], dimensions: alone, parameters: { direction } },
    asks: [forwardGradient],
    title: 'through c times the identity a gradient arrives as a power of c times itself',
    kills: [stopsAtFirstStep],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes }) {
      const { T, N, H } = sizes as Readonly<Record<'T' | 'N' | 'H', number>>
      const quiet = {
        x: zeros(inputs.x.shape),
        b: zeros([H]),
        dh: zeros(inputs.dh.shape),
        padded: zeros([T, N]),
        // The derivative by it is asked for.
        h0: plain(inputs.h0),
      }
      const { exact, multiply } = arithmetic
      const dLast = array('dLast')
      const arriving = async (activation: 'relu' | 'linear', c: number) => {
        const question = { ...inputs, ...quiet, W: eye(H, c) }
        return (await measure(forwardGradient, question, { ...parameters, activation })).dH0
      }
      const h0 = plain(inputs.h0)
      return [
        {
          label: 'dH0 of rectified units',
          expected: build([N, H], (n, i) => (h0.at(n, i) > 0 ? dLast.at(n, i) : exact(0))),
          actual: await arriving('relu', 1),
        },
        {
          label: 'dH0 through 2 · identity',
          expected: elementwise(dLast, (v) => multiply(exact(2 ** T), v)),
          actual: await arriving('linear', 2),
        },
        {
          label: 'dH0 through ½ · identity',
          expected: elementwise(dLast, (v) => multiply(exact(2 ** -T), v)),
          actual: await arriving('linear', 0.5),
        },
      ]
    },
  }),
  law('tanh-shrinks', {
    of: { ...forwardGradient, usual: [], dimensions: alone, parameters: { direction } },
    asks: [forwardGradient],
    title: 'through tanh a gradient shrinks by its slope at the first step at least',
    kills: [ignoresSlope],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { T, N, H } }) {
      const quiet = {
        x: zeros(inputs.x.shape),
        b: zeros([H!]),
        dh: zeros(inputs.dh.shape),
        padded: zeros([T!, N!]),
        // The derivative by it is asked for.
        h0: plain(inputs.h0),
      }
      const given = { ...parameters, activation: 'tanh' } as const
      const question = { ...inputs, ...quiet, W: eye(H!) }
      const { dH0 } = await measure(forwardGradient, question, given)
      const { abs, multiply, tanh } = arithmetic
      const [h0, dLast] = [array('h0'), array('dLast')]
      const most = (n: number, i: number) =>
        multiply(tanhSlope(arithmetic, tanh(h0.at(n, i))), abs(dLast.at(n, i)))
      const before = sum(arithmetic, [N!, H!], most)
      const after = sum(arithmetic, [N!, H!], (n, i) => abs(dH0.at(n, i)))
      return [atMost(arithmetic, 'Σ |dH0| ≤ Σ tanh′(h0) |dLast|', after, before)]
    },
  }),
  worked('E-40', {
    of: forward,
    title: 'with tanh a state shrinks whatever the identity does',
    kills: [rectifies],
    inputs: {
      x: tensor([1, 1, 1], [0]),
      U: tensor([1, 1], [0]),
      W: tensor([1, 1], [1]),
      b: tensor([1], [0]),
      h0: tensor([1, 1], [1]),
      padded: tensor([1, 1], [0]),
    },
    parameters: { activation: 'tanh', direction: 'forward' },
    notes: { h: [1] },
    gives: { h: [about('0.7616')] },
  }),
)
