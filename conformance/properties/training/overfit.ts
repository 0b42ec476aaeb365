import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { derived } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { gap, overfitGap, turning, turningPoint } from '../../../spec/training/overfit.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { agreement } from '../../kit/agreement.ts'
import { atMost } from '../../kit/claims.ts'
import { law } from '../../kit/law.ts'
import { properties } from '../../kit/properties.ts'
import { rejection } from '../../kit/rejection.ts'
import { tensor } from '../../kit/tensor.ts'
import { worked } from '../../kit/worked.ts'
import {
  acceptsAnyOrder,
  countsFromOne,
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

const scalar = (value: number) => build([], () => value)

const gapProperties = properties(
  gap,
  agreement(overfitGap, 'integers', {
    kills: [signOfAccuracy, takesModulus, widestGap, hasNoMiddle, mixesMetrics],
  }),
  agreement(overfitGap, 'reals', { kills: [signOfAccuracy, takesModulus, widestGap] }),
  law('shift', {
    of: overfitGap,
    title: 'the same amount added to both curves changes nothing',
    kills: [mixesMetrics],
    async holds({ answer, inputs, parameters }) {
      const { training, validation } = inputs
      const raised = (curve: typeof training) =>
        fromData(
          curve.shape,
          Array.from(curve.data, (value) => value + 3),
        )
      const other = { training: raised(training), validation: raised(validation) }
      const before = await answer(overfitGap, inputs, parameters)
      const after = await answer(overfitGap, other, parameters)
      return [
        { label: 'gaps', expected: before.gaps, actual: after.gaps },
        { label: 'diagnosis', expected: before.diagnosis, actual: after.diagnosis },
      ]
    },
  }),
  law('loss-is-negative-accuracy', {
    of: overfitGap,
    title: 'a loss says what its negative says as an accuracy',
    kills: [signOfAccuracy, mixesMetrics],
    async holds({ answer, inputs, parameters }) {
      const { training, validation } = inputs
      const negative = (curve: typeof training) =>
        fromData(
          curve.shape,
          Array.from(curve.data, (value) => -value),
        )
      const other = { training: negative(training), validation: negative(validation) }
      const loss = { ...parameters, metric: 'loss' } as const
      const accuracy = { ...parameters, metric: 'accuracy' } as const
      const one = await answer(overfitGap, inputs, loss)
      const two = await answer(overfitGap, other, accuracy)
      return [
        { label: 'gaps', expected: one.gaps, actual: two.gaps },
        { label: 'diagnosis', expected: one.diagnosis, actual: two.diagnosis },
      ]
    },
  }),
  law('monotone', {
    of: overfitGap,
    title: 'a gap that widens by one never lowers the diagnosis, and by four it is strong',
    kills: [takesModulus, signOfAccuracy],
    async holds(bench) {
      const { arithmetic, parameters } = bench
      const { training, validation } = bench.inputs
      const better = parameters.metric === 'accuracy' ? 1 : -1
      const ask = async (wider: number) => {
        const widened = Array.from(training.data, (value) => value + better * wider)
        const inputs = { training: fromData(training.shape, widened), validation }
        return (await bench.answer(overfitGap, inputs, parameters)).diagnosis
      }
      const [now, wider, widest] = [await ask(0), await ask(1), await ask(16)]
      const two = bench.exact(scalar(2))
      return [
        atMost(arithmetic, 'not lower', now.at(), wider.at()),
        { label: 'strong', expected: two, actual: widest },
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
    kills: [lastOfEqual, flagsEnds, ignoresTraining, weakens, countsFromOne],
  }),
  agreement(turningPoint, 'reals', { kills: [flagsEnds, ignoresTraining, countsFromOne] }),
  law('one-hill', {
    of: {
      dimensions: { None: derived(() => 0, 'nothing') },
      inputs: {},
      parameters: {
        before: integer({ min: 0, upTo: 5 }),
        after: integer({ min: 0, upTo: 5 }),
        training: choice('rises', 'falls'),
      },
    },
    asks: [turningPoint],
    title: 'a hill turns where it was built to, and only with both sides and rising training',
    kills: [flagsEnds, ignoresTraining, weakens, countsFromOne],
    async holds(bench) {
      const { before, after } = bench.parameters
      const epochs = before + after + 1
      const slope = bench.parameters.training === 'rises' ? 1 : -1
      const inputs = {
        training: build([epochs], (t) => slope * t),
        validation: build([epochs], (t) => -Math.abs(t - before)),
      }
      const answer = await bench.answer(turningPoint, inputs, { drop: 0.5 })
      const turned = before > 0 && after > 0 && slope > 0 ? 1 : 0
      const flag = bench.exact(scalar(turned))
      return [
        { label: 'stop', expected: bench.exact(scalar(before)), actual: answer.stop },
        { label: 'overparametrized', expected: flag, actual: answer.overparametrized },
        {
          label: 'remedies',
          expected: bench.exact(build([3], () => turned)),
          actual: answer.remedies,
        },
      ]
    },
  }),
  law('never-falls', {
    of: turningPoint,
    title: 'a validation curve in rising order is not flagged, nor one in falling order',
    kills: [flagsEnds],
    async holds(bench) {
      const { shape, data } = bench.inputs.validation
      const rising = Array.from(data).toSorted((a, b) => a - b)
      const training = build(shape, (t) => t)
      const comparisons = []
      for (const curve of [rising, rising.toReversed()]) {
        // Equal accuracies at the start would make a curve that falls later turn there.
        const strict = fromData(
          shape,
          curve.map((value, t) => 16 * value + (curve === rising ? t : -t)),
        )
        const inputs = { training, validation: strict }
        const answer = await bench.answer(turningPoint, inputs, { drop: 0 })
        comparisons.push({
          label: 'overparametrized',
          expected: bench.exact(scalar(0)),
          actual: answer.overparametrized,
        })
      }
      return comparisons
    },
  }),
)

export const overfitProperties = [...gapProperties, ...turningProperties]
