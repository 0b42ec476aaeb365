import { describe, expect, it } from 'vitest'
import { findingsAbout } from './about.ts'
import type { Finding } from './finding.ts'

const finding: Finding = {
  library: 'TensorFlow.js on wasm',
  version: '1',
  call: 'tf.ones([1])',
  clause: 'rnn.forward.hidden',
  alsoIn: ['lstm.forward.sequence'],
  case: 'a one',
  expected: '[1]',
  actual: '[0]',
  upstream: null,
}

describe('the findings about a cell of a matrix', () => {
  const found = (implementation: string, clause: string) =>
    findingsAbout(implementation, [clause], [finding]).length

  it('are those on its clause, and on others that the same defect shows in', () => {
    expect(found('tfjs:wasm', 'rnn.forward.hidden')).toBe(1)
    expect(found('tfjs:wasm', 'lstm.forward.sequence')).toBe(1)
    expect(found('tfjs:wasm', 'gru.forward.state')).toBe(0)
  })

  it('are those on its library, and on its backend where the finding names one', () => {
    expect(found('tfjs:cpu', 'rnn.forward.hidden')).toBe(0)
    expect(found('pytorch', 'rnn.forward.hidden')).toBe(0)
  })

  it('lead from every red cell of the recurrent layers of TensorFlow.js to a defect', () => {
    const red = [
      ...[
        'rnn.forward.gradient',
        'rnn.forward.output',
        'rnn.init.identity',
        'rnn.order-dependence',
      ],
      ...['lstm.forward.sequence', 'lstm.bptt-gradient'],
      ...['gru.forward.state', 'gru.forward.gradient'],
    ]
    expect(red.filter((clause) => findingsAbout('tfjs:cpu', [clause]).length === 0)).toEqual([])
  })
})
