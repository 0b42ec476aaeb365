import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Device, openDevice } from '../../impl/device/device.ts'
import { clauses } from '../../spec/index.ts'
import { ours } from '../adapters/ours.ts'
import type { Implementation } from '../engine/implementation.ts'
import { checkClause } from './clauses.ts'

/** The fast implementation against every clause, as `touchstone run` does it, on the device that every machine has. */
describe('every clause, on wasm', () => {
  let device: Device
  let implementation: Implementation

  beforeAll(async () => {
    device = await openDevice('wasm')
    implementation = ours(device)
  })
  afterAll(() => device.close())

  it.each(clauses.map((clause) => [clause.id, clause] as const))('%s', async (_, clause) => {
    const report = await checkClause(clause, implementation, {
      runs: 100,
      seed: 0,
      deadline: null,
      kept: {},
    })
    const failures = report.properties.filter(({ verdict }) => verdict.outcome !== 'conforms')
    expect(failures).toEqual([])
    const survivors = report.properties.flatMap(({ faults }) => faults.filter((f) => !f.killed))
    expect(survivors).toEqual([])
    expect(report.verdict).toBe('conforms')
    expect(report.tested).toBe(true)
  })
})
