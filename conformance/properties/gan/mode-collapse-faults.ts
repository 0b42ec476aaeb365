import {
  modeCoverage as coverageReference,
  bestResponse as reference,
} from '../../../reference/gan/mode-collapse.ts'
import { bestResponse, modeCoverage } from '../../../spec/gan/mode-collapse.ts'
import { changed, filled, row, scalar } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(bestResponse, reference)
const wrongCoverage = faultsOf(modeCoverage, coverageReference)

export const leastBelieved = wrong.outputs(
  'takes the point that is least believed for the best',
  ({ losses }, { inputs, right }) => {
    const opposite = { ...inputs, logits: changed(inputs.logits, (a) => -a) }
    return { losses: row(losses.at(0), losses.at(1)), best: right(opposite, {}).best }
  },
)
export const firstAlone = wrong.outputs('gives the first of equal points alone', ({ best }) => ({
  best: changed(best, (b, n) => (n === best.data.indexOf(1) ? b : 0)),
}))
export const spreadsOut = wrong.outputs(
  'takes the mean over all points for the best that can be done',
  ({ losses }, { inputs, right }) => {
    const even = { ...inputs, generated: filled(inputs.generated.shape, 1) }
    return { losses: row(losses.at(0), right(even, {}).losses.at(0)) }
  },
)
export const bestOfMade = wrong.outputs(
  'looks for the best point among those that the generator makes',
  ({ losses }, { inputs: { logits, generated } }) => {
    const made = logits.data.filter((_, n) => generated.data[n]! > 0)
    const most = Math.max(...made)
    const value = -(Math.log1p(Math.exp(-Math.abs(most))) + Math.max(most, 0))
    return { losses: row(losses.at(0), value), best: changed(logits, (a) => (a === most ? 1 : 0)) }
  },
)
export const asTheyAre = wrong.outputs(
  'takes weights as they are, whatever they add up to',
  ({ losses }, { inputs: { generated } }) => ({
    losses: row(losses.at(0) * generated.data.reduce((sum, w) => sum + w, 0), losses.at(1)),
  }),
)
export const nonSaturating = wrong.outputs(
  'gives the loss −ln D',
  ({ losses }, { inputs, right }) => {
    const opposite = { ...inputs, logits: changed(inputs.logits, (a) => -a) }
    const given = -right(opposite, {}).losses.at(0)
    return { losses: row(-given, losses.at(1)) }
  },
)
export const overflows = wrong.outputs(
  'takes the logarithm of 1 − D, which is 0 for large logits',
  ({ losses }, { inputs: { logits } }) => {
    const most = Math.max(...logits.data)
    const d = Math.fround(1 / (1 + Math.exp(-most)))
    return { losses: row(losses.at(0), Math.log(1 - d)) }
  },
)

export const moreThanLeast = wrongCoverage.outputs(
  'counts modes with more samples than it takes, and not with as many',
  ({ counts }, { parameters: { least } }) => ({
    covered: scalar(counts.data.filter((count) => count > least).length),
  }),
)
export const anySample = wrongCoverage.outputs(
  'counts a mode from the first sample on',
  ({ counts }) => ({ covered: scalar(counts.data.filter((count) => count > 0).length) }),
)
export const countsSamples = wrongCoverage.outputs(
  'counts samples in place of modes',
  ({ counts }, { parameters: { least } }) => ({
    covered: scalar(counts.data.reduce((sum, count) => (count >= least ? sum + count : sum), 0)),
  }),
)
export const leavesLast = wrongCoverage.outputs(
  'leaves out the last mode',
  ({ counts, covered }) => ({
    counts: changed(counts, (count, c) => (c === counts.data.length - 1 ? 0 : count)),
    covered,
  }),
)
export const sharesForCounts = wrongCoverage.outputs(
  'gives shares of the samples',
  ({ counts }, { sizes: { N } }) => ({ counts: changed(counts, (count) => count / N!) }),
)
