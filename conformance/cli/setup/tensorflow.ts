import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { probeTensorflow } from '../../../impl/device/doctor.ts'
import { DeviceUnavailable } from '../../../impl/device/errors.ts'
import { setupFolder } from '../../../impl/device/packages.ts'
import { describeTensorflow, type TensorflowBackend } from '../../../impl/device/tensorflow.ts'
import { UnrunnableError } from '../../base/errors.ts'
import { buildAddon, layout, writeFinder } from './addon.ts'
import { run, say } from './command.ts'
import { unpackNpm, unpackWheel } from './download.ts'
import { headersPin, npmPins, type Variant, wheelPins } from './pins.ts'
import { hasNvidia, lookForTools } from './requirements.ts'
import { shareTfjs } from './share.ts'

export interface TensorflowChoice {
  /** For the processor or for an NVIDIA GPU, whatever is here. */
  readonly variant?: Variant
  /** Do not try the package's own download; build its addon at once. */
  readonly build?: boolean
}

const folder = setupFolder('tensorflow')
const record = join(folder, 'variant')

/**
 * Makes the device "tensorflow" work: TensorFlow's own library, with CUDA where there is a GPU.
 *
 * If the package loads, this says so and ends. Else it lets the package download what it wants, and
 * if that does not help it builds the package's addon against the library in TensorFlow's wheels. It
 * may be interrupted, and goes on where it was.
 *
 * @throws {UnrunnableError} something that it needs is missing, or what came does not work
 */
export async function setUpTensorflow(choice: TensorflowChoice): Promise<void> {
  const { variant = hasNvidia() ? 'cuda' : 'cpu', build: buildAtOnce = false } = choice
  await shareTfjs(folder)
  const first = await probe()
  if (serves(first.backend, variant) && (await isOfVariant(variant, buildAtOnce))) {
    return ready(first.backend!)
  }
  if (first.reason) say(first.reason)
  if (!buildAtOnce && !existsSync(folder)) {
    const own = await ownDownload(variant)
    if (own) return ready(own)
  }
  await build(variant)
  const { backend, reason } = await probe()
  if (!backend) throw new UnrunnableError(`the addon was built, but ${reason}`)
  if (hasNvidia() && variant === 'cuda' && !backend.isUsingGpuDevice) {
    throw new UnrunnableError('TensorFlow works, but does not find the GPU', [
      'its driver must be of version 525 or newer (nvidia-smi shows it),',
      'and the GPU must be visible (CUDA_VISIBLE_DEVICES)',
    ])
  }
  ready(backend)
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

/** Whether what was built is for the processor or the GPU, as asked; where nothing was, whether it may come otherwise. */
async function isOfVariant(variant: Variant, buildAtOnce: boolean): Promise<boolean> {
  if (!existsSync(record)) return !buildAtOnce
  return (await readFile(record, 'utf8')) === variant
}

function ready(backend: TensorflowBackend): void {
  say(`ready: ${describeTensorflow(backend, 'float32')}`)
  say('npx touchstone run --device tensorflow')
}

/** What the package does when it is installed: it downloads a library, from elsewhere than npm. */
async function ownDownload(variant: Variant): Promise<TensorflowBackend | undefined> {
  const [{ name, version }] = npmPins as readonly [(typeof npmPins)[number]]
  say(`letting ${name} download its library`)
  await mkdir(folder, { recursive: true })
  const words = ['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund']
  const { tail } = await run([...words, '--foreground-scripts', `${name}@${version}`], {
    cwd: folder,
    minutes: 15,
  })
  await shareTfjs(folder)
  const { backend, reason } = await probe()
  if (backend && serves(backend, variant)) return backend
  const why = backend ? 'it does not use the GPU' : reason
  say(`that did not help: ${/\b(E[A-Z]{4,}[^\n]*)/.exec(tail)?.[1] ?? why}`)
  await rm(folder, { recursive: true, force: true })
  return undefined
}

async function build(variant: Variant): Promise<void> {
  const found = await lookForTools(folder, variant)
  if ('missing' in found) {
    const lines = found.missing.map(({ what, remedy }) => `${what}: ${remedy}`)
    throw new UnrunnableError('TensorFlow cannot be built here; it needs', lines)
  }
  const { compiler, python } = found.tools
  const started = performance.now()
  if (existsSync(record) && !(await isOfVariant(variant, true))) {
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
  await shareTfjs(folder)
  const seconds = Math.round((performance.now() - started) / 1000)
  say(`${relative('', folder)} was built in ${seconds} s`)
}
