import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, chalk, echo } from 'zx'
import { root } from '../conformance/base/root.ts'
import type { Report } from '../conformance/suite/model.ts'
import { clauses } from '../spec/index.ts'
import { heading, lineOf, type Outcome, outcomeOf } from './chapters/outcome.ts'

const usage = `Checks our implementation chapter by chapter, each in a time of its own, on a device that is too
slow for a whole run:

  npm run chapters -- [options] [CHAPTER …]

  CHAPTER         such as cnn or lstm (default: all)
  --device <name>  as of \`touchstone run\` (default browser:webgpu)
  --time <s>      seconds for each chapter (default 60)
  --seed <n>      another seed, other cases (default 0)

Fails when anything is wrong. What is left had too little time, which is neither right nor wrong.`

/** An error in what was typed, which needs no trace. */
class UsageError extends Error {}

const everyChapter = [...new Set(clauses.map(({ id }) => id.split('.')[0]!))]

function options() {
  const known = ['_', 'device', 'time', 'seed', 'help']
  const unknown = Object.keys(argv).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new UsageError(`there is no option --${unknown[0]}`)
  const whole = (name: string, otherwise: number, least: number) => {
    const value = Number(argv[name] ?? otherwise)
    if (Number.isSafeInteger(value) && value >= least) return value
    throw new UsageError(`--${name} takes a whole number from ${least} on, not ${argv[name]}`)
  }
  const chapters = argv._.length > 0 ? argv._ : everyChapter
  const strange = chapters.find((chapter) => !everyChapter.includes(chapter))
  if (strange !== undefined) {
    throw new UsageError(`there is no chapter ${strange}; there are ${everyChapter.join(', ')}`)
  }
  return {
    chapters,
    device: String(argv.device ?? 'browser:webgpu'),
    time: whole('time', 60, 1),
    seed: whole('seed', 0, 0),
  }
}

/** A run of one chapter, in a process of its own. */
function tried(chapter: string, folder: string): Outcome {
  const { device, time, seed } = options()
  const report = join(folder, chapter)
  const command = join(root, 'conformance/cli/touchstone.js')
  const asked = ['run', '-d', device, '-c', `${chapter}.*`, '--time', `${time}`, '-s', `${seed}`]
  const { stderr, stdout } = spawnSync(
    process.execPath,
    [command, ...asked, '-r', report, '--no-pages'],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  )
  const file = join(report, 'report.json')
  if (!existsSync(file)) throw new Error(`${chapter} left no report: ${stderr}${stdout}`)
  return outcomeOf(chapter, JSON.parse(readFileSync(file, 'utf8')) as Report)
}

const folder = mkdtempSync(join(tmpdir(), 'touchstone-chapters-'))
try {
  if (argv.help) echo(usage)
  else {
    const { chapters } = options()
    echo(heading)
    for (const chapter of chapters) {
      const outcome = tried(chapter, folder)
      echo(outcome.wrong.length > 0 ? chalk.red(lineOf(outcome)) : lineOf(outcome))
      for (const id of outcome.wrong) echo(`  ${id}`)
      if (outcome.wrong.length > 0) process.exitCode = 1
    }
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  echo(`${error.message}\n\n${usage}`)
  process.exitCode = 2
} finally {
  rmSync(folder, { recursive: true, force: true })
}
