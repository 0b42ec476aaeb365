import { build } from '../../../reference/arithmetic/array.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { gap, overfitGap, turning, turningPoint } from '../../../spec/training/overfit.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { changed, filled, scalar } from '../../kit/arrays.ts'
import { atMost } from '../../kit/claims.ts'
import { equivariance } from '../../kit/equivariance.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { nothing, withParameters } from '../../kit/spaces.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyOrder,
  countsFromOne,
  fallsByTheDrop,
  flagsEnds,
  hasNoMiddle,
  ignoresTraining,
  lastOfEqual,
  mixesMetrics,
  signOfAccuracy,
  takesModulus,
  weakens,
  widestGap,
} from './overfit-faults.ts'

const ofNegative = { loss: 'accuracy', accuracy: 'loss' } as const

const gapProperties = properties(
  gap,
  agreement(overfitGap, 'integers', {
    kills: [signOfAccuracy, takesModulus, widestGap, hasNoMiddle, mixesMetrics],
  }),
  agreement(overfitGap, 'reals', { kills: [signOfAccuracy, takesModulus, widestGap] }),
  equivariance('shift', {
    of: overfitGap,
    title: 'the same amount added to both curves changes nothing',
    kills: [mixesMetrics],
    inputs: ({ training, validation }) => ({
      training: changed(training, (value) => value + 3),
      validation: changed(validation, (value) => value + 3),
    }),
  }),
  equivariance('loss-is-negative-accuracy', {
    of: overfitGap,
    title: 'a loss says what its negative says as an accuracy',
    kills: [signOfAccuracy, mixesMetrics],
    inputs: ({ training, validation }) => ({
      training: changed(training, (value) => -value),
      validation: changed(validation, (value) => -value),
    }),
    parameters: ({ metric }) => ({ metric: ofNegative[metric] }),
  }),
  law('monotone', {
    of: overfitGap,
    title: 'a gap that widens by one never lowers the diagnosis, and by four it is strong',
    kills: [takesModulus, signOfAccuracy],
    async holds({ answer, arithmetic, exact, inputs, parameters }) {
      const better = parameters.metric === 'accuracy' ? 1 : -1
      const ask = async (wider: number) => {
        const training = changed(inputs.training, (value) => value + better * wider)
        return (await answer(overfitGap, { ...inputs, training }, parameters)).diagnosis
      }
      const [now, wider, widest] = [await ask(0), await ask(1), await ask(16)]
      return [
        atMost(arithmetic, 'not lower', now.at(), wider.at()),
        { label: 'strong', expected: exact(scalar(2)), actual: widest },
      ]
    },
  }),
  rejection('rejected', overfitGap, invalidities(overfitGap), {
    title: 'curves of different lengths and thresholds out of order are rejected',
    kills: [acceptsAnyOrder],
  }),
  worked('E-11', {
    of: overfitGap,
    title: 'both curves are of the same metric',
    kills: [mixesMetrics],
    inputs: { training: tensor([1], [0.5]), validation: tensor([1], [0.5]) },
    parameters: { metric: 'loss', little: 0.05, strong: 0.2 },
    notes: { gaps: [-0.5] },
    gives: { gaps: [0] },
  }),
)

const turningProperties = properties(
  turning,
  agreement(turningPoint, 'integers', {
    kills: [lastOfEqual, ignoresTraining, weakens, countsFromOne],
  }),
  agreement(turningPoint, 'reals', { kills: [flagsEnds, ignoresTraining, countsFromOne] }),
  law('one-hill', {
    of: withParameters(nothing, {
      before: integer({ min: 0, upTo: 5 }),
      after: integer({ min: 0, upTo: 5 }),
      training: choice('rises', 'falls'),
    }),
    asks: [turningPoint],
    title: 'a hill turns where it was built to, and only with both sides and rising training',
    kills: [flagsEnds, ignoresTraining, weakens, countsFromOne],
    async holds({ answer, exact, parameters: { before, after, training } }) {
      const epochs = before + after + 1
      const slope = training === 'rises' ? 1 : -1
      const curves = {
        training: build([epochs], (t) => slope * t),
        validation: build([epochs], (t) => -Math.abs(t - before)),
      }
      const { stop, overparametrized, remedies } = await answer(turningPoint, curves, { drop: 0.5 })
      const turned = before > 0 && after > 0 && slope > 0 ? 1 : 0
      return [
        { label: 'stop', expected: exact(scalar(before)), actual: stop },
        { label: 'overparametrized', expected: exact(scalar(turned)), actual: overparametrized },
        { label: 'remedies', expected: exact(filled([3], turned)), actual: remedies },
      ]
    },
  }),
  law('never-falls', {
    of: turningPoint,
    title: 'a validation curve in rising order is not flagged, nor one in falling order',
    kills: [flagsEnds],
    async holds({ answer, exact, inputs, sizes: { T } }) {
      const rising = Array.from(inputs.validation.data).toSorted((a, b) => a - b)
      const training = build([T], (t) => t)
      const flag = async (label: string, curve: (t: number) => number) => {
        const validation = build([T], curve)
        const answered = await answer(turningPoint, { training, validation }, { drop: 0 })
        return { label, expected: exact(scalar(0)), actual: answered.overparametrized }
      }
      // Equal accuracies at the start would make a curve that falls later turn there.
      return [
        await flag('rising', (t) => 16 * rising[t]! + t),
        await flag('falling', (t) => 16 * rising.at(-1 - t)! - t),
      ]
    },
  }),
  law('by-the-drop', {
    of: withParameters(nothing, {
      before: integer({ min: 1, upTo: 5 }),
      after: integer({ min: 1, upTo: 5 }),
    }),
    asks: [turningPoint],
    title: 'a fall of exactly the drop is none of more than it, and of half a unit more it is',
    kills: [fallsByTheDrop],
    async holds({ answer, exact, parameters: { before, after } }) {
      const epochs = before + after + 1
      const curves = {
        training: build([epochs], (t) => t),
        validation: build([epochs], (t) => -Math.abs(t - before)),
      }
      const flag = async (label: string, drop: number, expected: number) => {
        const { overparametrized } = await answer(turningPoint, curves, { drop })
        return { label, expected: exact(scalar(expected)), actual: overparametrized }
      }
      return [await flag('exactly', after, 0), await flag('more', after - 0.5, 1)]
    },
  }),
)

export const overfitProperties = [...gapProperties, ...turningProperties]
