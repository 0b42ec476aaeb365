import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { argv, echo } from 'zx'
import { root } from '../conformance/base/root.ts'
import { addTopic, removeTopic } from './new-clause/change.ts'
import { type Names, namesFrom } from './new-clause/names.ts'

const usage = `Writes the files of a new clause into the four trees, and names them in the lists:

  npm run new-clause <area>.<topic>[.<statement>]
  npm run new-clause -- --remove <area>.<topic>

What is left to do in each of them fails a check until it is done; CONTRIBUTING.md has the steps.
--remove takes the files out again, as long as they have not been committed.`

/** An error in what was typed, which needs no trace. */
class UsageError extends Error {}

function main() {
  if (argv.help) return echo(usage)
  const id = argv.remove === undefined ? argv._[0] : argv.remove
  const names = namesFrom(String(id))
  if (names === null) {
    throw new UsageError(`${id ?? 'nothing'} is no id such as cnn.true-convolution\n\n${usage}`)
  }
  const file = `spec/${names.area}/${names.topic}.ts`
  if (argv.remove === undefined) add(names, file)
  else remove(names, file)
}

function add(names: Names, file: string) {
  if (existsSync(join(root, file))) {
    throw new UsageError(`${file} is there already: a further clause of this topic goes into it`)
  }
  for (const path of addTopic(root, names)) echo(path)
  echo(`\nnpx touchstone run --clause ${names.clause}   # what fails is left to do`)
}

function remove(names: Names, file: string) {
  if (!existsSync(join(root, file))) throw new UsageError(`there is no ${file}`)
  const { status } = spawnSync('git', ['ls-files', '--error-unmatch', file], { cwd: root })
  if (status === 0) throw new UsageError(`${file} is in git, which can take it out`)
  for (const path of removeTopic(root, names)) echo(path)
}

try {
  main()
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  echo(error.message)
  process.exitCode = 2
}
