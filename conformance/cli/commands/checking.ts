import { type Command, Option } from 'commander'
import { isModuleFile } from '../../adapters/module-file.ts'
import type { Requirement } from '../../suite/model.ts'
import type { Choice } from '../implementation.ts'
import type { Options } from '../options.ts'
import { place, seconds, seed, wholeNumber } from '../values.ts'
import { clauseOption, implementations, output } from './options.ts'

/** How many cases a property gets in each profile. */
const runsOf = { default: 100, quick: 16 } as const

type RunOptions = Omit<Options, 'runs'> & {
  readonly runs?: number
  readonly profile: keyof typeof runsOf
}

/** The commands that check implementations, from a single run to a hunt. */
export function addChecking(program: Command): void {
  addRun(program)
  addWatch(program)
  addMerge(program)
  addHunt(program)
  addPage(program)
}

function addRun(program: Command): void {
  const run = implementations(
    program
      .command('run')
      .description('check implementations, ours unless told otherwise, and write a report'),
  )
    .addOption(clauseOption())
    .option('-n, --runs <cases>', 'cases a property, whatever the profile', wholeNumber(1))
    .addOption(
      new Option('--profile <name>', 'how many cases: quick tries a sixth, and all faults')
        .choices(Object.keys(runsOf))
        .default('default'),
    )
    .option('-s, --seed <integer>', 'another seed draws other cases', seed, 0)
    .option(
      '-t, --time <seconds>',
      'stop after this long; what had no case by then is no pass',
      seconds,
    )
    .option('--fail-fast', 'stop at the first failure')
    .option(
      '-j, --jobs <count>',
      'processes that share the work; by default as many as there are cores, up to 4, where they are worth it',
      wholeNumber(1),
    )
    .option(
      '--shard <i/n>',
      'only the i-th of n parts of the work, into a file for merge, in the folder of the report',
      place,
    )
    .option('--measured <report.json>', 'an earlier report, by whose seconds --shard divides')
    .addOption(
      new Option(
        '--require <what>',
        'what a pass takes: all also fails what is not provided, or declined',
      )
        .choices(['provided', 'all'] satisfies readonly Requirement[])
        .default('provided' satisfies Requirement),
    )
  output(run)
    .option(
      '--cached',
      'do not try faults again that the same code noticed with the same seed, and write no pages',
    )
    .option('--no-pages', 'write report.json and capsules only')
    .action(async (options: RunOptions) => {
      if (options.cached) await prepared(options)
      const runs = options.runs ?? runsOf[options.profile]
      await (await import('../run.ts')).runCommand({ ...options, runs })
    })
}

function addWatch(program: Command): void {
  implementations(
    program
      .command('watch')
      .description('run, and again whenever a file of the implementation changes'),
  )
    .addOption(clauseOption())
    .option('-n, --runs <cases>', 'cases a property', wholeNumber(1), runsOf.quick)
    .option('-s, --seed <integer>', 'another seed draws other cases', seed, 0)
    .option('-r, --report <folder>', 'where report.json and capsules go', 'report')
    .action(async (options) => {
      await prepared(options)
      await (await import('../watch.ts')).watchCommand(options)
    })
}

function addMerge(program: Command): void {
  output(
    program
      .command('merge')
      .description('one report from all shards of a run')
      .argument('<shards...>', 'the files that run --shard wrote, or the folder that they are in'),
  ).action(async (shards, options) => (await import('../merge.ts')).mergeCommand(shards, options))
}

function addHunt(program: Command): void {
  implementations(
    program
      .command('hunt')
      .description('look for cases that fail, with fresh seeds, for as long as it is given'),
  )
    .addOption(clauseOption())
    .option(
      '-t, --time <seconds>',
      'how long; started again in the same folder, it goes on',
      seconds,
      60,
    )
    .option(
      '-s, --seed <integer>',
      'where its seeds begin; another one each time, unless told',
      seed,
    )
    .addOption(
      new Option('--shard <i/n>', 'one of n that hunt beside each other, with seeds of its own')
        .argParser(place)
        .default({ index: 1, count: 1 }, 'the only one'),
    )
    .option('-r, --report <folder>', 'where its state and the capsules that it finds go', 'report')
    .action(async (options) => (await import('../hunt.ts')).huntCommand(options))
}

function addPage(program: Command): void {
  program
    .command('page')
    .description('write a page that checks the browser it is opened in: one file, without a server')
    .argument('<file>', 'such as touchstone.html')
    .addOption(
      new Option('--with <library>', 'put a library into it that was set up').choices([
        'onnxruntime',
      ]),
    )
    .action(async (file, options) =>
      (await import('../browser-page.ts')).pageCommand(file, options),
    )
}

/** Has what is beside a module begin before anything else is loaded, for somebody who waits. */
async function prepared({ implementation, sandbox }: Choice): Promise<void> {
  if (sandbox || !implementation.some(isModuleFile)) return
  const { prepareBeside } = await import('../../adapters/beside/start.ts')
  prepareBeside()
}
