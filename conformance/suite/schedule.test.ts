import { describe, expect, it, vi } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { clauses, operations } from '../../spec/index.ts'
import { referenceImplementation } from '../engine/fault.ts'
import type { Evaluate, Implementation } from '../engine/implementation.ts'
import { type ProgressEvent, runClauses } from './clauses.ts'
import type { ClauseReport } from './model.ts'
import { run } from './run.ts'
import { isWhole, passes, suiteProblems } from './verdict.ts'

const right = referenceImplementation(operations, referencesById)

/** The right implementation, of which each answer is made into another one. */
function changed(
  change: (answer: ReturnType<Evaluate>, operation: string) => ReturnType<Evaluate>,
): Implementation {
  const changedOne = (id: string, evaluate: Evaluate): Evaluate => {
    return (inputs, parameters) => change(evaluate(inputs, parameters), id)
  }
  const evaluations = Object.entries(right.operations) as [string, Evaluate][]
  return {
    ...right,
    operations: Object.fromEntries(evaluations.map(([id, it]) => [id, changedOne(id, it)])),
  }
}

const chosen = clauses.filter(({ id }) => /^cnn\.(pool|lrn)\./.test(id))

const options = {
  clauses: chosen,
  runs: 16,
  seed: 3,
  deadline: null,
  kept: {},
  onProgress: () => {},
}

const verdictsOf = (reports: readonly ClauseReport[]) =>
  reports.flatMap(({ properties }) => properties.map(({ id, verdict }) => ({ id, verdict })))

const halfOf = async (answer: ReturnType<Evaluate>) => {
  const outputs = Object.entries(await answer).map(([name, tensor]) => [
    name,
    { ...tensor, data: Float32Array.from(tensor.data as Float32Array, (v) => v / 2) },
  ])
  return Object.fromEntries(outputs)
}

describe('the order of a run', () => {
  it('asks every operation before it asks any for long', async () => {
    const asked: string[] = []
    const noting = changed((answer, id) => {
      asked.push(id)
      return answer
    })
    await runClauses({ ...options, implementation: noting })
    const all = new Set(asked)
    const first = [...all].map((id) => asked.indexOf(id))
    expect(all.size).toBeGreaterThan(5)
    // Three cases each, of which the first is asked twice; some ask two operations.
    expect(Math.max(...first)).toBeLessThan(5 * all.size)
  })

  it('is the same each time where no time is given, since some remember what they were asked', async () => {
    const askedIn = async () => {
      const asked: string[] = []
      const noting = changed((answer, id) => {
        asked.push(id)
        return answer
      })
      await runClauses({ ...options, clauses: chosen.slice(0, 4), implementation: noting })
      return asked
    }
    expect(await askedIn()).toEqual(await askedIn())
  })

  it('changes nothing of what a run finds: one clause alone gives what it gives among others', async () => {
    const wrong = changed((answer, id) => (id === 'cnn.maxPool' ? halfOf(answer) : answer))
    const together = await runClauses({ ...options, implementation: wrong })
    for (const clause of chosen.slice(0, 3)) {
      const alone = await runClauses({ ...options, clauses: [clause], implementation: wrong })
      const timeless = (report: ClauseReport) =>
        report.properties.map((property) => ({ ...property, seconds: 0 }))
      const its = together.find(({ id }) => id === clause.id)!
      expect(timeless(its)).toEqual(timeless(alone[0]!))
    }
  })
})

describe('a run whose time is over', () => {
  it('conforms on a few cases of everything, with their number and faults that were noticed', async () => {
    // By a clock of answers, so that it takes as many of them on any machine.
    let milliseconds = 0
    const slow = changed((answer) => {
      milliseconds += 4
      return answer
    })
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => milliseconds)
    const report = await run({ ...options, implementation: slow, runs: 2000, seconds: 8 })
    clock.mockRestore()
    const verdicts = verdictsOf(report.clauses).map(({ verdict }) => verdict)
    for (const verdict of verdicts) expect(verdict.outcome).toBe('conforms')
    const limited = verdicts.filter((verdict) => 'left' in verdict)
    expect(limited.length).toBeGreaterThan(10)
    expect(report.summary.limited).toBe(limited.length)
    expect(isWhole(report)).toBe(false)
    expect(passes(report)).toBe(true)
    const environment = { ...report.environment, require: 'all' } as const
    expect(passes({ ...report, environment })).toBe(false)
    const cases = verdicts.map((verdict) => ('cases' in verdict ? verdict.cases : 0))
    expect(Math.min(...cases)).toBeGreaterThan(0)
    expect(Math.max(...cases)).toBeLessThan(500)
    for (const { faults } of report.clauses.flatMap(({ properties }) => properties)) {
      expect(faults.length).toBeGreaterThan(0)
    }
  })

  it('has a case of everything, and its faults, before a second of anything where answers take long', async () => {
    let milliseconds = 0
    const slow = changed((answer) => {
      milliseconds += 60
      return answer
    })
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => milliseconds)
    // Time for some three answers a property, of which two are the first case: its questions are asked twice.
    const report = await run({ ...options, implementation: slow, runs: 2000, seconds: 19 })
    clock.mockRestore()
    const verdicts = verdictsOf(report.clauses).map(({ verdict }) => verdict)
    for (const verdict of verdicts) expect(verdict.outcome).toBe('conforms')
    const faults = report.clauses.flatMap(({ properties }) => properties.map((it) => it.faults))
    for (const each of faults) expect(each.length).toBeGreaterThan(0)
  })

  it('glances at nothing that the implementation does not provide', async () => {
    const provided = Object.entries(right.operations).filter(([id]) => id === 'cnn.maxPool')
    const partial = { ...right, operations: Object.fromEntries(provided) }
    const glancedAt = new Set<string>()
    const onGlance = (property: string) => glancedAt.add(property)
    await run({ ...options, implementation: partial, seconds: 1000, onGlance })
    const [property] = glancedAt
    expect(glancedAt.size).toBe(1)
    expect(property).toContain('cnn.pool.max')
  })

  it('finds what is plainly wrong within a question or two of each operation', async () => {
    const asked: string[] = []
    const wrong = changed((answer, id) => {
      asked.push(id)
      return id === 'cnn.maxPoolGradient' ? halfOf(answer) : answer
    })
    // Far away, so that how fast the machine is does not matter.
    const deadline = performance.now() + 1e8
    const endsAt = () => true
    const all = { ...options, clauses, shrink: false, killing: false, deadline, endsAt }
    const reports = await runClauses({ ...all, implementation: wrong })
    const violated = verdictsOf(reports).filter(({ verdict }) => verdict.outcome === 'violates')
    expect(violated.map(({ id }) => id)).toEqual([expect.stringContaining('max')])
    expect(asked.length).toBeLessThan(2 * operations.length)
  })

  it('has asked about every property for about as long, however many cases are wanted', async () => {
    let milliseconds = 0
    const slow = changed((answer) => {
      milliseconds += 1
      return answer
    })
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => milliseconds)
    const few = { clauses: chosen.slice(0, 2), killing: false, seconds: 3 }
    const report = await run({ ...options, ...few, implementation: slow, runs: 3000 })
    clock.mockRestore()
    const cases = verdictsOf(report.clauses).map(({ verdict }) =>
      'cases' in verdict ? verdict.cases : 0,
    )
    expect(cases.length).toBeGreaterThan(8)
    expect(Math.max(...cases)).toBeGreaterThan(100)
    expect(Math.max(...cases)).toBeLessThan(8 * Math.min(...cases))
  })

  it('is put off by a pause', async () => {
    const casesIn = async (pauses: boolean) => {
      let [milliseconds, asked] = [0, 0]
      let putOff = (_: number) => {}
      const slow = changed((answer) => {
        milliseconds += 4
        asked++
        return answer
      })
      const ready = () => {
        if (pauses && asked % 100 === 50) {
          milliseconds += 1e6
          putOff(1e6)
        }
        return null
      }
      const clock = vi.spyOn(performance, 'now').mockImplementation(() => milliseconds)
      const report = await run({
        ...{ ...options, implementation: { ...slow, ready }, runs: 2000, seconds: 8 },
        onPause(its) {
          putOff = its
        },
      })
      clock.mockRestore()
      return report.summary.cases
    }
    const whole = await casesIn(false)
    expect(await casesIn(true)).toBeGreaterThan(0.9 * whole)
  })

  it('is no pass where a property had no case, or no time for its faults', async () => {
    const slow = changed(async (answer) => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      return answer
    })
    const report = await run({ ...options, implementation: slow, runs: 2000, seconds: 1.5 })
    const verdicts = verdictsOf(report.clauses).map(({ verdict }) => verdict)
    const ofCases = (some: boolean) =>
      verdicts.filter((verdict) => 'cases' in verdict && verdict.cases > 0 === some)
    expect(ofCases(true).length).toBeGreaterThan(0)
    for (const verdict of ofCases(true)) {
      const reason = 'the time given was over before its faults were tried'
      expect(verdict).toMatchObject({ outcome: 'interrupted', reason })
    }
    for (const verdict of ofCases(false)) {
      expect(verdict).toMatchObject({ outcome: 'interrupted', reason: 'the time given was over' })
    }
    expect(passes(report)).toBe(false)
    expect(suiteProblems(report)).toEqual([])
  })

  it('shows what failed with a capsule, and does not exceed its time by much', async () => {
    const wrong = changed((answer) => halfOf(answer))
    // Other processes take the clock's time, and none of this one's.
    const before = process.cpuUsage()
    const worked = () => {
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    }
    const clock = vi.spyOn(performance, 'now').mockImplementation(worked)
    const asked = { ...options, implementation: wrong, runs: 1e5, deadline: worked() + 1500 }
    const reports = await runClauses(asked)
    clock.mockRestore()
    const violated = verdictsOf(reports).filter(({ verdict }) => verdict.outcome === 'violates')
    expect(violated.length).toBeGreaterThan(10)
    for (const { verdict } of violated) expect(verdict).toHaveProperty('capsule')
    expect(worked()).toBeLessThan(6000)
  })
})

describe('a run that is stopped', () => {
  it('is no pass, and finds no fault with the suite for what there was no time for', async () => {
    const signal = AbortSignal.abort()
    const report = await run({
      ...options,
      runs: 100,
      implementation: right,
      seconds: null,
      signal,
    })
    expect(passes(report)).toBe(false)
    expect(suiteProblems(report)).toEqual([])
  })

  it('says so of everything that is not done', async () => {
    const stop = new AbortController()
    let asked = 0
    const stopping = changed((answer) => {
      if (++asked === 50) stop.abort()
      return answer
    })
    const reports = await runClauses({ ...options, implementation: stopping, signal: stop.signal })
    expect(asked).toBeLessThan(60)
    for (const { verdict } of verdictsOf(reports)) {
      expect(['interrupted', 'not-run']).toContain(verdict.outcome)
      expect(verdict).toMatchObject({ reason: 'the run was stopped' })
    }
  })

  it('does not wait for an answer that does not come', async () => {
    const stop = new AbortController()
    const silent = changed(() => new Promise(() => {}))
    setTimeout(() => stop.abort(), 50)
    const reports = await runClauses({ ...options, implementation: silent, signal: stop.signal })
    expect(reports).toHaveLength(chosen.length)
  })

  it('by its first failure has one, made small, and says of the rest why it was not tried', async () => {
    const wrong = changed((answer, id) => (id === 'cnn.averagePool' ? halfOf(answer) : answer))
    const endsAt = () => true
    const report = await run({
      ...options,
      implementation: wrong,
      seconds: null,
      endsAt,
    })
    const verdicts = verdictsOf(report.clauses)
    const failing = verdicts.filter(({ verdict }) => verdict.outcome === 'violates')
    expect(failing).toHaveLength(1)
    for (const { id, verdict } of verdicts) {
      if (id === failing[0]!.id) continue
      expect(verdict).toMatchObject({ reason: 'the run ended at the first failure' })
    }
  })

  it('goes on after a failure that is known', async () => {
    const wrong = changed((answer, id) => (id === 'cnn.averagePool' ? halfOf(answer) : answer))
    const endsAt = (property: string) => !property.startsWith('cnn.pool.')
    const reports = await runClauses({ ...options, implementation: wrong, endsAt })
    const outcomes = verdictsOf(reports).map(({ verdict }) => verdict.outcome)
    expect(outcomes.filter((outcome) => outcome === 'violates').length).toBeGreaterThan(1)
  })
})

describe('how far a run is', () => {
  it('is told all along, and ends with nothing left', async () => {
    const events: ProgressEvent[] = []
    const reports = await runClauses({
      ...options,
      implementation: right,
      onProgress: (event) => events.push(event),
    })
    const last = events.at(-1)!
    expect(last).toMatchObject({ casesLeft: 0, failed: 0, done: chosen.length, secondsLeft: 0 })
    const tried = events.map(({ cases }) => cases)
    expect(tried).toEqual([...tried].sort((a, b) => a - b))
    const finished = events.filter(({ verdict }) => verdict !== null).map(({ clause }) => clause)
    expect(finished).toEqual(chosen.map(({ id }) => id))
    expect(events.flatMap((event) => event.finished ?? [])).toEqual(reports)
  })
})
