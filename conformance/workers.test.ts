import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Device, openDevice } from '../impl/device/device.ts'
import { clauses } from '../spec/index.ts'
import { ours } from './adapters/ours.ts'
import { root } from './cite/sources.ts'
import type { Implementation } from './engine/implementation.ts'
import type { ClauseReport } from './report/model.ts'
import { runClauses, type SuiteOptions } from './suite.ts'
import { type Workers, workersFor } from './workers.ts'

describe('several processes', () => {
  let device: Device
  let implementation: Implementation
  const choice = { device: 'wasm', precision: 'float32' } as const
  const some = clauses.filter(({ operations }) => operations.length === 1).slice(0, 5)

  beforeAll(async () => {
    execFileSync(process.execPath, [join(root, 'scripts/build.js')])
    device = await openDevice('wasm')
    implementation = ours(device)
  })
  afterAll(() => device.close())

  const run = (workers?: Workers, more: Partial<SuiteOptions> = {}) =>
    runClauses({
      clauses: some,
      implementation,
      runs: 5,
      seed: 2,
      deadline: null,
      kept: {},
      onProgress: () => {},
      ...(workers === undefined ? {} : { workers }),
      ...more,
    })

  it('report what one process reports, in the order of the clauses', async () => {
    const seen: string[] = []
    const spread = await run(
      { count: 3, choices: [choice] },
      { onProgress: ({ clause, verdict }) => verdict !== null && seen.push(clause) },
    )
    expect(spread.map(({ id }) => id)).toEqual(some.map(({ id }) => id))
    expect(seen.toSorted()).toEqual(some.map(({ id }) => id as string).toSorted())
    expect(timeless(spread)).toEqual(timeless(await run()))
  })

  it('may be more than there are clauses', async () => {
    const workers = { count: 4, choices: [choice] }
    const reports = await run(workers, { clauses: some.slice(0, 1) })
    expect(reports.map(({ verdict }) => verdict)).toEqual(['conforms'])
  })

  it('say why they could not start', async () => {
    const workers = {
      count: 2,
      choices: [{ ...choice, implementation: './no-such-module.ts', device: 'auto' }],
    }
    await expect(run(workers)).rejects.toThrow('no-such-module')
  })

  it('are started only where that pays', () => {
    const { deviceName: _, ...unknown } = implementation
    const count = (deviceName: string | null, many: number, asked?: number) =>
      workersFor(deviceName ? { ...unknown, deviceName } : unknown, many, choice, asked).count
    expect(count('wasm', 5)).toBe(1)
    expect(count('webgpu', 500)).toBe(1)
    expect(count('wasm', 5, 3)).toBe(3)
    expect(count(null, 500)).toBe(1)
  })
})

function timeless(reports: readonly ClauseReport[]) {
  return reports.map((report) => ({
    ...report,
    properties: report.properties.map((property) => ({ ...property, seconds: 0 })),
  }))
}
