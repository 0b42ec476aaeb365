import { build } from '../../../reference/arithmetic/array.ts'
import { choice } from '../../../spec/language/parameter.ts'
import { iterativeRetrain, pruneAndRetrain } from '../../../spec/pruning/retrain.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreementTwice } from '../../kit/agreement.ts'
import { changed, filled, numbers, plain, scalar, zeros } from '../../kit/arrays.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { repeated } from '../../kit/repeated.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsNegative,
  dropsMomentum,
  keepsVelocity,
  masksGradientOnly,
  multipliesMask,
  neverPrunes,
  prunesBeforeStep,
  regrows,
  removesEqual,
  takesWholeNorm,
} from './retrain-faults.ts'

export const retrainProperties = properties(
  iterativeRetrain,
  agreementTwice(pruneAndRetrain, {
    kills: [
      masksGradientOnly,
      keepsVelocity,
      prunesBeforeStep,
      regrows,
      neverPrunes,
      dropsMomentum,
      removesEqual,
      takesWholeNorm,
    ],
  }),
  repeated(pruneAndRetrain, {
    times: 10,
    carry: ['weights', 'mask', 'velocity'],
    kills: [dropsMomentum, neverPrunes],
    share: 0.3,
  }),
  law('nested', {
    of: pruneAndRetrain,
    title: 'over four rounds no weight comes back, and what is gone is exactly 0 and at rest',
    kills: [masksGradientOnly, keepsVelocity, prunesBeforeStep, regrows],
    share: 0.5,
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const { gradient, threshold } = inputs
      let at = {
        weights: plain(inputs.weights),
        mask: plain(inputs.mask),
        velocity: plain(inputs.velocity),
      }
      const comparisons = []
      for (let round = 0; round < 4; round++) {
        // Every second step trains only, as between two rounds.
        const tau = round % 2 === 0 ? plain(threshold) : scalar(0)
        const before = at.mask
        const after = await answer(pruneAndRetrain, { ...at, gradient, threshold: tau }, parameters)
        at = {
          weights: numbers(arithmetic, after.weights),
          mask: numbers(arithmetic, after.mask),
          velocity: numbers(arithmetic, after.velocity),
        }
        const gone = (values: typeof at.weights) =>
          exact(changed(values, (v, i) => (before.data[i] === 0 || at.mask.data[i] === 0 ? v : 0)))
        const none = exact(zeros(before.shape))
        comparisons.push(
          {
            label: `mask of round ${round}, of what was gone`,
            expected: none,
            actual: exact(changed(at.mask, (bit, i) => (before.data[i] === 0 ? bit : 0))),
          },
          { label: `weights gone by round ${round}`, expected: none, actual: gone(at.weights) },
          { label: `their velocity`, expected: none, actual: gone(at.velocity) },
        )
      }
      return comparisons
    },
  }),
  law('smaller-network', {
    of: pruneAndRetrain,
    title: 'what is left takes the step that it takes where the others never were',
    kills: [takesWholeNorm],
    share: 0.5,
    async holds({ inputs, measure, parameters }) {
      // Nothing more is pruned, and the first weight is left, so that there is a network to compare with.
      const threshold = scalar(0)
      const mask = changed(inputs.mask, (bit, i) => (i === 0 ? 1 : bit))
      const whole = await measure(pruneAndRetrain, { ...inputs, mask, threshold }, parameters)
      const left = [...mask.data.keys()].filter((i) => mask.data[i] === 1)
      const only = (values: typeof inputs.mask) =>
        build([left.length], (k) => values.data[left[k]!]!)
      const given = {
        threshold,
        weights: only(inputs.weights),
        mask: filled([left.length], 1),
        gradient: only(inputs.gradient),
        velocity: only(inputs.velocity),
      }
      const smaller = await measure(pruneAndRetrain, given, parameters)
      return (['weights', 'velocity'] as const).map((name) => ({
        label: name,
        expected: smaller[name],
        actual: build([left.length], (k) => whole[name].at(left[k]!)),
      }))
    },
  }),
  law('not-finite', {
    of: { ...pruneAndRetrain, parameters: { value: choice('NaN', 'Infinity', '-Infinity') } },
    asks: [pruneAndRetrain],
    title: 'a gradient that is not finite leaves removed weights at 0',
    kills: [multipliesMask],
    share: 0.3,
    async holds({ answer, exact, inputs, parameters: { value } }) {
      const { shape } = inputs.mask
      const bad = { mask: zeros(shape), gradient: filled(shape, Number(value)) }
      const halves = { rate: 0.5, momentum: 0.5, decay: 0.5 }
      const { weights, velocity } = await answer(pruneAndRetrain, { ...inputs, ...bad }, halves)
      const none = exact(zeros(shape))
      return [
        { label: 'weights', expected: none, actual: weights },
        { label: 'velocity', expected: none, actual: velocity },
      ]
    },
  }),
  worked('by-hand', {
    of: pruneAndRetrain,
    title:
      'of weights 4, 1 and 2 with the velocity 2, the threshold 2 takes 1 away, and its velocity',
    kills: [masksGradientOnly, keepsVelocity, prunesBeforeStep, removesEqual, dropsMomentum],
    inputs: {
      weights: tensor([4], [4, 1, 2, 8]),
      mask: tensor([4], [1, 1, 1, 0]),
      gradient: tensor([4], [1, 1, 1, 1]),
      velocity: tensor([4], [2, 2, 2, 2]),
      threshold: tensor([], [2]),
    },
    parameters: { rate: 0.5, momentum: 0.5, decay: 0 },
    gives: { weights: [3, 0, 1, 0], mask: [1, 0, 1, 0], velocity: [2, 0, 2, 0] },
  }),
  rejection('rejected', pruneAndRetrain, invalidities(pruneAndRetrain), {
    title: 'a negative threshold, a mask of other numbers and other wrong arguments are rejected',
    kills: [acceptsNegative],
  }),
)
