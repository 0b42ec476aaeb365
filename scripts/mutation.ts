import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stryker } from '@stryker-mutator/core'
import { root } from '../conformance/base/root.ts'
import { suiteCommit } from '../conformance/base/runtime.ts'
import { kept, type Score, scoreOf, tableOf } from './mutation/scores.ts'

/**
 * npm run mutation -- FOLDER[:FILES]…: puts small mistakes into the files of a folder, one at a time, and keeps how many of
 * them tests notice. Of `impl/cnn` and `reference/cnn` those are the clauses of the area, on our implementation with a few
 * cases each; of `conformance/engine` the tests beside the files. What was tried before is not tried again where
 * neither it nor its tests changed.
 */
const folders = process.argv.slice(2)
if (folders.length === 0) {
  process.stdout.write(tableOf(kept()))
} else {
  const own = join(root, '.touchstone/mutation')
  mkdirSync(own, { recursive: true })
  for (const folder of folders) await mutate(folder, own)
  process.stdout.write(tableOf(kept()))
}

async function mutate(given: string, own: string): Promise<void> {
  const [folder, files = '**/*.ts'] = given.split(':') as [string, string | undefined]
  const [tree, area] = folder.split('/') as [string, string]
  const isArea = tree === 'impl' || tree === 'reference'
  process.env.TOUCHSTONE_MUTATED_AREA = isArea ? area : ''
  process.env.TOUCHSTONE_MUTATED_TESTS = isArea
    ? 'scripts/mutation/area.checks.ts'
    : `${folder}/${files.replace(/\.ts$/, '.test.ts')}`
  const slug = given.replaceAll(/[^\w]+/g, '-')
  const stryker = new Stryker({
    mutate: [`${folder}/${files}`, `!${folder}/**/*.test.ts`],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'scripts/mutation/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: 1,
    timeoutMS: 60_000,
    incremental: true,
    incrementalFile: join(own, `${slug}.json`),
    // It would read it by TypeScript's own functions, which version 7 has not.
    tsconfigFile: 'none.json',
    tempDirName: '.stryker-tmp',
    ignorePatterns: ['dist', 'dist-*', '.touchstone', 'report', 'coverage', '.venv*'],
    reporters: ['progress-append-only'],
    allowEmpty: false,
  })
  const results = await stryker.runMutationTest()
  const score = scoreOf(given, results, { commit: suiteCommit() ?? '', date: new Date() })
  const others = kept().filter((one: Score) => one.folder !== given)
  const all = [...others, score].toSorted((a, b) => (a.folder < b.folder ? -1 : 1))
  writeFileSync(join(root, 'scripts/mutation/scores.json'), `${JSON.stringify(all, null, 2)}\n`)
}
