import { defineConfig } from 'vitest/config'
import { offerSoftwareGpu } from '../impl/device/vulkan.ts'

// Only the main thread can choose a driver, and the tests run in others.
offerSoftwareGpu()

export default defineConfig({
  test: {
    include: ['{spec,reference,impl,conformance,scripts}/**/*.test.ts'],
    // Isolation would import mathjs and TensorFlow.js again for every file.
    isolate: false,
    pool: 'threads',
    testTimeout: 120_000,
  },
})
