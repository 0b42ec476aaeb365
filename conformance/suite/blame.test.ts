import { describe, expect, it } from 'vitest'
import type { Kind } from '../engine/kind.ts'
import type { Verdict } from '../engine/verdict.ts'
import { changed, reportOn, spoilt } from '../fixtures/sample-reports.ts'
import { withCauses } from './blame.ts'
import type { ClauseReport } from './model.ts'

/** A clause one property of which fails, on wrong answers of some operations. */
function failing(id: string, wrong: readonly string[], kind: Kind = 'wrong value'): ClauseReport {
  const verdict = { outcome: 'violates', kind, wrong } as unknown as Verdict
  const property = {
    id: `${id}/one`,
    title: '',
    verdict,
    operations: [],
    utilizations: [],
    byAdjoints: [],
    discarded: 0,
    open: 0,
    floor: null,
    classes: {},
    covered: {},
  }
  return {
    id,
    title: '',
    verdict: 'violates',
    tested: true,
    properties: [{ ...property, faults: [], seconds: 0 }],
  }
}

const causesOf = (...reports: readonly ClauseReport[]) =>
  Object.fromEntries(withCauses(reports).map(({ id, cause }) => [id, cause]))

describe('a failing clause is put down to another', () => {
  it('about the operation whose answer is wrong in both', () => {
    expect(
      causesOf(
        failing('cnn.local.connectivity', ['cnn.conv2dInputGradient']),
        failing('cnn.conv2d.forward', ['cnn.conv2d']),
        failing('cnn.backprop.input-gradient', ['cnn.conv2dInputGradient']),
      ),
    ).toEqual({
      'cnn.local.connectivity': 'cnn.backprop.input-gradient',
      'cnn.conv2d.forward': null,
      'cnn.backprop.input-gradient': null,
    })
  })

  it('but not where the other operation answered rightly here', () => {
    expect(
      causesOf(failing('cnn.conv2d.linearity', []), failing('cnn.conv2d.forward', ['cnn.conv2d'])),
    ).toEqual({ 'cnn.conv2d.linearity': null, 'cnn.conv2d.forward': null })
  })

  it('and not invalid arguments that are let through to wrong answers', () => {
    expect(
      causesOf(
        failing('cnn.conv2d.depth-match', ['cnn.conv2d'], 'accepted'),
        failing('cnn.conv2d.forward', ['cnn.conv2d']),
      ),
    ).toMatchObject({ 'cnn.conv2d.depth-match': null })
  })

  it('in a run in which a gradient is wrong: it is what is told', async () => {
    const gradient = 'cnn.conv2dInputGradient'
    const report = await reportOn(spoilt({ [gradient]: changed(gradient, (value) => value + 1) }), [
      'cnn.local.connectivity',
      'cnn.backprop.input-gradient',
    ])
    expect(report.clauses.map(({ id, cause }) => [id, cause])).toEqual([
      ['cnn.local.connectivity', 'cnn.backprop.input-gradient'],
      ['cnn.backprop.input-gradient', null],
    ])
  })
})
