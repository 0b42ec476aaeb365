import { defineConfig } from 'vitest/config'
import { offerSoftwareGpu } from '../impl/device/vulkan.ts'

// The processes of the tests inherit the choice of a driver.
offerSoftwareGpu()

export default defineConfig({
  test: {
    include: ['{spec,reference,impl,conformance,scripts}/**/*.test.ts'],
    // Some tests start what was built, or read its index of the sources.
    globalSetup: ['scripts/vitest.setup.js'],
    // Isolation would import mathjs and TensorFlow.js again for every file.
    isolate: false,
    // Dawn and its drivers are not made for two threads of one process.
    pool: 'forks',
    // Threads that collect memory wait for each other while tests start other processes.
    execArgv: ['--no-parallel-scavenge'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
