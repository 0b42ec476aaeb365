import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  overfitGap as gapReference,
  turningPoint as turningReference,
} from '../../../reference/training/overfit.ts'
import { derived } from '../../../spec/language/operation.ts'
import { choice, integer } from '../../../spec/language/parameter.ts'
import { gap, overfitGap, turning, turningPoint } from '../../../spec/training/overfit.ts'
import { invalidities } from '../../arbitraries/invalid.ts'
import { fault, lenient, mapArray } from '../../engine/fault.ts'
import { agreement, counterexample, law, properties, rejection } from '../../engine/property.ts'
import { atMost } from '../claims.ts'
import { tensor } from '../tensor.ts'

const scalar = (value: number) => build([], () => value)

const signOfAccuracy = fault(
  overfitGap,
  gapReference,
  'subtracts losses as if they were accuracies',
  ({ inputs, parameters, right }) => right(inputs, { ...parameters, metric: 'accuracy' }),
)

const takesModulus = fault(
  overfitGap,
  gapReference,
  'takes the distance of the curves, whichever is better',
  ({ inputs, parameters, right }) => {
    const { gaps } = right(inputs, parameters)
    const apart = mapArray(gaps, Math.abs)
    const zeros = mapArray(apart, () => 0)
    return right({ training: apart, validation: zeros }, { ...parameters, metric: 'accuracy' })
  },
)

const widestGap = fault(
  overfitGap,
  gapReference,
  'judges by the widest gap instead of the last one',
  ({ inputs, parameters, right }) => {
    const { gaps } = right(inputs, parameters)
    const widest = Math.max(...gaps.data)
    const { little, strong } = parameters
    return { gaps, diagnosis: scalar(widest < little ? 0 : widest < strong ? 1 : 2) }
  },
)

const swapsLabels = fault(
  overfitGap,
  gapReference,
  'has no middle: any gap that is not small is strong',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, diagnosis: mapArray(answer.diagnosis, (d) => (d > 0 ? 2 : 0)) }
  },
)

const mixesMetrics = fault(
  overfitGap,
  gapReference,
  'E-11 read literally: holds the validation loss against an accuracy, which is 1 less the loss',
  ({ inputs, parameters, right }) => {
    if (parameters.metric === 'accuracy') return right(inputs, parameters)
    const accuracy = mapArray(inputs.training, () => 1)
    return right({ ...inputs, training: accuracy }, parameters)
  },
)

const acceptsAnyOrder = lenient(overfitGap, 'accepts thresholds in any order', ({ training }) => ({
  gaps: training!,
  diagnosis: tensor([], [0]),
}))

export const gapProperties = properties(
  gap,
  agreement(overfitGap, 'integers', {
    kills: [signOfAccuracy, takesModulus, widestGap, swapsLabels, mixesMetrics],
  }),
  agreement(overfitGap, 'reals', { kills: [signOfAccuracy, takesModulus, widestGap] }),
  law(
    'shift',
    overfitGap,
    [overfitGap],
    'integers',
    {
      title: 'the same amount added to both curves changes nothing',
      kills: [mixesMetrics],
    },
    async (bench) => {
      const { training, validation } = bench.inputs
      const raised = (curve: typeof training) =>
        fromData(
          curve.shape,
          Array.from(curve.data, (value) => value + 3),
        )
      const other = { training: raised(training), validation: raised(validation) }
      const before = await bench.answer(overfitGap, bench.inputs, bench.parameters)
      const after = await bench.answer(overfitGap, other, bench.parameters)
      return [
        { label: 'gaps', expected: before.gaps, actual: after.gaps },
        { label: 'diagnosis', expected: before.diagnosis, actual: after.diagnosis },
      ]
    },
  ),
  law(
    'loss-is-negative-accuracy',
    overfitGap,
    [overfitGap],
    'integers',
    {
      title: 'a loss says what its negative says as an accuracy',
      kills: [signOfAccuracy, mixesMetrics],
    },
    async (bench) => {
      const { training, validation } = bench.inputs
      const negative = (curve: typeof training) =>
        fromData(
          curve.shape,
          Array.from(curve.data, (value) => -value),
        )
      const other = { training: negative(training), validation: negative(validation) }
      const loss = { ...bench.parameters, metric: 'loss' } as const
      const accuracy = { ...bench.parameters, metric: 'accuracy' } as const
      const one = await bench.answer(overfitGap, bench.inputs, loss)
      const two = await bench.answer(overfitGap, other, accuracy)
      return [
        { label: 'gaps', expected: one.gaps, actual: two.gaps },
        { label: 'diagnosis', expected: one.diagnosis, actual: two.diagnosis },
      ]
    },
  ),
  law(
    'monotone',
    overfitGap,
    [overfitGap],
    'integers',
    {
      title: 'a gap that widens by one never lowers the diagnosis, and by four it is strong',
      kills: [takesModulus, signOfAccuracy],
    },
    async (bench) => {
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
  ),
  rejection('rejected', overfitGap, invalidities(overfitGap), {
    title: 'curves of different lengths and thresholds out of order are rejected',
    kills: [acceptsAnyOrder],
  }),
  counterexample(
    'E-11',
    overfitGap,
    {
      inputs: { training: tensor([1], [0.5]), validation: tensor([1], [0.5]) },
      parameters: { metric: 'loss', little: 0.05, strong: 0.2 },
      notes: [-0.5],
      right: [0],
    },
    { title: 'both curves are of the same metric', kills: [mixesMetrics] },
  ),
)

const lastOfEqual = fault(
  turningPoint,
  turningReference,
  'stops at the last of equally good epochs',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { data } = inputs.validation
    return { ...answer, stop: scalar(data.lastIndexOf(Math.max(...data))) }
  },
)

const flagsEnds = fault(
  turningPoint,
  turningReference,
  'calls a curve that only falls a turning one',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const end = inputs.validation.shape[0]! - 1
    const { training, validation } = inputs
    const stop = answer.stop.at()
    const turned =
      validation.at(end) < validation.at(stop) - parameters.drop &&
      training.at(end) > training.at(stop)
    const flag = turned ? 1 : 0
    return { ...answer, overparametrized: scalar(flag), remedies: build([3], () => flag) }
  },
)

const ignoresTraining = fault(
  turningPoint,
  turningReference,
  'does not look at the training curve',
  ({ inputs, parameters, right }) =>
    right({ ...inputs, training: mapArray(inputs.training, (_, t) => t) }, parameters),
)

const weakens = fault(
  turningPoint,
  turningReference,
  'advises less regularization',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, remedies: mapArray(answer.remedies, (flag) => -flag) }
  },
)

const countsFromOne = fault(
  turningPoint,
  turningReference,
  'counts epochs from 1',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return { ...answer, stop: mapArray(answer.stop, (t) => t + 1) }
  },
)

const turningProperties = properties(
  turning,
  agreement(turningPoint, 'integers', {
    kills: [lastOfEqual, flagsEnds, ignoresTraining, weakens, countsFromOne],
  }),
  agreement(turningPoint, 'reals', { kills: [flagsEnds, ignoresTraining, countsFromOne] }),
  law(
    'one-hill',
    {
      dimensions: { None: derived(() => 0, 'nothing') },
      inputs: {},
      parameters: {
        before: integer({ min: 0, upTo: 5 }),
        after: integer({ min: 0, upTo: 5 }),
        training: choice('rises', 'falls'),
      },
    },
    [turningPoint],
    'integers',
    {
      title: 'a hill turns where it was built to, and only with both sides and rising training',
      kills: [flagsEnds, ignoresTraining, weakens, countsFromOne],
    },
    async (bench) => {
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
  ),
  law(
    'never-falls',
    turningPoint,
    [turningPoint],
    'integers',
    {
      title: 'a validation curve in rising order is not flagged, nor one in falling order',
      kills: [flagsEnds],
    },
    async (bench) => {
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
  ),
)

export const overfitProperties = [...gapProperties, ...turningProperties]
