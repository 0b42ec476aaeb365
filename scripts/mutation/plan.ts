/** Which tests are to notice the mutants of files, as the environment that their configuration reads. */
export function testsOf(folder: string, files: string): Readonly<Record<string, string>> {
  const [tree, area] = folder.split('/') as [string, string | undefined]
  const clauses = 'scripts/mutation/area.checks.ts'
  // What several areas compute is computed for the clauses of all.
  const areas = area === 'layers' || area === 'arithmetic' ? '' : (area ?? '')
  if (tree === 'impl' || tree === 'reference') {
    return { TOUCHSTONE_MUTATED_AREA: areas, TOUCHSTONE_MUTATED_TESTS: clauses }
  }
  const beside = `${folder}/${files.replace(/\.ts$/, '.test.ts')}`
  return { TOUCHSTONE_MUTATED_AREA: '', TOUCHSTONE_MUTATED_TESTS: beside }
}
