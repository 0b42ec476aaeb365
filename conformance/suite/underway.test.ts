import { afterEach, describe, expect, it, vi } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { clauses, operations } from '../../spec/index.ts'
import type { Answer } from '../base/question.ts'
import { referenceImplementation } from '../engine/fault.ts'
import type { Implementation } from '../engine/implementation.ts'
import type { Report } from './model.ts'
import { run } from './run.ts'
import type { Underway, UnderwayById } from './underway.ts'

const right = referenceImplementation(operations, referencesById)
const chosen = clauses.filter(({ id }) => /^cnn\.pool\./.test(id))

interface Asked {
  readonly seconds?: number
  readonly runs?: number
  readonly before?: UnderwayById
  /** What becomes of an answer; the number counts all answers of this run. */
  readonly change?: (answer: Answer, operation: string, number: number) => Answer
  /** After how many answers it is broken off. */
  readonly closedAfter?: number
  /** What an answer takes, in milliseconds. */
  readonly milliseconds?: number
}

/** A limited run by a clock of answers, and how far it was at its last turn before it was broken off. */
async function limited({
  seconds = 1e6,
  runs = 12,
  before = {},
  change = (answer) => answer,
  closedAfter = Number.POSITIVE_INFINITY,
  milliseconds = 1,
}: Asked) {
  let asked = 0
  const broken = new AbortController()
  vi.spyOn(performance, 'now').mockImplementation(() => asked * milliseconds)
  const implementation: Implementation = {
    ...right,
    operations: Object.fromEntries(
      Object.entries(right.operations).map(([id, evaluate]) => [
        id,
        async (inputs, parameters) => change(await evaluate(inputs, parameters), id, ++asked),
      ]),
    ),
  }
  const told: Record<string, Underway> = { ...before }
  let askedThen = 0
  const onUnderway = (property: string, underway: () => Underway) => {
    if (asked > closedAfter) return broken.abort()
    askedThen = asked
    // As another process is told.
    told[property] = structuredClone(underway())
  }
  const report = await run({
    ...{ implementation, clauses: chosen, runs, seed: 3, seconds, kept: {}, before, onUnderway },
    signal: broken.signal,
    onProgress() {},
  })
  return { report, asked, told, askedThen }
}

const timeless = ({ clauses }: Report) =>
  JSON.parse(JSON.stringify(clauses, (name, value) => (name === 'seconds' ? 0 : value)))

const verdictsOf = ({ clauses }: Report) =>
  clauses.flatMap(({ properties }) => properties.map(({ verdict }) => verdict))

const doubled = (answer: Answer): Answer =>
  Object.fromEntries(
    Object.entries(answer).map(([name, tensor]) => [
      name,
      { ...tensor, data: Float32Array.from(tensor.data as Float32Array, (value) => 2 * value) },
    ]),
  )

describe('a limited run that is broken off and continued', () => {
  afterEach(() => void vi.restoreAllMocks())

  it.each([100, 250, 500, 1000])(
    'comes to the report of one that is not, and asks nothing twice: after %i answers',
    async (closedAfter) => {
      const whole = await limited({})
      const first = await limited({ closedAfter })
      const second = await limited({ before: first.told })
      expect(timeless(second.report)).toEqual(timeless(whole.report))
      expect(first.askedThen).toBeGreaterThan(closedAfter / 2)
      expect(first.askedThen + second.asked).toBe(whole.asked)
    },
  )

  it('comes to the same where answers take long, and long cases come after others', async () => {
    const milliseconds = 60
    const whole = await limited({ milliseconds })
    for (const closedAfter of [50, 400]) {
      const first = await limited({ milliseconds, closedAfter })
      const second = await limited({ milliseconds, before: first.told })
      expect(timeless(second.report)).toEqual(timeless(whole.report))
      expect(first.askedThen + second.asked).toBe(whole.asked)
    }
  })

  it('has as many cases as were tried where no time is left', async () => {
    const first = await limited({ runs: 400, closedAfter: 1000 })
    const second = await limited({ runs: 400, before: first.told, seconds: 0 })
    expect(second.asked).toBe(0)
    const cases = verdictsOf(second.report).map((it) => ('cases' in it ? it.cases : 0))
    const tried = Object.values(first.told).map(({ checking }) =>
      checking!.examinations.reduce((sum, { tally }) => sum + tally.cases, 0),
    )
    expect(cases.reduce((sum, it) => sum + it)).toBe(tried.reduce((sum, it) => sum + it))
    expect(second.report.summary.conforms).toBeGreaterThan(0)
    expect(verdictsOf(second.report).filter((it) => 'left' in it).length).toBeGreaterThan(5)
  })

  it('finds again what failed, even where no time is left', async () => {
    // Wrong from some answer on, so that it is right at first.
    const change = (answer: Answer, id: string, number: number) =>
      id === 'cnn.maxPool' && number > 200 ? doubled(answer) : answer
    const first = await limited({ runs: 400, closedAfter: 1000, change })
    const failed = Object.keys(first.told).filter((id) => first.told[id]!.failed !== null)
    expect(failed.length).toBeGreaterThan(1)
    const second = await limited({
      ...{ runs: 400, before: first.told, seconds: 0 },
      change: (answer, id) => (id === 'cnn.maxPool' ? doubled(answer) : answer),
    })
    const outcomes = new Map(
      second.report.clauses.flatMap(({ properties }) =>
        properties.map(({ id, verdict }) => [id, verdict.outcome]),
      ),
    )
    for (const id of failed) expect(outcomes.get(id)).toBe('violates')
  })

  it('does not pass where what failed is right when it is asked again', async () => {
    const first = await limited({
      closedAfter: 1000,
      change: (answer, id) => (id === 'cnn.maxPool' ? doubled(answer) : answer),
    })
    const { report } = await limited({ before: first.told })
    const failed = Object.keys(first.told).filter((id) => first.told[id]!.failed !== null)
    expect(failed.length).toBeGreaterThan(1)
    const properties = report.clauses.flatMap((clause) => clause.properties)
    for (const id of failed) {
      const { verdict } = properties.find((property) => property.id === id)!
      expect(verdict).toMatchObject({
        outcome: 'errored',
        reason: 'a case failed before the run was broken off, and was not seen to fail again',
      })
    }
  })
})
