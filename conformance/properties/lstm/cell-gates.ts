import { build, elementwise } from '../../../reference/arithmetic/array.ts'
import { candidate, forgetGate, forgetLimits, inputGate } from '../../../spec/lstm/cell.ts'
import { forward } from '../../../spec/lstm/forward.ts'
import type { Argument } from '../../engine/property.ts'
import { changed, joined, plain, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { leftOut } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import { constant, far, inEitherDirection, oneStep, plainly, unit } from './cell-cases.ts'
import { forgetsState, transposesWeights } from './forward-faults.ts'
import {
  closesAltogether,
  hardSigmoid,
  keepsAll,
  keepsWhatItForgets,
  letsAllIn,
  outputGateLetsIn,
  sigmoidCandidate,
} from './forward-unit-faults.ts'

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
        gives: { lastCell: [about('0.731059')] },
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
    gives: { lastCell: [about('4.5398e-5')] },
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
    gives: { lastCell: [about('0.731059')] },
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
      gives: { lastCell: [about(sign > 0 ? '0.761594' : '-0.761594')] },
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

/** What the gates and the candidate are made of, and what they do where they are open or closed. */
export const gateProperties = [
  ...forgetProperties,
  ...limitProperties,
  ...inputProperties,
  ...candidateProperties,
]
