import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{spec,reference,impl,conformance,scripts}/**/*.test.ts'],
    // Isolation would import mathjs and TensorFlow.js again for every file.
    isolate: false,
    pool: 'threads',
    testTimeout: 120_000,
  },
})
