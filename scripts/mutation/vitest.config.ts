import { defineConfig } from 'vitest/config'
import { offerSoftwareGpu } from '../../impl/device/vulkan.ts'

// As for all other tests: a device is found there that tests expect.
offerSoftwareGpu()

/** The tests of a folder whose mutants are tried: those beside its files, or the clauses of an area. */
export default defineConfig({
  test: {
    include: (process.env.TOUCHSTONE_MUTATED_TESTS ?? 'scripts/mutation/area.checks.ts').split(','),
    // It needs a process in which no device was opened.
    exclude: ['impl/device/device.test.ts'],
    isolate: false,
    testTimeout: 120_000,
  },
})
