import { clause } from '../language/clause.ts'
import { conventions, forward } from './forward.ts'
import { evaluation } from './publications.ts'

export const mergedGate = clause({
  id: 'gru.merged-gate',
  title: 'One gate says what is kept of the state and what is taken in its place',
  kind: 'law',
  operations: [forward],
  statement:
    'The update gate is the forget gate of a long short-term memory, and 1 less it the input gate: what is kept of the state and what is taken of the candidate add up to 1. So a state that equals its candidate stays as it is, whatever the gate, and a new state lies between both. There is no cell beside the state, no output gate, and no tanh of the state.',
  formula: String.raw`h^{(t)} = f \odot h^{(t-1)} + i \odot n,\qquad f = z,\ i = 1 - z,\qquad \min(h^{(t-1)}, n) \le h^{(t)} \le \max(h^{(t-1)}, n)`,
  domain: 'One step without padding, with gates that depend on the input alone.',
  conventions,
  source: {
    notes: [[466, 466]],
    publications: [{ ...evaluation, where: 'section 3.3' }],
  },
  errata: [],
})
