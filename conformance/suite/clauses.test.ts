import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Device, openDevice } from '../../impl/device/device.ts'
import { referencesById } from '../../reference/index.ts'
import { clauses, operations } from '../../spec/index.ts'
import { ours } from '../adapters/ours.ts'
import { referenceImplementation } from '../engine/fault.ts'
import type { Implementation } from '../engine/implementation.ts'
import { properties as everyProperty } from '../properties/index.ts'
import { runClausesOnEach } from './clauses.ts'

/** The reference, its answers rounded to float32: a false alarm on it would blame the innocent. */
const rounded = referenceImplementation(operations, referencesById)

/** How many cases are worked by hand, by property. */
const worked: Readonly<Record<string, number>> = Object.fromEntries(
  everyProperty.map(({ id, examples = [] }) => [id, examples.length]),
)

/**
 * The fast implementation against every clause, as `touchstone run` does it, on the device that every
 * machine has; and the reference, on the same cases.
 */
describe('every clause, on wasm and on the reference', () => {
  let device: Device
  let implementations: readonly Implementation[]

  beforeAll(async () => {
    device = await openDevice('wasm')
    implementations = [ours(device), rounded]
  })
  afterAll(() => device.close())

  it.each(clauses.map((clause) => [clause.id, clause] as const))('%s', async (_, clause) => {
    const found = await runClausesOnEach({
      ...{ clauses: [clause], implementations, onProgress() {} },
      ...{ runs: 100, seed: 0, deadline: null, kept: {} },
    })
    for (const [at, reports] of found.entries()) {
      const { name } = implementations[at]!
      const [report] = reports as [(typeof reports)[number]]
      const failures = report.properties.filter(({ verdict }) => verdict.outcome !== 'conforms')
      expect(failures, name).toEqual([])
      // Where a bound says nothing, a case is as good as not tried: what is worked by hand has to be.
      const untried = report.properties.filter(
        ({ id, verdict }) => verdict.outcome === 'conforms' && verdict.cases < worked[id]!,
      )
      expect(untried, name).toEqual([])
      const survivors = report.properties.flatMap(({ faults }) => faults.filter((f) => !f.killed))
      expect(survivors, name).toEqual([])
      expect(report.verdict, name).toBe('conforms')
      expect(report.tested, name).toBe(true)
    }
    expect(found).toHaveLength(2)
  })
})
