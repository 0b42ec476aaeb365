import { build, elementwise, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { derived, free } from '../../../spec/language/operation.ts'
import {
  candidate,
  cellUpdate,
  forgetGate,
  forgetLimits,
  gradientFlow,
  inputGate,
  outputHidden,
  ranges,
} from '../../../spec/lstm/cell.ts'
import { forward, forwardGradient } from '../../../spec/lstm/forward.ts'
import type { Argument } from '../../engine/property.ts'
import { changed, joined, permuted, plain, zeros } from '../../kit/arrays.ts'
import { between } from '../../kit/between.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { leftOut, stillLeftOut, tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import { forgetsState, sharesBias, transposesWeights } from './forward-faults.ts'
import { statesOnly, uninterrupted } from './forward-gradient-faults.ts'
import {
  closesAltogether,
  couplesAlike,
  doublesCandidate,
  gatesTheCell,
  hardSigmoid,
  keepsAll,
  keepsWhatItForgets,
  letsAllIn,
  outputGateLetsIn,
  sigmoidCandidate,
  withoutTanh,
} from './forward-unit-faults.ts'

/** A sigmoid of it is 1 in every format, and one of its negative 0. */
const far = 200

const plainly = { direction: 'forward', coupled: false } as const
const { coupled: _, ...inEitherDirection } = forward.parameters
const oneStep = { ...forward.dimensions, T: derived(() => 1, 'steps') }

/** One unit without weights, a step of it, and the biases of i, f, g and o. */
const unit = (biases: readonly number[], c0 = 0) => ({
  x: tensor([1, 1, 1], [0]),
  U: tensor([4, 1, 1], [0, 0, 0, 0]),
  W: tensor([4, 1, 1], [0, 0, 0, 0]),
  b: tensor([4, 1], biases),
  h0: tensor([1, 1], [0]),
  c0: tensor([1, 1], [c0]),
  padded: tensor([1, 1], [0]),
  P: leftOut([3, 1]),
})

type Weights = Readonly<Record<'U' | 'W' | 'b' | 'P', Argument>>

/** Gates that are the sigmoids of given biases, whatever comes in; others are as they were. */
function constant({ U, W, b, P }: Weights, biases: readonly (number | null)[]) {
  const without = (array: Argument) => {
    const size = array.data.length / 4
    return changed(array, (v, at) => (biases[Math.floor(at / size)] === null ? v : 0))
  }
  const H = b.shape[1]!
  // The peepholes are of i, f and o.
  const seen = [0, 1, 3]
  return {
    U: without(U),
    W: without(W),
    b: changed(b, (v, at) => biases[Math.floor(at / H)] ?? v),
    P: stillLeftOut(
      P,
      changed(P, (v, at) => (biases[seen[Math.floor(at / H)]!] === null ? v : 0)),
    ),
  }
}

const negative = (array: Argument) => changed(array, (v) => -v)

const forgetProperties = properties(
  forgetGate,
  worked('bias', {
    of: forward,
    title: 'without weights the sigmoid of the bias is kept of the cell',
    kills: [hardSigmoid, keepsWhatItForgets],
    cases: [
      {
        says: 'σ(0)',
        inputs: unit([0, 0, 0, 0], 2),
        parameters: plainly,
        gives: { lastCell: [1] },
      },
      {
        says: 'σ(1)',
        inputs: unit([0, 1, 0, 0], 1),
        parameters: plainly,
        gives: { lastCell: [about(0.731059, 1e-6)] },
      },
    ],
  }),
  law('beside', {
    of: { ...forward, usual: [], dimensions: oneStep },
    asks: [forward],
    title: 'weights beside each other make the same of the input above the state',
    kills: [transposesWeights, forgetsState],
    share: 0.4,
    async holds({ inputs, measure, parameters, sizes }) {
      const { N, H } = sizes as Readonly<Record<'N' | 'H', number>>
      const above = joined(
        2,
        plain(inputs.x),
        build([1, N, H], (_, n, k) => plain(inputs.h0).at(n, k)),
      )
      const beside = {
        x: above,
        U: joined(2, plain(inputs.U), plain(inputs.W)),
        W: zeros([4, H, H]),
      }
      const apart = await measure(forward, inputs, parameters)
      const { last, lastCell } = await measure(forward, { ...inputs, ...beside }, parameters)
      return [
        { label: 'last', expected: apart.last, actual: last },
        { label: 'lastCell', expected: apart.lastCell, actual: lastCell },
      ]
    },
  }),
)

const limitProperties = properties(
  forgetLimits,
  law('closed', {
    of: { ...forward, usual: [], dimensions: oneStep, parameters: inEitherDirection },
    asks: [forward],
    title: 'a closed forget gate leaves nothing of the cell before',
    kills: [keepsAll, keepsWhatItForgets],
    share: 0.3,
    async holds({ inputs, measure, parameters: { direction }, sizes: { N } }) {
      const closed = {
        ...inputs,
        ...constant({ ...inputs, P: leftOut(inputs.P.shape) }, [null, -far, null, null]),
      }
      const question = { ...closed, padded: zeros([1, N!]) }
      const parameters = { direction, coupled: false }
      const { lastCell } = await measure(forward, question, parameters)
      const other = await measure(
        forward,
        { ...question, c0: changed(inputs.c0, (v) => 3 - v) },
        parameters,
      )
      return [{ label: 'lastCell', expected: lastCell, actual: other.lastCell }]
    },
  }),
  law('open', {
    of: { ...forward, parameters: inEitherDirection },
    asks: [forward],
    title: 'an open forget gate beside a closed input gate keeps the cell as it is',
    kills: [keepsWhatItForgets, letsAllIn],
    share: 0.3,
    needsStates: true,
    async holds({ array, inputs, measure, parameters: { direction } }) {
      const question = { ...inputs, ...constant(inputs, [-far, far, null, null]) }
      const { c } = await measure(forward, question, { direction, coupled: false })
      const c0 = array('c0')
      return [{ label: 'c', expected: build(c.shape, (_, n, k) => c0.at(n, k)), actual: c }]
    },
  }),
  worked('E-64', {
    of: forward,
    title: 'a gate that is nearly closed leaves something',
    kills: [closesAltogether],
    inputs: unit([0, -10, 0, 0], 1),
    parameters: plainly,
    notes: { lastCell: [0] },
    gives: { lastCell: [about(4.5398e-5, 1e-9)] },
  }),
)

const inputProperties = properties(
  inputGate,
  worked('bias', {
    of: forward,
    title: 'without weights the sigmoid of the bias is let in of the candidate',
    kills: [hardSigmoid, outputGateLetsIn],
    inputs: unit([1, 0, far, 0]),
    parameters: plainly,
    gives: { lastCell: [about(0.731059, 1e-6)] },
  }),
  law('blocked', {
    of: { ...forward, usual: [], dimensions: oneStep, parameters: inEitherDirection },
    asks: [forward],
    title: 'a closed input gate lets nothing in, whatever the candidate is',
    kills: [letsAllIn, outputGateLetsIn],
    share: 0.3,
    async holds({ inputs, measure, parameters: { direction } }) {
      const question = { ...inputs, ...constant(inputs, [-far, null, null, null]) }
      const parameters = { direction, coupled: false }
      const { lastCell } = await measure(forward, question, parameters)
      const H = inputs.b.shape[1]!
      const b = changed(question.b, (v, at) => (Math.floor(at / H) === 2 ? 2 - v : v))
      const other = await measure(forward, { ...question, b }, parameters)
      return [{ label: 'lastCell', expected: lastCell, actual: other.lastCell }]
    },
  }),
)

const candidateProperties = properties(
  candidate,
  worked('bias', {
    of: forward,
    title: 'without weights the candidate is tanh of its bias',
    kills: [sigmoidCandidate],
    cases: [1, -1].map((sign) => ({
      says: `tanh(${sign})`,
      inputs: unit([far, 0, sign, 0]),
      parameters: plainly,
      gives: { lastCell: [about(sign * 0.761594, 1e-6)] },
    })),
  }),
  law('odd', {
    of: forward,
    title: 'with constant gates, states and cells change their signs where inputs do',
    kills: [sigmoidCandidate],
    share: 0.3,
    async holds({ arithmetic: { negate }, inputs, measure, parameters }) {
      const constants = constant(inputs, [0, 1, null, -1])
      const H = inputs.b.shape[1]!
      const b = changed(constants.b, (v, at) => (Math.floor(at / H) === 2 ? 0 : v))
      const question = { ...inputs, ...constants, b }
      const { x, h0, c0 } = inputs
      const turned = { x: negative(x), h0: negative(h0), c0: negative(c0) }
      const { last, lastCell } = await measure(forward, question, parameters)
      const other = await measure(forward, { ...question, ...turned }, parameters)
      return [
        { label: 'last', expected: elementwise(last, negate), actual: other.last },
        { label: 'lastCell', expected: elementwise(lastCell, negate), actual: other.lastCell },
      ]
    },
  }),
)

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
        gives: { last: [about(0.761594, 1e-6)] },
      },
      {
        says: 'half open',
        inputs: unit([-far, far, 0, 0], 1),
        parameters: plainly,
        gives: { last: [about(0.380797, 1e-6)] },
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
  ...forgetProperties,
  ...limitProperties,
  ...inputProperties,
  ...candidateProperties,
  ...updateProperties,
  ...outputProperties,
  ...rangeProperties,
]
