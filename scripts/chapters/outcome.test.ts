import { describe, expect, it } from 'vitest'
import type { Report } from '../../conformance/suite/model.ts'
import { heading, lineOf, outcomeOf } from './outcome.ts'

const reportOf = (...outcomes: readonly string[]) =>
  ({
    summary: { seconds: 59.6 },
    clauses: [
      {
        id: 'cnn.flatten.order',
        properties: outcomes.map((outcome, i) => ({ id: `p${i}`, verdict: { outcome } })),
      },
    ],
  }) as unknown as Report

describe('how a chapter came out', () => {
  it('tells what is right, what had too little time, and what is wrong in whatever way', () => {
    const report = reportOf(
      ...['conforms', 'conforms', 'interrupted', 'not-run', 'inconclusive'],
      ...['violates', 'errored', 'unstable', 'unsupported', 'declined'],
    )
    expect(outcomeOf('cnn', report)).toEqual({
      chapter: 'cnn',
      seconds: 59.6,
      clauses: 1,
      properties: 8,
      conform: 2,
      left: 3,
      wrong: ['p5', 'p6', 'p7'],
    })
  })

  it('takes a verdict that it does not know for wrong', () => {
    expect(outcomeOf('cnn', reportOf('melted')).wrong).toEqual(['p0'])
  })

  it('is a line of at most 80 columns under the heading of its column', () => {
    const line = lineOf(outcomeOf('distillation', reportOf('conforms', 'violates')))
    expect(line.length).toBe(heading.length)
    expect(line.length).toBeLessThanOrEqual(80)
    expect(line.split(/ +/)).toEqual(['distillation', '60', '1', '2', '1', '0', '1'])
  })
})
