import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, echo } from 'zx'
import { loadImplementation } from '../conformance/adapters/load.ts'
import { ours } from '../conformance/adapters/ours.ts'
import { root } from '../conformance/base/root.ts'
import { DeviceUnavailable, openDevice } from '../impl/device/device.ts'
import { offerSoftwareGpu } from '../impl/device/vulkan.ts'
import { clauses } from '../spec/index.ts'
import {
  bytesPerCase,
  machine,
  median,
  ownShare,
  productsPerCase,
  propertyNamed,
  secondsFor,
  secondsOf,
  secondsToRunAgain,
  secondsToVerdict,
} from './bench-suite/measure.ts'
import { naiveConvolution } from './bench-suite/naive.ts'

const usage = `How fast the suite is, as ratios between things that are measured in turns.

  npm run bench:suite -- [options]

  --python <program>  a Python with hypothesis, numpy and torch, to compare with; without it that
                      comparison is left out:
                        python3 -m venv venv && venv/bin/pip install hypothesis numpy torch
  --rounds <n>        how often each side takes its turn (default 3); the medians are compared
  --cases <n>         cases of the memory test (default 300000)`

const [rounds, cases] = [Number(argv.rounds ?? 3), Number(argv.cases ?? 300_000)]
const times = (x: number) => `${x.toFixed(1)} ×`
const percent = (x: number) => `${(100 * x).toFixed(0)} %`
const seconds = (x: number) => `${x.toFixed(2)} s`

/** A line of the table; without a target it only informs. */
function row(what: string, measured: string, target = '', met?: boolean) {
  const verdict = met === undefined ? '' : met ? 'yes' : 'no'
  echo(
    `| ${what.padEnd(66)} | ${target.padEnd(8)} | ${measured.padStart(9)} | ${verdict.padEnd(3)} |`,
  )
}
const least = (what: string, ratio: number, target: number) =>
  row(what, times(ratio), `≥ ${target} ×`, ratio >= target)
const most = (what: string, x: number, target: number, show: (x: number) => string) =>
  row(what, show(x), `≤ ${show(target)}`, x <= target)

async function convolutions() {
  const wasm = ours(await openDevice('wasm'))
  const [real, exact] = [
    propertyNamed('cnn.conv2d.forward/bounded'),
    propertyNamed('cnn.conv2d.forward/exact'),
  ]
  const sides = ['bounds', 'bit', 'loops', 'mathjs', 'process', 'python'] as const
  const taken = Object.fromEntries(sides.map((side) => [side, [] as number[]])) as Record<
    (typeof sides)[number],
    number[]
  >
  const products: number[] = []
  const count = 2000
  await secondsFor(real, wasm, count, 0)
  await secondsFor(exact, wasm, count, 0)
  for (let round = 1; round <= rounds; round++) {
    taken.bounds.push((await secondsFor(real, wasm, count, round)) / count)
    taken.bit.push((await secondsFor(exact, wasm, count, round)) / count)
    const loops = naiveConvolution(count, 'loops')
    taken.loops.push(loops.warm / count)
    taken.process.push(loops.cold / count)
    products.push(loops.products)
    taken.mathjs.push(naiveConvolution(count, 'mathjs').warm / count)
    if (argv.python !== undefined) taken.python.push(hypothesis(300, round) / 300)
  }
  const cost = Object.fromEntries(sides.map((side) => [side, median(taken[side])])) as Record<
    (typeof sides)[number],
    number
  >
  for (const [side, name] of [
    ['bit', 'to the bit'],
    ['bounds', 'within bounds'],
  ] as const) {
    const per = cost[side]
    row(`convolution ${name}, cases a second, warm`, String(Math.round(1 / per)))
    least('  ours warm, as fast as the whole process of Vitest, fast-check', cost.process / per, 4)
    least('  both warm, the reference of Vitest, fast-check with mathjs', cost.mathjs / per, 4)
    least('  both warm, the reference of Vitest, fast-check in loops', cost.loops / per, 4)
    const larger = productsPerCase(exact, count) / median(products)
    row('  the same, products a second instead of cases', times((cost.loops / per) * larger))
    if (argv.python !== undefined) {
      least('  as fast as Hypothesis, NumPy and PyTorch', cost.python / per, 50)
    }
    const property = side === 'bit' ? exact : real
    const share = await ownShare(property, wasm, 4000)
    most('  the share that is neither reference nor implementation', share, 0.1, percent)
  }
  const of = productsPerCase(exact, count)
  row(
    'products in a case, ours and that of fast-check',
    `${of.toFixed(0)}, ${median(products).toFixed(0)}`,
  )
  const { slope, resident } = await bytesPerCase(exact, wasm, cases)
  row(`memory kept a case, over ${cases}`, `${slope.toFixed(1)} B`)
  const mebibytes = (x: number) => `${Math.round(x)} MiB`
  most('memory of the process after it', resident / 2 ** 20, 500, mebibytes)
}

function hypothesis(count: number, seed: number): number {
  const script = join(root, 'scripts/bench-suite/convolution.py')
  return Number(execFileSync(String(argv.python), [script, String(count), String(seed)]))
}

async function commands() {
  const report = join(tmpdir(), `touchstone-bench-${process.pid}`)
  const run = (...words: readonly string[]) =>
    secondsOf('run', '--device', 'wasm', '--report', report, ...words)
  secondsOf('list')
  most('touchstone list', secondsOf('list'), 0.3, seconds)
  most('touchstone show cnn.conv2d.forward', secondsOf('show', 'cnn.conv2d.forward'), 0.3, seconds)
  const smallest = ['--clause', 'cnn.conv2d.forward', '--profile', 'quick']
  const wasm = ['run', '--device', 'wasm', '--report', report]
  const starts: number[] = []
  for (let i = 0; i < 5; i++) starts.push(await secondsToVerdict(...wasm, ...smallest))
  const first = median(starts)
  most('from command to the first verdict on a clause', first, 0.5, seconds)
  row('  and to the report', seconds(run(...smallest)))
  await onOneKernel(report)
  const alone = run()
  row(`${clauses.length} clauses, cold`, seconds(alone))
  most('  a clause', alone / clauses.length, 0.25, seconds)
  most('  quick, as a share of it', run('--profile', 'quick') / alone, 1 / 6, percent)
}

/** What somebody waits for who works on one kernel, a module in TypeScript. */
async function onOneKernel(report: string) {
  const skeleton = join(root, 'conformance/adapters/skeletons/typescript/implementation.ts')
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-bench-'))
  const file = join(folder, 'mine.ts')
  copyFileSync(skeleton, file)
  const words = ['--clause', 'cnn.conv2d.forward', '--report', report]
  const again = () => secondsOf('run', '-i', file, '-n', '16', '--cached', ...words)
  again()
  const cached = median([again(), again(), again()])
  most('one clause of a module, faults noticed before, to the report', cached, 0.6, seconds)
  const reruns = await secondsToRunAgain(file, 5, ...words)
  most('  watched, from a change to the report', median(reruns), 0.3, seconds)
  rmSync(folder, { recursive: true })
}

async function protocol() {
  const program = join(root, 'conformance/fixtures/unruly.js')
  const outside = await loadImplementation(`${process.execPath} ${program} none 0 64`)
  try {
    const property = propertyNamed('cnn.conv2d.forward/exact')
    await secondsFor(property, outside, 200, 0)
    const together = 2000 / (await secondsFor(property, outside, 2000, 1))
    row('convolution over the protocol, cases a second', String(Math.round(together)))
    const alone = { ...outside, concurrency: 1 }
    const one = 500 / (await secondsFor(property, alone, 500, 1))
    row('  as fast as one question at a time', times(together / one))
  } finally {
    await outside.close?.()
  }
}

async function graphics() {
  offerSoftwareGpu()
  try {
    const device = await openDevice('webgpu')
    const webgpu = ours(device)
    echo(`webgpu: ${device.description}`)
    for (const [what, id] of [
      ['activations', 'cnn.activation.elementwise/exact'],
      ['zero padding', 'cnn.pad.zero/exact'],
    ] as const) {
      const property = propertyNamed(id)
      // All shaders are compiled before.
      await secondsFor(property, webgpu, 400, 0)
      const ratios: number[] = []
      for (let round = 0; round < rounds; round++) {
        const one = await secondsFor(property, { ...webgpu, concurrency: 1 }, 400, round)
        ratios.push(one / (await secondsFor(property, webgpu, 400, round)))
      }
      least(`  ${what}, many at once, as fast as one at a time`, median(ratios), 10)
    }
  } catch (error) {
    if (!(error instanceof DeviceUnavailable)) throw error
    echo(`webgpu is left out: ${error.reason}`)
  }
}

if (argv.help) echo(usage)
else {
  echo(`${machine()}\n`)
  echo(`| ${'what'.padEnd(66)} | target   |  measured | met |`)
  echo(`| ${'-'.repeat(66)} | -------- | --------: | --- |`)
  await commands()
  await convolutions()
  await protocol()
  await graphics()
}
process.exit()
