import { describe, expect, it } from 'vitest'
import { referencesById } from '../../../reference/index.ts'
import { clauses, operations } from '../../../spec/index.ts'
import { referenceImplementation } from '../../engine/fault.ts'
import { jobsWorthwhile, type Shared } from './count.ts'
import '../../properties/index.ts'

const right = referenceImplementation(operations, referencesById)

const all: Shared = { clauses, implementations: [right], runs: 100, seconds: null }

const plenty = 2 ** 40

describe('how many processes a run is worth', () => {
  it('is one for each core, up to four, if everything is checked', () => {
    expect([1, 2, 3, 4, 64].map((cores) => jobsWorthwhile(all, cores, plenty))).toEqual([
      1, 2, 3, 4, 4,
    ])
  })

  it('is no more than there is memory for', () => {
    expect(jobsWorthwhile(all, 4, 2.5 * 2 ** 30)).toBe(2)
    expect(jobsWorthwhile(all, 4, 0)).toBe(1)
  })

  it('is one where it would take longer to start another than to do its work', () => {
    expect(jobsWorthwhile({ ...all, clauses: clauses.slice(0, 2) }, 4, plenty)).toBe(1)
    expect(jobsWorthwhile({ ...all, seconds: 1 }, 4, plenty)).toBe(1)
    expect(jobsWorthwhile({ ...all, seconds: 60 }, 4, plenty)).toBe(4)
  })

  it('is one for a device that all of them would share, beside whichever others', () => {
    const shared = [
      { ...right, deviceName: 'webgpu', device: 'webgpu, NVIDIA H100 (GPU) via Dawn' },
      { ...right, deviceName: 'tensorflow' },
      { ...right, name: 'tfjs:webgpu', device: 'webgpu, NVIDIA H100 (GPU) via Dawn' },
    ]
    for (const device of shared) {
      expect(jobsWorthwhile({ ...all, implementations: [right, device] }, 4, plenty)).toBe(1)
    }
    const own = [
      { ...right, deviceName: 'wasm' },
      { ...right, deviceName: 'webgpu', device: 'webgpu, SwiftShader (CPU) via Dawn' },
    ]
    for (const device of own) {
      expect(jobsWorthwhile({ ...all, implementations: [device] }, 4, plenty)).toBe(4)
    }
  })

  it('is one where the first failure ends the run, so that it is the same each time', () => {
    expect(jobsWorthwhile({ ...all, endsAt: () => true }, 4, plenty)).toBe(1)
  })
})
