import { alternativeAggregate as reference } from '../../../reference/federated/alternatives.ts'
import { alternativeAggregate } from '../../../spec/federated/alternatives.ts'
import { changed, filled, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(alternativeAggregate, reference)

export const dropsOthers = wrong.inputs(
  'gives those who do not take part a model of zeros to keep',
  ({ w0, b0 }, { inputs: { w, b }, parameters: { rule } }) =>
    rule === 'kept' ? { w0: zeros(w0.shape), b0: zeros(b0.shape), w, b } : {},
)
export const forgetsScale = wrong.outputs(
  'does not scale by K/m',
  ({ w, b }, { parameters: { clients, rule }, sizes: { M } }) => {
    if (rule !== 'scaled') return {}
    const back = (v: number) => (v * M!) / clients
    return { w: changed(w, back), b: changed(b, back) }
  },
)
export const normalizes = wrong.inputs(
  'takes shares of the points of those who take part',
  ({ counts, participants }) => {
    const named = counts.data.map((n, k) => (participants.data.includes(k) ? n : 0))
    return named.some((n) => n > 0) ? { counts: changed(counts, (_, k) => named[k]!) } : {}
  },
)
export const weighsPlain = wrong.parameters(
  'weighs what was drawn in proportion to points by points once more',
  ({ rule }) => ({ rule: rule === 'plain' ? 'scaled' : rule }),
)
export const weighsAlike = wrong.inputs('weighs clients alike', ({ counts }) => ({
  counts: filled(counts.shape, 1),
}))
export const keepsCounts = wrong.inputs(
  'takes the counts of the first clients for those of the participants',
  ({ participants }, { parameters: { clients } }) => ({
    participants: changed(participants, (_, m) => m % clients),
  }),
)
export const ignoresBiases = wrong.outputs(
  'leaves biases as they were sent',
  (_, { inputs: { b0 } }) => ({ b: b0 }),
)
export const acceptsAnybody = wrong.accepts(
  'accepts participants that are no clients',
  ({ w0, b0 }) => ({ w: w0!, b: b0! }),
)
