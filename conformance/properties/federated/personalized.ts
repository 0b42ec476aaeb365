import { build, elementwise, memberOf, sum } from '../../../reference/arithmetic/array.ts'
import {
  gradient,
  limits,
  objective,
  personalizedObjective,
  personalizedObjectiveGradient,
  personalizedOptimum,
} from '../../../spec/federated/personalized.ts'
import { integer } from '../../../spec/language/parameter.ts'
import { agreement, agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, plain, scalar, zeros } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  byCurvatures,
  countsPadding,
  differentiatesMeanTwice,
  gradientCountsPadding,
  gradientForgetsFactor,
  gradientOfWeightsAlone,
  gradientPullsToZero,
  gradientWithoutShare,
  penaltySummed,
  penaltyWithoutHalf,
  plainMean,
  pullsToZero,
  pushesApart,
  sharesOne,
  sumsPoints,
  swapsShares,
  trainsAlone,
  weightsAlone,
} from './personalized-faults.ts'
import { otherPadding } from './personalized-padding.ts'

const objectiveProperties = properties(
  objective,
  agreementTwice(personalizedObjective, {
    kills: [
      penaltyWithoutHalf,
      penaltySummed,
      pullsToZero,
      weightsAlone,
      countsPadding,
      sumsPoints,
    ],
  }),
  law('pairs', {
    of: personalizedObjective,
    title: 'without points it is λ/(4K²) times the squared distances of all pairs of models',
    kills: [penaltyWithoutHalf, penaltySummed, pullsToZero, weightsAlone],
    share: 0.5,
    async holds({ array, arithmetic, inputs, measure, parameters }) {
      const { add, divide, exact, multiply, subtract } = arithmetic
      const K = inputs.w.shape[0]!
      const counts = zeros(inputs.counts.shape)
      const { objective } = await measure(personalizedObjective, { ...inputs, counts }, parameters)
      const apart = (models: ReturnType<typeof array>) =>
        sum(arithmetic, [K, ...models.shape], (l, k, ...at) => {
          const d = subtract(models.at(k, ...at), models.at(l, ...at))
          return multiply(d, d)
        })
      const factor = divide(exact(parameters.weight), exact(4 * K * K))
      return [
        {
          label: 'objective',
          expected: scalar(multiply(factor, add(apart(array('w')), apart(array('b'))))),
          actual: objective,
        },
      ]
    },
  }),
  equivariance('padding', {
    of: personalizedObjective,
    title: 'what stands in places without points makes no difference',
    kills: [countsPadding],
    share: 0.5,
    inputs: otherPadding,
  }),
  law('consensus', {
    of: personalizedObjective,
    title: 'where all models are the same the penalty is 0, however large λ is',
    kills: [pullsToZero],
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      const first = (models: typeof inputs.w) =>
        changed(models, (_, at) => models.data[at % (models.data.length / models.shape[0]!)]!)
      const same = { ...inputs, w: first(inputs.w), b: first(inputs.b) }
      const none = await measure(personalizedObjective, same, { ...parameters, weight: 0 })
      const some = await measure(personalizedObjective, same, { ...parameters, weight: 2 })
      return [{ label: 'objective', expected: none.objective, actual: some.objective }]
    },
  }),
  worked('two-clients', {
    of: personalizedObjective,
    title: 'biases 1 and 3 with the targets 0 and 4 and λ = 2: ½ + 1',
    kills: [penaltyWithoutHalf, pullsToZero, countsPadding],
    inputs: {
      w: tensor([2, 1, 1], [0, 0]),
      b: tensor([2, 1], [1, 3]),
      x: tensor([2, 2, 1], [0, 0, 0, 0]),
      y: tensor([2, 2, 1], [0, 9, 4, 9]),
      counts: tensor([2], [1, 1]),
    },
    parameters: { points: 2, loss: 'squares', weight: 2 },
    gives: { objective: [1.5] },
  }),
)

const gradientProperties = properties(
  gradient,
  agreementTwice(personalizedObjectiveGradient, {
    kills: [
      gradientPullsToZero,
      gradientWithoutShare,
      gradientForgetsFactor,
      pushesApart,
      differentiatesMeanTwice,
      gradientOfWeightsAlone,
      gradientCountsPadding,
    ],
  }),
  law('pulls-cancel', {
    of: personalizedObjectiveGradient,
    title: 'gradients by all models add up to the same, whatever λ is',
    kills: [gradientPullsToZero],
    share: 0.5,
    async holds({ arithmetic, inputs, measure, parameters }) {
      const K = inputs.w.shape[0]!
      const overClients = (slopes: Awaited<ReturnType<typeof ask>>['dw']) =>
        build(slopes.shape.slice(1), (...at) => sum(arithmetic, [K], (k) => slopes.at(k, ...at)))
      const ask = (weight: number) =>
        measure(personalizedObjectiveGradient, inputs, { ...parameters, weight })
      const [none, some] = [await ask(0), await ask(2)]
      return [
        { label: 'Σ dw', expected: overClients(none.dw), actual: overClients(some.dw) },
        { label: 'Σ db', expected: overClients(none.db), actual: overClients(some.db) },
      ]
    },
  }),
  law('nobody-else', {
    of: personalizedObjectiveGradient,
    title: 'without a penalty a gradient depends on the points of its own client alone',
    kills: [gradientWithoutShare, gradientForgetsFactor],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { exact, multiply } = arithmetic
      const K = inputs.w.shape[0]!
      const alone = { ...parameters, weight: 0 }
      const all = await measure(personalizedObjectiveGradient, inputs, alone)
      const only = (given: typeof inputs.w) => memberOf(plain(given), 0)
      const one = (given: typeof inputs.w) => {
        const member = only(given)
        return changed(zeros([1, ...member.shape]), (_, at) => member.data[at]!)
      }
      const { w, b, x, y, counts } = inputs
      const first = { w: one(w), b: one(b), x: one(x), y: one(y), counts: one(counts) }
      const dObjective = filled([], 1)
      const own = await measure(personalizedObjectiveGradient, { ...first, dObjective }, alone)
      const times = (slopes: typeof own.dw) =>
        elementwise(memberOf(slopes, 0), (s) => multiply(array('dObjective').at(), s))
      const share = (slopes: typeof own.dw) =>
        elementwise(memberOf(slopes, 0), (s) => multiply(exact(K), s))
      return [
        { label: 'K dw of the first client', expected: times(own.dw), actual: share(all.dw) },
        { label: 'K db of the first client', expected: times(own.db), actual: share(all.db) },
      ]
    },
  }),
)

const limitProperties = properties(
  limits,
  agreement(personalizedOptimum, 'integers', {
    kills: [trainsAlone, sharesOne, plainMean, byCurvatures, swapsShares],
  }),
  agreement(personalizedOptimum, 'reals', {
    kills: [trainsAlone, sharesOne, plainMean, byCurvatures, swapsShares],
  }),
  law('stationary', {
    of: personalizedOptimum,
    title:
      'at each model the slope of its loss and the pull to the mean cancel, and the mean is one',
    kills: [trainsAlone, sharesOne, plainMean, byCurvatures, swapsShares],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters }) {
      const { add, exact, multiply } = arithmetic
      const { models, mean } = await measure(personalizedOptimum, inputs, parameters)
      const [h, c] = [array('curvatures'), array('centres')]
      const weight = exact(parameters.weight)
      const [K] = models.shape as [number]
      return [
        {
          label: '(h + λ) θ',
          expected: build(models.shape, (k, i) =>
            add(multiply(h.at(k, i), c.at(k, i)), multiply(weight, mean.at(i))),
          ),
          actual: build(models.shape, (k, i) => multiply(add(h.at(k, i), weight), models.at(k, i))),
        },
        {
          label: 'Σ h θ',
          expected: build(mean.shape, (i) =>
            sum(arithmetic, [K], (k) => multiply(h.at(k, i), c.at(k, i))),
          ),
          actual: build(mean.shape, (i) =>
            sum(arithmetic, [K], (k) => multiply(h.at(k, i), models.at(k, i))),
          ),
        },
      ]
    },
  }),
  law('alone', {
    of: personalizedOptimum,
    title: 'without a penalty every client is where its own loss is smallest',
    kills: [sharesOne, swapsShares],
    share: 0.3,
    async holds({ array, inputs, measure }) {
      const { models } = await measure(personalizedOptimum, inputs, { weight: 0 })
      return [{ label: 'models', expected: array('centres'), actual: models }]
    },
  }),
  law('together', {
    of: withParameters(personalizedOptimum, { more: integer({ min: 1, upTo: 8 }) }),
    asks: [personalizedOptimum],
    title: 'with a larger λ models are no farther from their mean, and at most h/λ of their minima',
    kills: [trainsAlone, swapsShares],
    share: 0.5,
    async holds({ arithmetic, array, inputs, measure, parameters: { weight, more } }) {
      const { abs, exact, multiply, subtract, total } = arithmetic
      const near = await measure(personalizedOptimum, inputs, { weight: weight + more })
      const far = await measure(personalizedOptimum, inputs, { weight })
      const squares = ({ models, mean }: typeof near, i: number) =>
        total(
          Array.from({ length: models.shape[0]! }, (_, k) => {
            const d = subtract(models.at(k, i), mean.at(i))
            return multiply(d, d)
          }),
        )
      const [h, c] = [array('curvatures'), array('centres')]
      const [K, P] = near.models.shape as [number, number]
      const places = Array.from({ length: P }, (_, i) => i)
      const clients = Array.from({ length: K }, (_, k) => k)
      return [
        ...places.map((i) =>
          atMost(arithmetic, `spread of parameter ${i}`, squares(near, i), squares(far, i)),
        ),
        ...places.flatMap((i) =>
          clients.map((k) => {
            const off = abs(subtract(near.models.at(k, i), near.mean.at(i)))
            const own = abs(subtract(c.at(k, i), near.mean.at(i)))
            return atMost(
              arithmetic,
              `λ times the distance of parameter ${i} of client ${k} from the mean`,
              multiply(exact(weight + more), off),
              multiply(h.at(k, i), own),
            )
          }),
        ),
      ]
    },
  }),
  worked('two-clients', {
    of: personalizedOptimum,
    title: 'curvatures 1 and 3, minima 0 and 4, λ = 1: 1.2 and 3.6 with the mean 2.4, as on paper',
    kills: [plainMean, byCurvatures, trainsAlone],
    inputs: { curvatures: tensor([2, 1], [1, 3]), centres: tensor([2, 1], [0, 4]) },
    parameters: { weight: 1 },
    gives: {
      models: [
        { printed: 1.2, unit: 2 ** -20 },
        { printed: 3.6, unit: 2 ** -20 },
      ],
      mean: [{ printed: 2.4, unit: 2 ** -20 }],
    },
  }),
)

export const personalizedProperties = [
  ...objectiveProperties,
  ...gradientProperties,
  ...limitProperties,
]
