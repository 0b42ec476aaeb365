import { build, sum } from '../../../reference/arithmetic/array.ts'
import {
  interpolate,
  latentArithmetic,
  latentArithmeticClause,
  latentInterpolation,
} from '../../../spec/gan/latent.ts'
import { generate } from '../../../spec/gan/sample-map.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { joined, plain, row } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { law, lawTwice } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { tensor } from '../../kit/tensor.ts'
import { about, worked } from '../../kit/worked.ts'
import {
  addsAll,
  alwaysTanh,
  countsBiases,
  forgetsStart,
  keepsNorm,
  mixesSamples,
  saysAffine,
  shrinksStart,
  staysInside,
  swapsEnds,
  turnsEverySecond,
} from './latent-faults.ts'

const interpolationProperties = properties(
  latentInterpolation,
  ...agreementTwice(interpolate, {
    kills: [swapsEnds, mixesSamples, keepsNorm, staysInside, shrinksStart, turnsEverySecond],
    share: 0.6,
  }),
  law('ends', {
    of: interpolate,
    asks: [interpolate, generate],
    title: 'the way begins and ends with the samples of both noise vectors',
    values: 'reals',
    kills: [swapsEnds, keepsNorm, shrinksStart],
    share: 0.2,
    async holds({ inputs, measure, sizes: { Z } }) {
      const { start, end, shares: _, ...generator } = inputs
      const way = await measure(interpolate, { ...inputs, shares: row(0, 1) }, {})
      const both = joined(0, plain(start), plain(end))
      const noise = build([2, Z!], (l, j) => both.at(l * Z! + j))
      const ends = await measure(generate, { ...generator, noise }, {})
      return [{ label: 'x', expected: ends.x, actual: way.x }]
    },
  }),
  law('from-the-other-end', {
    of: interpolate,
    title: 'from the other end it is the same way',
    values: 'reals',
    kills: [keepsNorm, shrinksStart],
    share: 0.2,
    async holds({ inputs, measure }) {
      const { start, end } = inputs
      const there = await measure(interpolate, { ...inputs, shares: row(0, 0.25, 0.75) }, {})
      const turned = { ...inputs, start: end, end: start, shares: row(1, 0.75, 0.25) }
      const back = await measure(interpolate, turned, {})
      return [
        { label: 'noise', expected: there.noise, actual: back.noise },
        { label: 'x', expected: there.x, actual: back.x },
      ]
    },
  }),
  law('no-farther', {
    of: interpolate,
    title: 'samples are no farther apart than norms of weights times the distance of the noise',
    values: 'reals',
    kills: [turnsEverySecond],
    share: 0.2,
    async holds({ arithmetic, array, inputs, measure }) {
      const { multiply, subtract } = arithmetic
      const { x } = await measure(interpolate, { ...inputs, shares: row(0.25, 0.75) }, {})
      const squares = (values: readonly ReturnType<typeof subtract>[]) =>
        sum(arithmetic, [values.length], (i) => multiply(values[i]!, values[i]!))
      const [start, end] = [array('start'), array('end')]
      const noise = start.data.map((z, j) =>
        multiply(arithmetic.exact(0.5), subtract(end.data[j]!, z)),
      )
      const limit = [
        squares(array('generatorHidden').data),
        squares(array('generatorOutput').data),
      ].reduce((product, norm) => multiply(product, norm), squares(noise))
      const [, X] = x.shape as [number, number]
      const apart = Array.from({ length: X }, (_, j) => subtract(x.at(1, j), x.at(0, j)))
      return [atMost(arithmetic, 'squared distances', squares(apart), limit)]
    },
  }),
  worked('by-hand', {
    of: interpolate,
    title:
      'a quarter of the way from 0 to 4 is 1, and three quarters of the way with tanh are tanh 3',
    kills: [swapsEnds, mixesSamples],
    inputs: {
      start: tensor([1], [0]),
      end: tensor([1], [4]),
      shares: tensor([2], [0.25, 0.75]),
      generatorHidden: tensor([1, 1], [1]),
      generatorHiddenBias: tensor([1], [0]),
      generatorOutput: tensor([1, 1], [1]),
      generatorOutputBias: tensor([1], [0]),
    },
    parameters: {},
    gives: { noise: [1, 3], x: [about('0.761594'), about('0.995055')] },
  }),
)

const affine = { ...latentArithmetic, parameters: { activation: choice('identity') } } as const

const arithmeticProperties = properties(
  latentArithmeticClause,
  ...agreementTwice(latentArithmetic, {
    kills: [addsAll, countsBiases, saysAffine, alwaysTanh, forgetsStart],
    share: 0.6,
  }),
  ...lawTwice('affine', {
    of: affine,
    asks: [latentArithmetic],
    title: 'of an affine generator both are the same',
    kills: [countsBiases, alwaysTanh],
    share: 0.2,
    async holds({ inputs, measure }) {
      const { x, sum } = await measure(latentArithmetic, inputs, { activation: 'identity' })
      return [{ label: 'x', expected: sum, actual: x }]
    },
  }),
  law('second-order', {
    of: { ...latentArithmetic, parameters: {} },
    asks: [latentArithmetic],
    title: 'with tanh both differ by no more than its curvature allows',
    values: 'reals',
    kills: [countsBiases],
    share: 0.2,
    async holds({ arithmetic, array, inputs, measure, sizes: { M, Z, Hg, X } }) {
      const { abs, divide, exact, multiply, sqrt, subtract } = arithmetic
      const answer = await measure(latentArithmetic, inputs, { activation: 'tanh' })
      const [U, V] = [array('generatorHidden'), array('generatorOutput')]
      const change = (name: 'a' | 'c') => {
        const [from, to] = [array('b'), array(name)]
        return build([M!, Hg!], (m, i) =>
          abs(
            sum(arithmetic, [Z!], (j) =>
              multiply(subtract(to.at(m, j), from.at(m, j)), U.at(j, i)),
            ),
          ),
        )
      }
      const [ofA, ofC] = [change('a'), change('c')]
      const curvature = divide(exact(4), multiply(exact(3), sqrt(exact(3))))
      const gap = build([M!, X!], (m, j) => abs(subtract(answer.x.at(m, j), answer.sum.at(m, j))))
      const limit = build([M!, X!], (m, j) =>
        multiply(
          curvature,
          sum(arithmetic, [Hg!], (i) =>
            multiply(abs(V.at(i, j)), multiply(ofA.at(m, i), ofC.at(m, i))),
          ),
        ),
      )
      return gap.data.map((off, at) => atMost(arithmetic, `element ${at}`, off, limit.data[at]!))
    },
  }),
  law('nothing-new', {
    of: latentArithmetic,
    title: 'to take away what is added changes nothing, of any generator',
    values: 'reals',
    kills: [addsAll, countsBiases],
    share: 0.2,
    async holds({ inputs, measure, parameters }) {
      const none = { ...inputs, c: inputs.b }
      const { x, sum } = await measure(latentArithmetic, none, parameters)
      return [{ label: 'x', expected: sum, actual: x }]
    },
  }),
  worked('by-hand', {
    of: latentArithmetic,
    title: 'of 3, 1 and 2 both are 13 with a linear hidden unit, and apart with tanh',
    kills: [addsAll, countsBiases, saysAffine, alwaysTanh, forgetsStart],
    cases: [
      {
        inputs: {
          a: tensor([1, 1], [3]),
          b: tensor([1, 1], [1]),
          c: tensor([1, 1], [2]),
          generatorHidden: tensor([1, 1], [2]),
          generatorHiddenBias: tensor([1], [0]),
          generatorOutput: tensor([1, 1], [1]),
          generatorOutputBias: tensor([1], [5]),
        },
        parameters: { activation: 'identity' },
        gives: { x: [13], sum: [13] },
      },
      {
        inputs: {
          a: tensor([1, 1], [1]),
          b: tensor([1, 1], [0]),
          c: tensor([1, 1], [1]),
          generatorHidden: tensor([1, 1], [1]),
          generatorHiddenBias: tensor([1], [0]),
          generatorOutput: tensor([1, 1], [1]),
          generatorOutputBias: tensor([1], [0]),
        },
        parameters: { activation: 'tanh' },
        gives: { x: [about('0.964028')], sum: [about('1.523188')] },
      },
    ],
  }),
)
export const latentProperties = [...interpolationProperties, ...arithmeticProperties]
