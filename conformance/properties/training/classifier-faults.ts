import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { diagnoseRate as reference } from '../../../reference/training/classifier.ts'
import { diagnoseRate } from '../../../spec/training/classifier.ts'
import { faultsOf } from '../../kit/faults.ts'

const scalar = (value: number) => build([], () => value)

const wrong = faultsOf(diagnoseRate, reference)

export const overlooksNaN = wrong.inputs(
  'compares with NaN, which is never greater',
  ({ losses }) => {
    const data = losses.data.map((loss) => (Number.isNaN(loss) ? 0 : loss))
    return { losses: fromData(losses.shape, data) }
  },
)

export const looksForIncrease = wrong.answer(
  'calls any rise of the loss diverging',
  ({ inputs, parameters, right }) => {
    const { data } = inputs.losses
    const rises = data.some((loss, t) => t > 0 && loss > data[t - 1]!)
    return rises ? { diagnosis: scalar(0) } : right(inputs, parameters)
  },
)

export const measuresAbsolutely = wrong.answer(
  'takes the share of progress for an amount',
  ({ inputs, parameters, right }) => {
    const { data } = inputs.losses
    const answer = right(inputs, parameters)
    if (answer.diagnosis.at() !== 1 && answer.diagnosis.at() !== 2) return answer
    const fall = data[0]! - data[data.length - 1]!
    return { diagnosis: scalar(fall < parameters.progress ? 1 : 2) }
  },
)

export const forgetsTheEnd = wrong.answer(
  'does not look whether the loss still falls at the end',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { data } = inputs.losses
    const fall = data[0]! - data[data.length - 1]!
    const good = answer.diagnosis.at() === 3 && fall >= parameters.progress * data[0]!
    return good ? { diagnosis: scalar(2) } : answer
  },
)

export const callsSlowGood = wrong.parameters('calls a curve that falls slowly good', () => ({
  progress: 0,
}))
