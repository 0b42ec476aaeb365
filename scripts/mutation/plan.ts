/** Which tests are to notice the mutants of files, as the environment that their configuration reads. */
export function testsOf(folder: string, files: string): Readonly<Record<string, string>> {
  const [tree, area] = folder.split('/') as [string, string | undefined]
  const clauses = 'scripts/mutation/area.checks.ts'
  const beside = `${folder}/${files.replace(/\.ts$/, '.test.ts')}`
  // What several areas compute is computed for the clauses of all.
  const areas = area === 'layers' || area === 'arithmetic' ? '' : (area ?? '')
  if (tree === 'impl' || tree === 'reference') {
    // What no clause on a processor comes to, such as how devices are opened, has tests of its own.
    return {
      TOUCHSTONE_MUTATED_TREE: tree,
      TOUCHSTONE_MUTATED_AREA: areas,
      TOUCHSTONE_MUTATED_TESTS: `${clauses},${beside}`,
    }
  }
  return { TOUCHSTONE_MUTATED_TESTS: beside }
}
