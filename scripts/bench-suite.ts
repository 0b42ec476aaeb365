import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, chalk, echo } from 'zx'
import { loadImplementation } from '../conformance/adapters/load.ts'
import { ours } from '../conformance/adapters/ours.ts'
import { root } from '../conformance/cite/sources.ts'
import { DeviceUnavailable, openDevice } from '../impl/device/device.ts'
import { offerSoftwareGpu } from '../impl/device/vulkan.ts'
import { clauses } from '../spec/index.ts'
import {
  bytesPerCase,
  machine,
  median,
  ownShare,
  propertyNamed,
  secondsFor,
  secondsOf,
} from './bench-suite/measure.ts'
import { naiveConvolution } from './bench-suite/naive.ts'

const usage = `How fast the suite is, as ratios between things that are measured in turns.

  npm run bench:suite -- [options]

  --python <program>  a Python with hypothesis, numpy and torch, to compare with; without it that
                      comparison is left out:
                        python3 -m venv venv && venv/bin/pip install hypothesis numpy torch
  --rounds <n>        how often each side takes its turn (default 5); the medians are compared
  --cases <n>         cases of the memory test (default 300000)`

const [rounds, cases] = [Number(argv.rounds ?? 5), Number(argv.cases ?? 300_000)]
const times = (x: number) => `${x.toFixed(1)} times`
const percent = (x: number) => `${(100 * x).toFixed(0)} %`
const seconds = (x: number) => `${x.toFixed(2)} s`
const rate = (x: number) => `${Math.round(x)} cases a second`

function row(what: string, figure: string, goal = '') {
  echo(`${what.padEnd(58)}${figure.padStart(12)}  ${chalk.dim(goal)}`)
}

async function convolutions() {
  const wasm = ours(await openDevice('wasm'))
  const [real, exact] = [
    propertyNamed('cnn.conv2d.forward/bounded'),
    propertyNamed('cnn.conv2d.forward/exact'),
  ]
  const rates: Record<'real' | 'exact' | 'naive' | 'python', number[]> = {
    real: [],
    exact: [],
    naive: [],
    python: [],
  }
  for (let round = -1; round < rounds; round++) {
    const count = 1500
    const found = {
      real: count / (await secondsFor(real, wasm, count, round)),
      exact: count / (await secondsFor(exact, wasm, count, round)),
      naive: count / (await naiveConvolution(count, round)),
      python: argv.python === undefined ? Number.NaN : 300 / hypothesis(300, round + 1),
    }
    // The first turn only warms up.
    if (round < 0) continue
    for (const side of ['real', 'exact', 'naive', 'python'] as const) rates[side].push(found[side])
  }
  const [ofReal, ofExact] = [median(rates.real), median(rates.exact)]
  row('convolution within derived bounds', rate(ofReal))
  row('convolution to the bit', rate(ofExact))
  for (const [other, name] of [
    ['naive', 'fast-check alone'],
    ['python', 'Hypothesis, NumPy, PyTorch'],
  ] as const) {
    if (other === 'python' && argv.python === undefined) {
      echo(`${name}: left out; see --python in the help`)
      continue
    }
    const theirs = median(rates[other])
    row(`  ${name}`, rate(theirs))
    row('    bounds, as fast as it', times(ofReal / theirs))
    row('    to the bit, as fast as it', times(ofExact / theirs))
  }
  row('own share of a warm run, bounds', percent(await ownShare(real, wasm, 4000)), '10 %')
  row('own share of a warm run, to the bit', percent(await ownShare(exact, wasm, 4000)))
  const { slope, resident } = await bytesPerCase(exact, wasm, cases)
  row(`memory kept a case, over ${cases}`, `${slope.toFixed(1)} B`, '0')
  row('memory of the process after it', `${Math.round(resident / 2 ** 20)} MiB`, '500 MiB')
}

function hypothesis(count: number, seed: number): number {
  const script = join(root, 'scripts/bench-suite/convolution.py')
  return Number(execFileSync(String(argv.python), [script, String(count), String(seed)]))
}

function commands() {
  const report = join(tmpdir(), `touchstone-bench-${process.pid}`)
  const run = (...words: readonly string[]) =>
    secondsOf('run', '--device', 'wasm', '--report', report, ...words)
  secondsOf('list')
  row('touchstone list', seconds(secondsOf('list')))
  row('touchstone show cnn.conv2d.forward', seconds(secondsOf('show', 'cnn.conv2d.forward')))
  const first = run('--clause', 'cnn.conv2d.forward', '--profile', 'quick')
  row('the smallest run, from command to report', seconds(first))
  const alone = run()
  row(`${clauses.length} clauses, cold`, seconds(alone))
  row('  a clause', seconds(alone / clauses.length), '0.25 s')
  row('  quick', percent(run('--profile', 'quick') / alone), '17 %')
}

async function protocol() {
  const program = join(root, 'conformance/adapters/fixtures/unruly.js')
  const outside = await loadImplementation(`${process.execPath} ${program} none 0 64`)
  try {
    const property = propertyNamed('cnn.conv2d.forward/exact')
    await secondsFor(property, outside, 200, 0)
    const together = 2000 / (await secondsFor(property, outside, 2000, 1))
    row('convolution over the protocol', rate(together))
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
    const property = propertyNamed('cnn.pad.zero/exact')
    await secondsFor(property, webgpu, 100, 0)
    const ratios: number[] = []
    for (let round = 0; round < rounds; round++) {
      const one = await secondsFor(property, { ...webgpu, concurrency: 1 }, 200, round)
      ratios.push(one / (await secondsFor(property, webgpu, 200, round)))
    }
    row(`zero padding on ${device.description}`.slice(0, 56), '')
    row('  many at once, as fast as one at a time', times(median(ratios)))
  } catch (error) {
    if (!(error instanceof DeviceUnavailable)) throw error
    echo(`webgpu is left out: ${error.reason}`)
  }
}

if (argv.help) echo(usage)
else {
  echo(machine())
  commands()
  await convolutions()
  await protocol()
  await graphics()
}
process.exit()
