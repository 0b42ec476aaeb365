import { diagnoseRate as reference } from '../../../reference/training/classifier.ts'
import { diagnoseRate } from '../../../spec/training/classifier.ts'
import { changed, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(diagnoseRate, reference)

export const overlooksNaN = wrong.inputs(
  'compares with NaN, which is never greater',
  ({ losses }) => ({ losses: changed(losses, (loss) => (Number.isNaN(loss) ? 0 : loss)) }),
)

export const looksForIncrease = wrong.outputs(
  'calls any rise of the loss diverging',
  ({ diagnosis }, { inputs: { losses } }) => {
    const rises = losses.data.some((loss, t) => t > 0 && loss > losses.at(t - 1))
    return { diagnosis: rises ? scalar(0) : diagnosis }
  },
)

/** By how much a curve falls all in all. */
const fall = ({ data }: { readonly data: readonly number[] }) => data[0]! - data.at(-1)!

export const measuresAbsolutely = wrong.outputs(
  'takes the share of progress for an amount',
  ({ diagnosis }, { inputs: { losses }, parameters: { progress } }) => ({
    diagnosis: changed(diagnosis, (d) =>
      d === 1 || d === 2 ? (fall(losses) < progress ? 1 : 2) : d,
    ),
  }),
)

export const forgetsTheEnd = wrong.outputs(
  'does not look whether the loss still falls at the end',
  ({ diagnosis }, { inputs: { losses }, parameters: { progress } }) => {
    const enough = fall(losses) >= progress * losses.at(0)
    return { diagnosis: changed(diagnosis, (d) => (d === 3 && enough ? 2 : d)) }
  },
)

export const callsSlowGood = wrong.parameters('calls a curve that falls slowly good', () => ({
  progress: 0,
}))
