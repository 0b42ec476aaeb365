import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { clauses } from '../../../spec/index.ts'
import type { Report } from '../../suite/model.ts'
import { type RunManyOptions, reportsOf, runMany } from '../../suite/run.ts'
import { chosen } from '../implementation.ts'
import { gatherInJobs, type JobsOptions } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-jobs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Ours but for one operation, which does something else in a job. */
const modules = {
  'halves.ts': `({ y }) => ({ y: { ...y, data: y.data.map((v) => v / 2) } })`,
  'dies.ts': `({ y }) => {
    if (process.send !== undefined && y.shape[0] === 2) process.kill(process.pid, 'SIGKILL')
    return { y }
  }`,
}
for (const [name, change] of Object.entries(modules)) {
  const text = `
    import { loadImplementation } from 'touchstone'
    const change = ${change}
    export default async () => {
      const ours = await loadImplementation('touchstone:cpu')
      const { 'cnn.maxPool': pool } = ours.operations
      const changed = async (inputs, parameters) => change(await pool(inputs, parameters))
      return { ...ours, levels: [], operations: { ...ours.operations, 'cnn.maxPool': changed } }
    }`
  writeFileSync(join(folder, name), text)
}
writeFileSync(
  join(folder, 'alone.ts'),
  `
    import { loadImplementation } from 'touchstone'
    export default () => {
      if (process.env.TOUCHSTONE_ALONE_IN !== String(process.pid)) throw new Error('there is one already')
      return loadImplementation('touchstone:cpu')
    }`,
)

const selected = clauses.filter(({ id }) =>
  /^cnn\.(pool\.(max|channelwise|max-vs-avg)|flatten)$/.test(id),
)

const common = { clauses: selected, runs: 8, seed: 3, kept: {}, onProgress: () => {} }

async function withModule(name: string) {
  const choice = {
    implementation: [join(folder, name)],
    device: [],
    precision: 'float32' as const,
  }
  const entrants = await chosen(choice)
  const implementations = entrants.map(({ implementation }) => implementation)
  const asked: RunManyOptions = { ...common, implementations, seconds: null }
  const signal = new AbortController().signal
  return {
    alone: (more: Partial<RunManyOptions> = {}) => runMany({ ...asked, ...more }),
    inJobs: async (more: Partial<JobsOptions> = {}) => {
      const found = await gatherInJobs({ ...asked, jobs: 2, choice, signal, ...more })
      return { ...found, reports: await reportsOf(found, asked) }
    },
  }
}

/** What two runs of the same have in common. */
function timeless({ clauses, summary }: Report) {
  const parts = clauses.map((clause) => ({
    ...clause,
    properties: clause.properties.map((property) => ({ ...property, seconds: 0 })),
  }))
  return { clauses: parts, summary: { ...summary, seconds: 0 } }
}

const verdictsIn = ({ clauses }: Report) =>
  clauses.flatMap(({ properties }) => properties.map(({ verdict }) => verdict))

describe('a run in several processes', () => {
  it('reports what a run in one does', async () => {
    const { alone, inJobs } = await withModule('halves.ts')
    // What was planned before, for a longer run with the same seed, counts for nothing here.
    process.env.TOUCHSTONE_ALONE_IN = String(process.pid)
    const right = await withModule('alone.ts')
    await right.alone({ runs: 60 })
    const [expected] = await alone()
    // Piece by piece.
    const { reports } = await inJobs({ seconds: null })
    expect(timeless(reports[0]!)).toEqual(timeless(expected!))
    expect(reports[0]!.environment.jobs).toBe(2)
    // With its share for each from the beginning; what looked wrong at a glance is a case more there.
    const limited = await inJobs({ seconds: 600 })
    const outcomes = (report: Report) => verdictsIn(report).map(({ outcome }) => outcome)
    expect(outcomes(limited.reports[0]!)).toEqual(outcomes(expected!))
    expect(expected!.summary.violates).toBeGreaterThan(0)
  })

  it('goes on where one of them ends, and reports what ended it', async () => {
    const { reports, crashes } = await (await withModule('dies.ts')).inJobs()
    const { summary } = reports[0]!
    expect(crashes).toBeGreaterThan(0)
    expect(summary.errored).toBe(crashes)
    expect(summary.conforms).toBeGreaterThan(0)
    expect(summary.conforms + summary.errored).toBe(summary.properties)
    for (const verdict of verdictsIn(reports[0]!)) {
      if (verdict.outcome !== 'errored') continue
      expect(verdict.kind).toBe('failed')
      expect(verdict.reason).toBe('the process that tried it ended: it was killed by SIGKILL')
    }
  })

  it('does all the work in this one where others cannot open the implementation', async () => {
    process.env.TOUCHSTONE_ALONE_IN = String(process.pid)
    const { alone, inJobs } = await withModule('alone.ts')
    const [expected] = await alone()
    const { reports } = await inJobs()
    expect(timeless(reports[0]!)).toEqual(timeless(expected!))
  })

  it('ends with a report of what was done when it is stopped', async () => {
    const stop = new AbortController()
    const { inJobs } = await withModule('halves.ts')
    const onProgress = () => stop.abort()
    const { reports } = await inJobs({ signal: stop.signal, onProgress, runs: 2000 })
    const { summary } = reports[0]!
    expect(summary.notRun + summary.interrupted).toBeGreaterThan(0)
    expect(summary.cases).toBeGreaterThan(0)
    expect(verdictsIn(reports[0]!)).toContainEqual(
      expect.objectContaining({ reason: 'the run was stopped' }),
    )
  })

  it('ends everywhere at the first failure where it is to', async () => {
    const { inJobs } = await withModule('halves.ts')
    const { reports } = await inJobs({ endsAt: () => true })
    const { summary } = reports[0]!
    // Another process may find one meanwhile.
    expect(summary.violates).toBeGreaterThan(0)
    expect(summary.violates).toBeLessThanOrEqual(2)
    expect(verdictsIn(reports[0]!)).toContainEqual(
      expect.objectContaining({ reason: 'the run ended at the first failure' }),
    )
  })
})
