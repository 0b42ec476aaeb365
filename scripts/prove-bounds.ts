import { argv, chalk, echo } from 'zx'
import { type Device, DeviceUnavailable, openDevice } from '../impl/device/device.ts'
import { type DeviceName, deviceNames } from '../impl/device/name.ts'
import { offerSoftwareGpu } from '../impl/device/vulkan.ts'
import { type Alarm, type Outcome, prove, subjects } from './prove-bounds/campaign.ts'
import { networks } from './prove-bounds/tape/networks.ts'
import { proveTape } from './prove-bounds/tape/table.ts'

const usage = `Puts the rounding bounds to the proof: TensorFlow.js on random cases against the bounds
that the reference derives. A difference beyond a bound is a false alarm, unless TensorFlow.js is wrong.

  npm run prove:bounds -- [options]

  --cases <n>     cases altogether on a processor, over all operations (default 100000);
                  an emulated GPU, which is slow, gets 1.5 % of them
  --seed <n>      another seed, other cases (default 0)
  --device <names>  such as cpu,wasm,webgpu (the default); those that cannot be opened are skipped,
                  unless named here
  --operation <text>  only the operations whose title contains it

  --tape          instead, an adversary who errs as much as it may, on networks and iterations that
                  are deep, against the bounds of the tape; takes --seed and --operation, too
  --trials <n>    its trials altogether (default 10000)

Fails on a false alarm, and when convolution never uses up more than half of its bound, or something deep
that was tried 300 times never more than 0.8.`

/** An error in what was typed, which needs no trace. */
class UsageError extends Error {}

function options() {
  const known = ['_', 'cases', 'seed', 'device', 'operation', 'tape', 'trials', 'help']
  const unknown = Object.keys(argv).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new UsageError(`there is no option --${unknown[0]}`)
  const whole = (name: string, otherwise: number, least: number) => {
    const value = Number(argv[name] ?? otherwise)
    if (!Number.isSafeInteger(value) || value < least) {
      throw new UsageError(`--${name} takes a whole number from ${least} on, not ${argv[name]}`)
    }
    return value
  }
  const devices = argv.device === undefined ? [] : (String(argv.device).split(',') as DeviceName[])
  const strange = devices.find((name) => !deviceNames.includes(name))
  if (strange) throw new UsageError(`--device takes ${deviceNames.join(', ')}, not ${strange}`)
  return {
    cases: whole('cases', 100_000, 1),
    seed: whole('seed', 0, 0),
    devices,
    trials: argv.tape ? whole('trials', 10_000, 1) : null,
    operation: String(argv.operation ?? ''),
  }
}

async function open(name: DeviceName, required: boolean): Promise<Device | undefined> {
  try {
    return await openDevice(name)
  } catch (error) {
    if (required || !(error instanceof DeviceUnavailable)) throw error
    echo(`${name} is left out: ${error.reason}`)
    return undefined
  }
}

const columns = [16, 12, 9, 8, 8, 10, 10] as const
const row = (...cells: readonly string[]) =>
  cells
    .map((cell, i) => (i < 2 ? cell.padEnd(columns[i]!) : cell.padStart(columns[i]!)))
    .join('')
    .trimEnd()

function show({ operation, device, cases, open, alarms, worst, median, unsupported }: Outcome) {
  const figures = [cases, open, alarms.length].map(String)
  const line = row(operation, device, ...figures, median.toFixed(3), worst.toFixed(3))
  if (unsupported !== null) echo(chalk.dim(`${row(operation, device)}  ${firstLine(unsupported)}`))
  else echo(alarms.length > 0 ? chalk.red(line) : line)
}

const firstLine = (text: string) => text.split('\n')[0]!.slice(0, 50)

function explain({ operation, device }: Outcome, { recipe, reason, difference }: Alarm) {
  echo(`\n${operation} on ${device}: ${reason}`)
  if (difference !== null) {
    const { expected, actual, bound } = difference
    echo(
      `  expected ${expected}, got ${actual}: off by ${Math.abs(expected - actual)}, bound ${bound}`,
    )
  }
  echo(`  ${JSON.stringify(recipe)}`)
}

async function main(): Promise<number> {
  if (argv.help) {
    echo(usage)
    return 0
  }
  const { cases, seed, devices, trials, operation } = options()
  if (trials !== null) {
    const chosen = networks.filter(({ title }) => title.includes(operation))
    if (chosen.length === 0) throw new UsageError(`nothing deep has ${operation} in its title`)
    return proveTape(chosen, trials, seed)
  }
  const chosen = subjects.filter(({ title }) => title.includes(operation))
  if (chosen.length === 0) throw new UsageError(`no operation has ${operation} in its title`)
  const outcomes: Outcome[] = []
  const start = performance.now()

  offerSoftwareGpu()
  echo(chalk.bold(row('operation', 'device', 'cases', 'open', 'alarms', 'median', 'worst')))
  for (const name of devices.length > 0 ? devices : (['cpu', 'wasm', 'webgpu'] as const)) {
    const device = await open(name, devices.length > 0)
    if (!device) continue
    const share = device.software ? 0.015 : 1
    for (const subject of chosen) {
      const count = Math.ceil((cases * share) / chosen.length)
      const outcome = await prove(subject, device, { cases: count, seed })
      show(outcome)
      outcomes.push(outcome)
    }
    await device.close()
  }

  const alarms = outcomes.flatMap((outcome) => outcome.alarms.map((alarm) => ({ outcome, alarm })))
  for (const { outcome, alarm } of alarms.slice(0, 5)) explain(outcome, alarm)
  const convolutions = outcomes.filter((outcome) => outcome.operation === 'convolution')
  const tightest = Math.max(...convolutions.map(({ worst }) => worst))
  const total = outcomes.reduce((sum, outcome) => sum + outcome.cases, 0)
  const seconds = Math.round((performance.now() - start) / 1000)
  echo(`\n${total} cases, ${alarms.length} false alarms, seed ${seed}, ${seconds} s`)
  if (tightest <= 0.5) echo('The bound of convolution is never used up by half: it is too wide.')
  return alarms.length > 0 || tightest <= 0.5 ? 1 : 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof UsageError || error instanceof DeviceUnavailable)) throw error
  echo(`${error.message}\n\n${usage}`)
  process.exitCode = 2
}
