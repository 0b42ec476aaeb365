import { build, sum } from '../../../reference/arithmetic/array.ts'
import { activation, jacobian } from '../../../spec/bptt/jacobian.ts'
import { vanishing } from '../../../spec/bptt/vanishing.ts'
import { bits, free } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  addsFactors,
  ignoresSlope,
  linearKeepsAll,
  wholeSlopeOfSigmoid,
} from './jacobian-faults.ts'

/**
 * Weights of which all singular values are the same power of 2: every unit goes on to another one, with
 * either sign.
 */
const turns = {
  ...jacobian,
  usual: [],
  constraints: [],
  dimensions: { ...jacobian.dimensions, T: free(3, 8, 'time steps') },
  inputs: { ...jacobian.inputs, signs: bits('1 where the sign is −', 'H') },
  parameters: {
    activation,
    turn: integer({ min: 0, upTo: 3, max: 3 }),
    size: choice('1/4', '1/2', '1', '2'),
  },
}

const sizeOf = { '1/4': 0.25, '1/2': 0.5, '1': 1, '2': 2 } as const

export const vanishingProperties = properties(
  vanishing,
  law('geometric', {
    of: turns,
    asks: [jacobian],
    title: 'over n steps the Jacobian is at most the n-th power of γ σ_max in norm',
    kills: [ignoresSlope, wholeSlopeOfSigmoid, addsFactors],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters, sizes }) {
      const { T, H } = sizes as Readonly<Record<'T' | 'H', number>>
      const { activation, turn, size } = parameters
      const { x, U, b, h0, signs } = inputs
      const c = sizeOf[size]
      const W = build([H, H], (i, j) => ((i + turn) % H === j ? (signs.data[i] === 1 ? -c : c) : 0))
      const { J } = await measure(jacobian, { x, U, W, b, h0 }, { activation, start: 0, end: T })
      const { exact, multiply } = arithmetic
      const q = activation === 'sigmoid' ? c / 4 : c
      // The square of the norm of Frobenius, which is at most H times that of the spectral norm.
      const most = exact(H * q ** (2 * T))
      return Array.from({ length: J.shape[0]! }, (_, n) => {
        const squares = sum(arithmetic, [H, H], (i, j) => multiply(J.at(n, i, j), J.at(n, i, j)))
        return atMost(arithmetic, `Σ J² of sequence ${n} ≤ H q^2T`, squares, most)
      })
    },
  }),
  worked('saturated', {
    of: jacobian,
    title: 'saturated units pass nothing on, however large their weights are',
    kills: [ignoresSlope],
    cases: (['tanh', 'sigmoid'] as const).map((activation) => ({
      says: activation,
      inputs: {
        x: tensor([2, 1, 1], [10000, -10000]),
        U: tensor([1, 1], [1]),
        W: tensor([1, 1], [8]),
        b: tensor([1], [0]),
        h0: tensor([1, 1], [0.5]),
      },
      parameters: { activation, start: 0, end: 2 },
      gives: { J: [0] },
    })),
  }),
  worked('E-61', {
    of: jacobian,
    title: 'without an activation a gradient vanishes, too',
    kills: [linearKeepsAll],
    inputs: {
      x: tensor([10, 1, 1], new Array(10).fill(0)),
      U: tensor([1, 1], [0]),
      W: tensor([1, 1], [0.5]),
      b: tensor([1], [0]),
      h0: tensor([1, 1], [0]),
    },
    parameters: { activation: 'linear', start: 0, end: 10 },
    notes: { J: [1] },
    gives: { J: [2 ** -10] },
  }),
  worked('halves', {
    of: jacobian,
    title: 'with the largest singular value a half, ten steps leave a thousandth',
    kills: [addsFactors],
    inputs: {
      x: tensor([10, 1, 1], new Array(10).fill(0)),
      U: tensor([2, 1], [0, 0]),
      W: tensor([2, 2], [0, 0.5, -0.5, 0]),
      b: tensor([2], [0, 0]),
      h0: tensor([1, 2], [0, 0]),
    },
    parameters: { activation: 'tanh', start: 0, end: 10 },
    gives: { J: [-(2 ** -10), 0, 0, -(2 ** -10)] },
  }),
)
