import { defineConfig } from 'vitest/config'

/** The tests of a folder whose mutants are tried: those beside its files, or the clauses of an area. */
export default defineConfig({
  test: {
    include: (process.env.TOUCHSTONE_MUTATED_TESTS ?? 'scripts/mutation/area.checks.ts').split(','),
    isolate: false,
    testTimeout: 120_000,
  },
})
