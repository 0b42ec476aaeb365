import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { deviceNames } from '../../impl/device/name.ts'
import type { SetupName } from '../../impl/device/packages.ts'
import { isModuleFile } from '../adapters/module-file.ts'
import { closeOpened } from '../adapters/opened.ts'
import { UnrunnableError, UsageError } from '../base/errors.ts'
import { exitCodes } from '../base/exit-codes.ts'
import { standardOutputIsWritten, terminalOn } from '../base/terminal.ts'
import { visible } from '../base/text.ts'
import * as touchstone from '../base/touchstone.ts'
import { tuneV8 } from '../base/v8.ts'
import { browserDevices } from '../browser/driven/devices.ts'
import type { Requirement } from '../suite/model.ts'
import { formOptions } from './form-options.ts'
import type { Choice } from './implementation.ts'
import type { Options } from './options.ts'
import { inSources } from './stack.ts'
import { place, seconds, seed, wholeNumber } from './values.ts'

const devices: readonly string[] = ['auto', ...deviceNames, ...browserDevices]

const setupNames: readonly SetupName[] = ['onnxruntime', 'onnxruntime-web', 'tensorflow', 'python']

/** How many cases a property gets in each profile. */
const runsOf = { default: 100, quick: 16 } as const

type RunOptions = Omit<Options, 'runs'> & {
  readonly runs?: number
  readonly profile: keyof typeof runsOf
}

/**
 * The command line. Each command is loaded when it is called, so that `show` does not wait for a
 * device to start.
 */
export async function main(argv: readonly string[]): Promise<void> {
  tuneV8()
  process.stdout.on('error', endWithReader)
  const program = commandLine()
  try {
    await program.parseAsync(argv)
  } catch (error) {
    process.exitCode = failed(error)
  }
  await closeOpened()
  // A GPU keeps the process alive for as long as it can be reached.
  await standardOutputIsWritten()
  process.exit()
}

/** `touchstone list | head`: when nobody reads any more, end as programs do that are told so by a signal. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(exitCodes.unread)
}

function commandLine(): Command {
  const program = new Command('touchstone')
    .description(touchstone.description)
    .version(touchstone.version, '-V, --version')
    .showHelpAfterError('(touchstone --help shows what there is)')
    .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 80, 100) })
    .exitOverride()

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
      await (await import('./run.ts')).runCommand({ ...options, runs })
    })

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
      await (await import('./watch.ts')).watchCommand(options)
    })

  output(
    program
      .command('merge')
      .description('one report from all shards of a run')
      .argument('<shards...>', 'the files that run --shard wrote, or the folder that they are in'),
  ).action(async (shards, options) => (await import('./merge.ts')).mergeCommand(shards, options))

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
    .action(async (options) => (await import('./hunt.ts')).huntCommand(options))

  program
    .command('page')
    .description('write a page that checks the browser it is opened in: one file, without a server')
    .argument('<file>', 'such as touchstone.html')
    .addOption(
      new Option('--with <library>', 'put a library into it that was set up').choices([
        'onnxruntime',
      ]),
    )
    .action(async (file, options) => (await import('./browser-page.ts')).pageCommand(file, options))

  program
    .command('list')
    .description('list the clauses, or the operations that they are about')
    .addOption(clauseOption())
    .option('-o, --operations', 'the operations of these clauses')
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./list.ts')).listCommand(options))

  implementations(
    program
      .command('show')
      .description(
        'what a clause says, why, and where it is proved; or how to provide an operation',
      )
      .argument(
        '<what...>',
        'ids of clauses or operations, or files or lines, such as impl/cnn/conv2d.ts:20',
      ),
    'none; with one, what it declares of the operation',
  )
    .option('-o, --operation', 'the operation, where a clause has the same id')
    .option('--json', 'as JSON')
    .action(async (all, options) => (await import('./show.ts')).showCommand(all, options))

  program
    .command('cite')
    .description('from a formula to its source, its code and the evidence, and back from code')
    .argument(
      '[what]',
      'the id of a clause or an operation, or a file or line, such as reference/cnn/conv2d.ts:31',
    )
    .option('--notes <lines>', 'the clauses of these lines of the notes, such as 28 or 24-28')
    .addOption(
      new Option('-f, --format <form>', 'as it is to be pasted')
        .choices(['text', 'markdown', 'latex', 'bibtex', 'json'])
        .default('text'),
    )
    .option('-r, --report <file>', 'whose verdicts; without it report/report.json, if it is there')
    .option('-o, --operation', 'the operation, where a clause has the same id')
    .action(async (subject, options) => (await import('./cite.ts')).citeCommand(subject, options))

  implementations(
    program
      .command('replay')
      .description('try the case of a capsule again')
      .argument('<capsule>', 'a file that a run has left in report/capsules'),
  )
    .option('--json', 'as JSON')
    .action(async (capsule, options) =>
      (await import('./replay.ts')).replayCommand(capsule, options),
    )

  implementations(
    program
      .command('try')
      .description(
        'an operation at sizes of your own, judged as in a run, with the time that it takes',
      )
      .argument('<operation>', 'such as cnn.conv2d'),
  )
    .addOption(
      new Option('--sizes <sizes>', 'such as N=1,H=56,W=56; what is left out is chosen')
        .argParser(collect)
        .default([], 'all chosen'),
    )
    .option('--parameters <json>', `such as '{"strides":[1,1]}'; what is left out is chosen`)
    .option('-n, --runs <cases>', 'cases, each with numbers of another kind', wholeNumber(1), 5)
    .option('-s, --seed <integer>', 'another seed draws other numbers', seed, 0)
    .option('-t, --time <seconds>', 'stop after this long; what is unfinished is no pass', seconds)
    .option('-r, --report <folder>', 'where the capsule of a case that fails goes', 'report')
    .option('--json', 'as JSON')
    .action(async (operation, options) => (await import('./try.ts')).tryCommand(operation, options))

  implementations(
    program
      .command('smoke')
      .description('a few tiny cases an operation: is the adapter wrong, or what it computes?'),
  )
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./smoke.ts')).smokeCommand(options))

  program
    .command('compare')
    .description('what began and what stopped to conform between two runs')
    .argument('<before>', 'the report.json of the earlier run')
    .argument('<after>', 'the report.json of the later run')
    .option('--json', 'as JSON')
    .action(async (before, after, options) =>
      (await import('./compare.ts')).compareCommand(before, after, options),
    )

  formOptions(
    program
      .command('site')
      .description('one site of many runs: machines, devices, versions of a library')
      .argument('<reports...>', 'their report.json, or the folders that hold it'),
  )
    .option('-r, --report <folder>', 'where the site goes', 'site')
    .action(async (reports, options) => (await import('./site.ts')).siteCommand(reports, options))

  program
    .command('doctor')
    .description('what this machine can run, and what would help where it cannot')
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./doctor.ts')).doctorCommand(options))

  program
    .command('setup')
    .description('install what is too large to come along into .touchstone, beside node_modules')
    .addArgument(new Argument('<what>', 'libraries, or a device').choices(setupNames))
    .option('--again', 'start over')
    .option('--cpu', 'tensorflow for the processor, whatever is here')
    .option('--cuda', 'tensorflow for an NVIDIA GPU, whatever is here')
    .option('--build', 'build the addon of tensorflow at once, without trying its own download')
    .action(async (what, options) => (await import('./setup.ts')).setupCommand(what, options))

  program
    .command('init')
    .description('write an implementation to begin with, which conforms to its first clause')
    .addArgument(
      new Argument('<language>', 'its language').choices(['typescript', 'python', 'rust']),
    )
    .argument('[folder]', 'where its files go', '.')
    .action(async (language, folder) => (await import('./init.ts')).initCommand(language, folder))

  program
    .command('serve')
    .description('speak the protocol for a module or package: what crashes it ends nothing else')
    .argument('<implementation>', 'what --implementation takes')
    .action(async (implementation) => (await import('./serve.ts')).serveCommand(implementation))

  program
    .command('vectors')
    .description('fixed test vectors, for those who cannot run the harness')
    .command('export')
    .description('write inputs, expected values and bounds, a JSON file an operation')
    .argument('<folder>', 'where the files go')
    .option('-o, --operation <glob>', 'only operations that match, such as "cnn.*"', '*')
    .option('-n, --cases <count>', 'cases an operation', wholeNumber(1), 20)
    .option('-s, --seed <integer>', 'another seed draws other cases', seed, 0)
    .action(async (folder, options) =>
      (await import('./vectors.ts')).exportVectors(folder, options),
    )

  for (const command of program.commands) {
    command.showHelpAfterError(`(touchstone ${command.name()} --help shows what there is)`)
  }
  return program
}

/** Has what is beside a module begin before anything else is loaded, for somebody who waits. */
async function prepared({ implementation, sandbox }: Choice): Promise<void> {
  if (sandbox || !implementation.some(isModuleFile)) return
  const { prepareBeside } = await import('../adapters/beside/start.ts')
  prepareBeside()
}

/** Adds the options that choose implementations; each may be given several times. */
function implementations(command: Command, otherwise = 'ours, on --device'): Command {
  return command
    .addOption(
      new Option(
        '-i, --implementation <what>',
        'a module such as ./mine.ts, a package, or a command such as "python3 mine.py"',
      )
        .argParser(collect)
        .default([], otherwise),
    )
    .option(
      '--sandbox',
      'confine it: no network, nothing to write to, of files only its own folder; without, it runs with your rights',
    )
    .addOption(
      new Option('-d, --device <name>', `our implementation on a device: ${devices.join(', ')}`)
        .argParser((value: string, previous: readonly string[]) => {
          if (!devices.includes(value)) {
            throw new InvalidArgumentError(`Devices are ${devices.join(', ')}.`)
          }
          return [...previous, value]
        })
        .default([], 'auto'),
    )
    .addOption(
      new Option('--case-timeout <seconds>', 'how long an answer may take')
        .argParser(seconds)
        .default(30),
    )
    .addOption(
      new Option(
        '-p, --precision <format>',
        'how products are rounded: tf32 allows the tensor cores of a GPU, with tensorflow',
      )
        .choices(['float32', 'tf32'])
        .default('float32'),
    )
}

/** Adds the options that say where reports go, and in which forms. */
function output(command: Command): Command {
  return formOptions(command)
    .option('-r, --report <folder>', 'where report.json, index.html and capsules go', 'report')
    .option('-k, --known <file>', 'a JSON file of known failures, under which the run succeeds')
    .option('--json', 'print the report as JSON, and nothing else, on standard output')
}

function clauseOption(): Option {
  return new Option('-c, --clause <globs>', 'only clauses that match, such as "cnn.pool.*"')
    .argParser(collect)
    .default([], 'all')
}

function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value]
}

function failed(error: unknown): number {
  const terminal = terminalOn(process.stderr)
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage
  if (error instanceof UsageError) {
    terminal.write(`${terminal.style('red', 'error:')} ${visible(error.message)}\n`)
    for (const line of error.advice) terminal.write(`  ${visible(line)}\n`)
    return error instanceof UnrunnableError ? exitCodes.unrunnable : exitCodes.usage
  }
  const stack = error instanceof Error ? inSources(error.stack ?? error.message) : String(error)
  terminal.write(`${terminal.style('red', 'this is a defect of touchstone:')} ${stack}\n`)
  return exitCodes.defect
}
