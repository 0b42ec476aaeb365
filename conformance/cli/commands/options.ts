import { type Command, InvalidArgumentError, Option } from 'commander'
import { deviceNames } from '../../../impl/device/name.ts'
import { browserDevices } from '../../browser/driven/devices.ts'
import { formOptions } from '../form-options.ts'
import { seconds } from '../values.ts'

const devices: readonly string[] = ['auto', ...deviceNames, ...browserDevices]

/** Adds the options that choose implementations; each may be given several times. */
export function implementations(command: Command, otherwise = 'ours, on --device'): Command {
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
export function output(command: Command): Command {
  return formOptions(command)
    .option('-r, --report <folder>', 'where report.json, index.html and capsules go', 'report')
    .option('-k, --known <file>', 'a JSON file of known failures, under which the run succeeds')
    .option('--json', 'print the report as JSON, and nothing else, on standard output')
}

/** Of which clauses. */
export function clauseOption(): Option {
  return new Option('-c, --clause <globs>', 'only clauses that match, such as "cnn.pool.*"')
    .argParser(collect)
    .default([], 'all')
}

/** One more, where an option may be given several times. */
export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value]
}
