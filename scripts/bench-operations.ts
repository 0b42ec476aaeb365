import { writeFileSync } from 'node:fs'
import { argv, chalk, echo, which } from 'zx'
import { loadRuntime, SETUP_ONNXRUNTIME } from '../conformance/adapters/libraries/onnxruntime.ts'
import { pythonWith } from '../conformance/adapters/libraries/python.ts'
import { messageOf } from '../conformance/base/message.ts'
import { type Device, DeviceUnavailable, openDevice, useDevice } from '../impl/device/device.ts'
import { type DeviceName, deviceNames } from '../impl/device/name.ts'
import { offerSoftwareGpu } from '../impl/device/vulkan.ts'
import {
  measureOn,
  measureOnnx,
  measurePeak,
  measurePython,
  measureReference,
  type OnnxRuntime,
  profileOf,
} from './bench-operations/measure.ts'
import { Python, type Started } from './bench-operations/python.ts'
import type { Subject } from './bench-operations/subject.ts'
import { subjects } from './bench-operations/subjects.ts'

const usage = `Measures the fast operations at real sizes, beside the reference and other libraries.

  npm run bench -- [options]

  --device <names>     such as tensorflow,wasm; those that are there unless told otherwise
  --operation <text>   only operations whose id contains it
  --seconds <s>        time for each figure (default 0.5)
  --profile            in which kernels the time goes, on devices whose calls return when they are done
  --python <command>   the Python that has PyTorch and NumPy, unless that of touchstone setup python
  --json <file>        the figures as JSON too

The column peak is the share of the most multiply-adds a second that a library reaches in this run, in a
product of matrices of 1024 × 1024. A figure such as 3.1x says that ours takes 1/3.1 of the other's time.
All come from one run. The reference is measured at a small size and scaled by the multiply-adds. ONNX
Runtime is measured where onnxruntime-node is installed, PyTorch and NumPy where Python has both, Flower
where it has that, too; PyTorch uses a GPU of NVIDIA where there is one, once in float32 and once with TF32.
The library alone is TensorFlow.js on the same device, in the one call that a user writes.`

interface Row {
  readonly operation: string
  readonly device: string
  readonly milliseconds: number | null
  readonly multiplyAddsPerSecond: number | null
  /** Of the most that anything reached in this run. */
  readonly shareOfPeak: number | null
  readonly reference: number | null
  readonly bare: number | null
  readonly onnx: number | null
  readonly torch: number | null
  /** PyTorch on a GPU whose factors may be rounded to TF32. */
  readonly tf32: number | null
  readonly numpy: number | null
  readonly flower: number | null
}

const columns = [34, 12, 11, 9, 8, 11, 10, 9, 9, 9, 9, 9] as const
const line = (cells: readonly string[]) =>
  cells
    .map((cell, i) => (i < 2 ? cell.padEnd(columns[i]!) : cell.padStart(columns[i]!)))
    .join('')
    .trimEnd()
const ratio = (value: number | null) =>
  value === null ? '' : `${value >= 100 ? Math.round(value) : value.toPrecision(2)}x`
const show = (row: Row) =>
  line([
    row.operation,
    row.device,
    row.milliseconds === null ? 'refused' : `${row.milliseconds.toPrecision(3)} ms`,
    row.multiplyAddsPerSecond === null ? '' : (row.multiplyAddsPerSecond / 1e9).toPrecision(3),
    row.shareOfPeak === null ? '' : `${Math.round(100 * row.shareOfPeak)} %`,
    ratio(row.reference),
    ratio(row.bare),
    ratio(row.onnx),
    ratio(row.torch),
    ratio(row.tf32),
    ratio(row.numpy),
    ratio(row.flower),
  ])

/** A call on a GPU returns before it is computed. */
const computesAtOnce = ({ name }: Device) => name !== 'webgpu' && name !== 'webgl'

function showProfile(subject: Subject, steps: number, seconds: number): void {
  const { whole, parts } = profileOf(subject, seconds)
  const cells = (ms: number) =>
    `${(ms / steps).toPrecision(2).padStart(9)} ms ${`${Math.round((100 * ms) / whole)} %`.padStart(6)}`
  for (const { kernel, milliseconds, calls } of parts) {
    if (milliseconds < 0.02 * whole) continue
    echo(chalk.dim(`  ${cells(milliseconds)}  ${kernel}, ${Math.round(calls)} times a call`))
  }
  const inKernels = parts.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  echo(chalk.dim(`  ${cells(whole - inKernels)}  outside of kernels`))
}

async function openAll(names: readonly DeviceName[], required: boolean): Promise<Device[]> {
  const devices: Device[] = []
  for (const name of names) {
    try {
      if (name === 'webgpu') offerSoftwareGpu()
      devices.push(await openDevice(name))
    } catch (error) {
      if (required || !(error instanceof DeviceUnavailable)) throw error
      echo(chalk.dim(`${name} is left out: ${error.reason}`))
    }
  }
  return devices
}

function onnxRuntime(): OnnxRuntime | undefined {
  try {
    return loadRuntime().runtime as unknown as OnnxRuntime
  } catch (error) {
    echo(chalk.dim(`ONNX Runtime is left out: ${messageOf(error)}; ${SETUP_ONNXRUNTIME} brings it`))
    return undefined
  }
}

async function startPython(command: string) {
  const found = await which(command, { nothrow: true })
  const started = found ? await Python.start(found) : undefined
  if (!started) echo(chalk.dim(`PyTorch and NumPy are left out: ${command} does not have both`))
  return started
}

async function measure(
  subject: Subject,
  devices: readonly Device[],
  seconds: number,
  runtime: OnnxRuntime | undefined,
  started: Started | undefined,
  peak: number | undefined,
  profiled: boolean,
): Promise<readonly Row[]> {
  const python = started?.python
  const reference = measureReference(subject)
  const onnx = await measureOnnx(subject, runtime, seconds)
  const torch = await measurePython(subject, 'torch', python, seconds)
  const tf32 = started?.gpu
    ? await measurePython(subject, 'torch', python, seconds, true)
    : undefined
  const numpy = await measurePython(subject, 'numpy', python, seconds)
  const flower = await measurePython(subject, 'flower', python, seconds)
  const rows: Row[] = []
  for (const device of devices) {
    await useDevice(device)
    const { ours, bare } = await measureOn(subject, device, seconds)
    const { label = subject.operation.id, steps = 1 } = subject.others
    const faster = (other: number | undefined) => (ours && other ? other / ours : null)
    const rate = ours ? (subject.work(subject.sizes) / ours) * 1000 : null
    const row: Row = {
      operation: steps > 1 ? `${label}, a step` : label,
      device: device.name,
      milliseconds: ours === undefined ? null : ours / steps,
      multiplyAddsPerSecond: rate,
      shareOfPeak: rate !== null && peak !== undefined ? rate / peak : null,
      reference: faster(reference),
      bare: faster(bare),
      onnx: faster(onnx),
      torch: faster(torch),
      tf32: faster(tf32),
      numpy: faster(numpy),
      flower: faster(flower),
    }
    echo(show(row))
    if (profiled && computesAtOnce(device)) showProfile(subject, steps, seconds)
    rows.push(row)
  }
  return rows
}

async function main(): Promise<number> {
  if (argv.help) {
    echo(usage)
    return 0
  }
  const known = ['_', 'device', 'operation', 'seconds', 'python', 'profile', 'json', 'help']
  const unknown = Object.keys(argv).find((name) => !known.includes(name))
  const asked = argv.device === undefined ? [] : (String(argv.device).split(',') as DeviceName[])
  const strange = asked.find((name) => !deviceNames.includes(name))
  const chosen = subjects.filter(({ operation }) =>
    operation.id.includes(String(argv.operation ?? '')),
  )
  const seconds = Number(argv.seconds ?? 0.5)
  if (unknown || strange || chosen.length === 0 || !(seconds > 0)) {
    echo(
      `${unknown ? `there is no option --${unknown}` : 'nothing can be measured so'}\n\n${usage}`,
    )
    return 2
  }
  const devices = await openAll(asked.length > 0 ? asked : deviceNames, asked.length > 0)
  const runtime = onnxRuntime()
  const started = await startPython(String(argv.python ?? pythonWith('torch') ?? 'python3'))
  for (const { description } of devices) echo(description)
  if (started) echo(started.name)
  const titles = [
    'operation',
    'device',
    'ours',
    'GMAC/s',
    'peak',
    'reference',
    'library',
    'ONNX',
    'PyTorch',
    'TF32',
    'NumPy',
    'Flower',
  ]
  const peak = await measurePeak(runtime, started?.python, seconds)
  if (peak) {
    const rate = (peak.multiplyAddsPerSecond / 1e9).toPrecision(3)
    echo(`at most ${rate} GMAC/s, in a product of matrices of 1024 × 1024 by ${peak.by}`)
  }
  echo(chalk.bold(`\n${line(titles)}`))
  const rows: Row[] = []
  for (const subject of chosen) {
    rows.push(
      ...(await measure(
        subject,
        devices,
        seconds,
        runtime,
        started,
        peak?.multiplyAddsPerSecond,
        argv.profile !== undefined,
      )),
    )
  }
  started?.python.stop()
  if (argv.json) {
    const about = {
      devices: devices.map(({ description }) => description),
      python: started?.name,
      peak,
    }
    writeFileSync(String(argv.json), `${JSON.stringify({ ...about, rows }, null, 2)}\n`)
  }
  for (const device of devices) await device.close()
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof DeviceUnavailable)) throw error
  echo(error.message)
  process.exitCode = 2
}
