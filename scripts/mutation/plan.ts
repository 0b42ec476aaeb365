import { areasImporting } from './importing.ts'

/** Which tests are to notice the mutants of files, as the environment that their configuration reads. */
export function testsOf(folder: string, files: string): Readonly<Record<string, string>> {
  const [tree] = folder.split('/')
  const clauses = 'scripts/mutation/area.checks.ts'
  const beside = `${folder}/${files.replace(/\.ts$/, '.test.ts')}`
  if (tree === 'impl' || tree === 'reference') {
    const areas = areasImporting(folder, files)
    // What no clause on a processor comes to, such as how devices are opened, has tests of its own.
    return {
      TOUCHSTONE_MUTATED_TREE: tree,
      TOUCHSTONE_MUTATED_AREAS: areas.join(),
      TOUCHSTONE_MUTATED_TESTS: `${clauses},${beside}`,
    }
  }
  return { TOUCHSTONE_MUTATED_TESTS: beside }
}
