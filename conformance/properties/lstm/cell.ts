import { build, elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { free } from '../../../spec/language/operation.ts'
import { cellUpdate, gradientFlow, outputHidden, ranges } from '../../../spec/lstm/cell.ts'
import { forward, forwardGradient } from '../../../spec/lstm/forward.ts'
import { permuted, plain, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { leftOut, tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import { constant, far, inEitherDirection, oneStep, plainly, unit } from './cell-cases.ts'
import { gateProperties } from './cell-gates.ts'
import { sharesBias } from './forward-faults.ts'
import { statesOnly, uninterrupted } from './forward-gradient-faults.ts'
import {
  couplesAlike,
  doublesCandidate,
  gatesTheCell,
  letsAllIn,
  outputGateLetsIn,
  withoutTanh,
} from './forward-unit-faults.ts'

const updateProperties = properties(
  cellUpdate,
  worked('E-41', {
    of: forward,
    title: 'the input gate decides what is let in, and not the output gate',
    kills: [outputGateLetsIn, letsAllIn],
    inputs: unit([-far, -far, Math.fround(Math.atanh(0.5)), far]),
    parameters: plainly,
    notes: { lastCell: [0.5] },
    gives: { lastCell: [0] },
  }),
  law('between', {
    of: { ...forward, usual: [], dimensions: oneStep, parameters: inEitherDirection },
    asks: [forward],
    title: 'coupled gates leave the cell between the one before and the candidate',
    values: 'reals',
    kills: [couplesAlike],
    share: 0.3,
    async holds({ arithmetic, array, inputs, measure, parameters: { direction } }) {
      const { lastCell } = await measure(forward, inputs, { direction, coupled: true })
      const { abs, exact, maximum, negate } = arithmetic
      const limit = elementwise(array('c0'), (c) => maximum([abs(c), exact(1)]))
      return [between(arithmetic, 'lastCell', lastCell, elementwise(limit, negate), limit)]
    },
  }),
)

const outputProperties = properties(
  outputHidden,
  worked('bias', {
    of: forward,
    title: 'an open output gate shows tanh of the cell, one without weights half of it',
    kills: [withoutTanh],
    cases: [
      {
        says: 'open',
        inputs: unit([-far, far, 0, far], 1),
        parameters: plainly,
        gives: { last: [about('0.761594')] },
      },
      {
        says: 'half open',
        inputs: unit([-far, far, 0, 0], 1),
        parameters: plainly,
        gives: { last: [about('0.380797')] },
      },
    ],
  }),
  law('closed', {
    of: { ...forward, usual: [], dimensions: oneStep },
    asks: [forward],
    title: 'a closed output gate shows nothing, and leaves the cell as it is',
    kills: [gatesTheCell],
    share: 0.3,
    async holds({ exact, inputs, measure, parameters, sizes: { N } }) {
      const closed = {
        ...inputs,
        ...constant(inputs, [null, null, null, -far]),
        padded: zeros([1, N!]),
      }
      const { last, lastCell } = await measure(forward, closed, parameters)
      const open = await measure(forward, { ...inputs, padded: zeros([1, N!]) }, parameters)
      return [
        { label: 'last', expected: exact(zeros(last.shape)), actual: last },
        { label: 'lastCell', expected: open.lastCell, actual: lastCell },
      ]
    },
  }),
)

/** Units in the opposite order, along the given axes. */
const turned = <T>(array: NumberArray<T>, ...axes: readonly number[]) =>
  permuted(array, (...at) => at.map((i, k) => (axes.includes(k) ? array.shape[k]! - 1 - i : i)))

const rangeProperties = properties(
  ranges,
  law('limits', {
    of: forward,
    title: 'states lie between −1 and 1, and cells grow by 1 a step at most',
    kills: [withoutTanh, doublesCandidate],
    values: 'reals',
    share: 0.5,
    needsStates: true,
    async holds({ arithmetic, array, inputs, measure, parameters, sizes: { T, N } }) {
      const question = { ...inputs, padded: zeros([T!, N!]) }
      const { h, c } = await measure(forward, question, parameters)
      const { abs, add, exact, negate } = arithmetic
      const c0 = array('c0')
      const done = (t: number) => (parameters.direction === 'forward' ? t + 1 : T! - t)
      const limit = build(c.shape, (t, n, k) => add(abs(c0.at(n, k)), exact(done(t))))
      const one = build(h.shape, () => exact(1))
      return [
        between(arithmetic, 'h', h, elementwise(one, negate), one),
        between(arithmetic, 'c', c, elementwise(limit, negate), limit),
      ]
    },
  }),
  equivariance('units', {
    of: forward,
    title: 'units in another order have states and cells in that order',
    kills: [sharesBias],
    share: 0.4,
    inputs: ({ U, W, b, h0, c0, P }) => ({
      U: turned(U, 1),
      W: turned(W, 1, 2),
      b: turned(b, 1),
      h0: turned(h0, 1),
      c0: turned(c0, 1),
      P: turned(P, 1),
    }),
    outputs: ({ h, c, last, lastCell }) => ({
      h: turned(h, 2),
      c: turned(c, 2),
      last: turned(last, 1),
      lastCell: turned(lastCell, 1),
    }),
  }),
)

const flowProperties = properties(
  gradientFlow,
  law('powers', {
    of: {
      ...forwardGradient,
      usual: [],
      dimensions: { ...forward.dimensions, T: free(1, 12, 'steps') },
      parameters: inEitherDirection,
    },
    asks: [forwardGradient],
    title: 'a gradient arrives at the first cell as a power of constant forget gates times itself',
    kills: [statesOnly, uninterrupted],
    share: 0.4,
    async holds({ arithmetic, array, inputs, measure, parameters: { direction }, sizes }) {
      const { T, N } = sizes as Readonly<Record<'T' | 'N', number>>
      const alone = {
        dh: leftOut(inputs.dh.shape),
        dc: leftOut(inputs.dc.shape),
        dLast: zeros(inputs.dLast.shape),
        padded: zeros([T, N]),
        // The derivative by it is asked for.
        c0: plain(inputs.c0),
      }
      const arriving = async (bias: number) => {
        const gates = constant(inputs, [-far, bias, 0, 0])
        const question = { ...inputs, ...alone, ...gates, P: leftOut(inputs.P.shape) }
        return (await measure(forwardGradient, question, { direction, coupled: false })).dC0
      }
      const { exact, multiply } = arithmetic
      const dLastCell = array('dLastCell')
      return [
        { label: 'dC0 through open gates', expected: dLastCell, actual: await arriving(far) },
        {
          label: 'dC0 through gates that are half open',
          expected: elementwise(dLastCell, (v) => multiply(exact(2 ** -T), v)),
          actual: await arriving(0),
        },
      ]
    },
  }),
  worked('E-42', {
    of: forwardGradient,
    title: 'through two forget gates of ½ a quarter of a gradient arrives',
    kills: [uninterrupted],
    inputs: {
      ...unit([0, 0, 0, 0], 1),
      x: tensor([2, 1, 1], [0, 0]),
      padded: tensor([2, 1], [0, 0]),
      dh: tensor([2, 1, 1], [0, 0]),
      dc: leftOut([2, 1, 1]),
      dLast: tensor([1, 1], [0]),
      dLastCell: tensor([1, 1], [1]),
    },
    parameters: plainly,
    notes: { dC0: [1] },
    gives: { dC0: [0.25] },
  }),
)

export const cellProperties = [
  ...flowProperties,
  ...gateProperties,
  ...updateProperties,
  ...outputProperties,
  ...rangeProperties,
]
