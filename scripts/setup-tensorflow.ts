import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { argv, chalk, echo } from 'zx'
import { probeTensorflow } from '../impl/device/doctor.ts'
import { DeviceUnavailable } from '../impl/device/errors.ts'
import { projectFolder } from '../impl/device/packages.ts'
import {
  describeTensorflow,
  type TensorflowBackend,
  tensorflowFolder,
} from '../impl/device/tensorflow.ts'
import { buildAddon, layout, writeFinder } from './setup-tensorflow/addon.ts'
import { run, SetupError } from './setup-tensorflow/command.ts'
import { unpackNpm, unpackWheel } from './setup-tensorflow/download.ts'
import { headersPin, npmPins, type Variant, wheelPins } from './setup-tensorflow/pins.ts'
import { hasNvidia, lookForTools } from './setup-tensorflow/requirements.ts'

const usage = `Makes the device "tensorflow" work: TensorFlow's own library, with CUDA where there is a GPU.

  npm run setup:tensorflow -- [options]

  --cpu, --cuda     for the processor, or for an NVIDIA GPU, whatever is here
  --build           do not try the package's own download; build its addon at once
  --again           start over

If the package loads, this says so and ends. Else it lets the package download what it wants, and if
that does not help it builds the package's addon against the library in TensorFlow's wheels. Nothing
is installed outside of the folder .tensorflow, which may be deleted. It may be interrupted, and goes
on where it was.`

const folder = tensorflowFolder()
const record = join(folder, 'variant')

async function main(): Promise<number> {
  const known = ['_', 'cpu', 'cuda', 'build', 'again', 'help']
  const unknown = Object.keys(argv).find((name) => !known.includes(name))
  if (unknown || argv._.length > 0 || (argv.cpu && argv.cuda)) {
    echo(`${unknown ? `there is no option --${unknown}` : 'that makes no sense'}\n\n${usage}`)
    return 2
  }
  if (argv.help) {
    echo(usage)
    return 0
  }
  const variant: Variant = argv.cpu ? 'cpu' : argv.cuda || hasNvidia() ? 'cuda' : 'cpu'
  if (argv.again) await rm(folder, { recursive: true, force: true })

  const first = await probe()
  if (serves(first.backend, variant) && (await isOfVariant(variant))) {
    return ready(first.backend!)
  }
  if (first.reason) echo(chalk.dim(first.reason))
  if (!argv.build && !existsSync(folder)) {
    const own = await ownDownload(variant)
    if (own) return ready(own)
  }
  await build(variant)
  const { backend, reason } = await probe()
  if (!backend) throw new SetupError(`the addon was built, but ${reason}`)
  if (hasNvidia() && variant === 'cuda' && !backend.isUsingGpuDevice) {
    throw new SetupError(
      'TensorFlow works, but does not find the GPU: its driver must be of version 525 or newer (nvidia-smi shows it), and the GPU must be visible (CUDA_VISIBLE_DEVICES)',
    )
  }
  return ready(backend)
}

async function probe(): Promise<{
  readonly backend?: TensorflowBackend
  readonly reason?: string
}> {
  try {
    return { backend: await probeTensorflow() }
  } catch (error) {
    if (!(error instanceof DeviceUnavailable)) throw error
    return { reason: error.reason }
  }
}

/** Whether a backend that loads is what was asked for, or would be slow beside it. */
function serves(backend: TensorflowBackend | undefined, variant: Variant): boolean {
  if (!backend) return false
  return variant === 'cpu' || backend.isUsingGpuDevice === true || !hasNvidia()
}

/** Whether what was set up is for the processor or the GPU, as asked; true where it came otherwise. */
async function isOfVariant(variant: Variant): Promise<boolean> {
  if (!existsSync(record)) return !argv.build
  return (await readFile(record, 'utf8')) === variant
}

function ready(backend: TensorflowBackend): number {
  echo(`${chalk.green('ready:')} ${describeTensorflow(backend, 'float32')}`)
  echo('touchstone run --device tensorflow')
  return 0
}

/** What the package does when it is installed: it downloads a library, from elsewhere than npm. */
async function ownDownload(variant: Variant): Promise<TensorflowBackend | undefined> {
  const [{ name, version }] = npmPins as readonly [(typeof npmPins)[number]]
  echo(`letting ${name} download its library`)
  const words = ['npm', 'install', '--no-save', '--no-audit', '--no-fund', '--foreground-scripts']
  const { tail } = await run([...words, `${name}@${version}`], {
    cwd: projectFolder(),
    minutes: 15,
  })
  const { backend, reason } = await probe()
  if (backend && serves(backend, variant)) return backend
  const why = backend ? 'it does not use the GPU' : reason
  echo(chalk.dim(`that did not help: ${/\b(E[A-Z]{4,}[^\n]*)/.exec(tail)?.[1] ?? why}`))
  return undefined
}

async function build(variant: Variant): Promise<void> {
  const found = await lookForTools(folder, variant)
  if ('missing' in found) {
    const lines = found.missing.map(({ what, remedy }) => `  ${what}: ${remedy}`)
    throw new SetupError(`TensorFlow cannot be built here. It needs\n${lines.join('\n')}`)
  }
  const { compiler, python } = found.tools
  const started = performance.now()
  if (existsSync(record) && !(await isOfVariant(variant))) {
    await rm(folder, { recursive: true })
  }
  await mkdir(folder, { recursive: true })
  await writeFile(record, variant)

  const packages = join(folder, layout.unfinished)
  await rm(join(folder, layout.packages), { recursive: true, force: true })
  for (const pin of npmPins) await unpackNpm(pin, join(packages, pin.name))
  await unpackNpm(headersPin, join(folder, layout.headers))
  for (const pin of wheelPins[variant]) {
    await unpackWheel(pin, join(folder, layout.library), python)
  }
  await writeFinder(folder)
  await buildAddon(folder, compiler)
  await rename(packages, join(folder, layout.packages))
  const seconds = Math.round((performance.now() - started) / 1000)
  echo(chalk.dim(`${relative('', folder)} was built in ${seconds} s`))
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  echo(`${chalk.red('not ready:')} ${error.message}`)
  process.exitCode = 1
}
