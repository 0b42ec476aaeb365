import { describe, expect, it } from 'vitest'
import { clauses } from '../../spec/index.ts'
import { changed, reportOn, right, spoilt } from '../fixtures/sample-reports.ts'
import { properties } from '../properties/index.ts'
import type { Evaluate } from './implementation.ts'

const faults = [...new Set(properties.flatMap(({ kills }) => kills))].filter(
  ({ operation }) => operation.id === 'cnn.conv2d',
)
const convolution = clauses.filter(({ id }) => id === 'cnn.conv2d.forward').map(({ id }) => id)

async function namesOf(evaluate: Evaluate): Promise<ReadonlySet<string>> {
  const report = await reportOn(spoilt({ 'cnn.conv2d': evaluate }), convolution, 60)
  const verdicts = report.clauses.flatMap(({ properties }) => properties.map((p) => p.verdict))
  return new Set(
    verdicts.flatMap((verdict) =>
      verdict.outcome !== 'violates'
        ? []
        : verdict.diagnosis === null
          ? verdict.candidates
          : [verdict.diagnosis],
    ),
  )
}

describe('a diagnosis', () => {
  it('names the fault that gives all of the answers', async () => {
    const flips = faults.find(({ name }) => /flips/.test(name))!
    expect([...(await namesOf(flips.evaluate))]).toEqual([flips.name])
  })

  it('names no fault that gives only some of them', async () => {
    const flips = faults.find(({ name }) => /flips/.test(name))!
    const sometimes: Evaluate = (inputs, parameters) =>
      (inputs.x!.shape[3] === 3 ? right.operations['cnn.conv2d']! : flips.evaluate)(
        inputs,
        parameters,
      )
    expect(await namesOf(sometimes)).toEqual(new Set())
  })

  it('names nothing where the mistake is another', async () => {
    expect(await namesOf(changed('cnn.conv2d', (value) => value + 1))).toEqual(new Set())
  })
})
