import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { root } from '../conformance/base/root.ts'
import { suiteCommit } from '../conformance/base/runtime.ts'
import { type Asked, askedOf, UsageError, usage } from './mutation/asked.ts'
import { testsOf } from './mutation/plan.ts'
import { kept, type Score, scoreOf, tableOf } from './mutation/scores.ts'

/**
 * `npm run mutation`: puts small mistakes into the files of a folder, one at a time, and keeps how many of them tests
 * notice. Of `impl`, `reference` and their areas those are the clauses, on our implementation with a few cases each; of
 * `conformance/engine` the tests beside the files. Of a sample, drawn evenly, the share is told with its interval; else
 * what was tried before is not tried again where neither it nor its tests changed.
 */
try {
  const asked = askedOf(process.argv.slice(2))
  if (asked.help) process.stdout.write(`${usage}\n`)
  else await mutateAll(asked)
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message}\n\n${usage}\n`)
  process.exitCode = 2
}

async function mutateAll(asked: Asked): Promise<void> {
  const own = join(root, '.touchstone/mutation')
  if (asked.folders.length > 0) mkdirSync(own, { recursive: true })
  for (const folder of asked.folders) await mutate(folder, asked, own)
  process.stdout.write(tableOf(kept()))
}

async function mutate(given: string, { sample, seed }: Asked, own: string): Promise<void> {
  const [folder, files = '**/*.ts'] = given.split(':') as [string, string | undefined]
  Object.assign(process.env, testsOf(folder, files), {
    TOUCHSTONE_MUTANTS: String(sample),
    TOUCHSTONE_MUTANTS_SEED: String(seed),
  })
  const slug = given.replaceAll(/[^\w]+/g, '-')
  const stryker = new Stryker({
    mutate: [`${folder}/${files}`, `!${folder}/**/*.test.ts`],
    testRunner: 'vitest',
    plugins: [
      '@stryker-mutator/vitest-runner',
      ...(sample === undefined ? [] : [join(root, 'scripts/mutation/sampled.js')]),
    ],
    checkers: sample === undefined ? [] : ['sampled'],
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: 1,
    timeoutMS: 60_000,
    incremental: sample === undefined,
    incrementalFile: join(own, `${slug}.json`),
    // It would read it by TypeScript's own functions, which version 7 has not.
    tsconfigFile: 'none.json',
    tempDirName: '.stryker-tmp',
    ignorePatterns: ['dist', 'dist-*', '.touchstone', 'report', 'coverage', '.venv*'],
    reporters: ['progress-append-only'],
    allowEmpty: false,
    dryRunTimeoutMinutes: 30,
  })
  const results = await stryker.runMutationTest()
  const drawn = sample === undefined ? undefined : { seed }
  const score = scoreOf(given, results, { commit: suiteCommit() ?? '', date: new Date(), drawn })
  const others = kept().filter((one: Score) => one.folder !== given)
  const all = [...others, score].toSorted((a, b) => (a.folder < b.folder ? -1 : 1))
  writeFileSync(join(root, 'scripts/mutation/scores.json'), `${JSON.stringify(all, null, 2)}\n`)
}
