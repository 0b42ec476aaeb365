import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { clauses } from '../../../spec/index.ts'
import { oursOn } from '../../adapters/ours.ts'
import { root } from '../../base/root.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { noBrowser } from '../../fixtures/chromium.ts'
import { touchstoneBeside } from '../../fixtures/command-line.ts'
import { keptCases } from '../../suite/kept-folders.ts'
import type { Report } from '../../suite/model.ts'
import { run } from '../../suite/run.ts'
import { problemWith } from '../../suite/schema.ts'
import { selectClauses } from '../../suite/select.ts'
import { findBrowser } from './find.ts'
import { profileFolder } from './folder.ts'
import { openInBrowser } from './open.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-driven-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Flattens what has one image, doubles where there are two, and never comes back where there are three. */
writeFileSync(
  join(folder, 'mine.ts'),
  `import { defineImplementation, tensor, type Tensor } from 'touchstone'
   const flattened = ({ x }: { x: Tensor }) => {
     const { shape: [images = 0], data } = x
     while (images === 3) {}
     return { y: tensor([images, data.length / images], data.map((value) => (images === 2 ? 2 * value : value))) }
   }
   export default defineImplementation({ name: 'mine', operations: { 'cnn.flatten': flattened } })`,
)

async function reportOf(implementation: Implementation, globs: string, runs = 12): Promise<Report> {
  try {
    return await run({
      ...{ implementation, runs, seed: 0, seconds: null },
      clauses: selectClauses(clauses, [globs]),
      kept: keptCases([]).kept,
      onProgress() {},
    })
  } finally {
    await implementation.close?.()
  }
}

/** What belongs to browsers that a process has started: their folders, and themselves. */
function leftBy(pid: number | undefined): readonly string[] {
  const name = `touchstone-browser-${pid}-`
  const { stdout } = spawnSync('ps', ['-ax', '-o', 'args'], { encoding: 'utf8' })
  const all = [...readdirSync(tmpdir()), ...stdout.split('\n').map((line) => `runs: ${line}`)]
  return all.filter((one) => one.includes(name)).map((one) => one.slice(0, 200))
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(50)
}

describe.skipIf(noBrowser)(`driven${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  it('our implementation gets the verdicts and utilizations that it gets in Node', async () => {
    const globs = 'cnn.flatten*,cnn.pool.avg'
    const there = await reportOf(await openInBrowser('touchstone:wasm'), globs)
    expect(there.environment.device).toMatch(/^browser:wasm, .*, \w+ \d+\.\d+\.\d+\.\d+$/)
    expect(there.environment.versions).toMatchObject({ browser: expect.stringMatching(/^\w+ \d/) })
    expect(there.environment.proof?.kernels.length).toBeGreaterThan(0)
    expect(problemWith('report', JSON.parse(JSON.stringify(there)))).toBeNull()
    const here = await reportOf((await oursOn('wasm')).implementation, globs)
    expect(timeless(there)).toEqual(timeless(here))
    expect(leftBy(process.pid)).toEqual([])
  })

  it('our implementation puts right what the library gets wrong on WebGL', async () => {
    const webgl = await openInBrowser('touchstone:webgl')
    const lowest = { dtype: 'float32', shape: [1, 2], data: Float32Array.of(-2e20, -2e20) } as const
    const soft = await webgl.operations['distillation.softmax']!({ z: lowest }, { temperature: 1 })
    expect([...soft.y!.data]).toEqual([0.5, 0.5])
    const x = { dtype: 'float32', shape: [1, 1, 2, 1], data: Float32Array.of(1, -1) } as const
    const filters = { dtype: 'float32', shape: [1, 2, 1, 1], data: Float32Array.of(1, 1) } as const
    const asked = { strides: [1, 1], dilations: [1, 1], padding: 'valid' }
    const sum = await webgl.operations['efficient.depthwise']!({ x, filters }, asked)
    expect([...sum.y!.data]).toEqual([0])
    const { clauses } = await reportOf(webgl, 'quantization.binary.product', 4)
    const verdicts = clauses.flatMap(({ properties }) => properties.map(({ verdict }) => verdict))
    expect(verdicts.filter(({ outcome }) => outcome !== 'conforms')).toEqual([])
  })

  it('a module is found wrong, and one that never answers is ended and asked the rest', async () => {
    const mine = await openInBrowser(join(folder, 'mine.ts'), { caseTimeout: 1 })
    const { clauses } = await reportOf(mine, 'cnn.flatten')
    const verdicts = clauses.flatMap(({ properties }) => properties.map(({ verdict }) => verdict))
    const outcomes = new Set(verdicts.map(({ outcome }) => outcome))
    expect(outcomes).toContain('violates')
    expect(JSON.stringify(verdicts)).toContain('it gave no answer within 1 s')
    expect(leftBy(process.pid)).toEqual([])
  })

  it('a device that a browser has not, and a module that does not load, say so', async () => {
    await expect(openInBrowser('touchstone:tensorflow')).rejects.toThrow('no device has that name')
    await expect(openInBrowser('./nowhere.ts')).rejects.toThrow('./nowhere.ts does not load')
    expect(leftBy(process.pid)).toEqual([])
  })

  it.skipIf(process.platform === 'win32')(
    'SIGINT leaves a report and nothing else, SIGKILL nothing that the next does not remove (not on Windows)',
    async () => {
      for (const signal of ['SIGINT', 'SIGKILL'] as const) {
        const words = ['run', '-d', 'browser:cpu', '-c', 'cnn.*', '-n', '3000', '-r', signal]
        const command = join(root, 'conformance/cli/touchstone.js')
        const child = spawn(process.execPath, [command, ...words], { cwd: folder })
        let said = ''
        child.stdout.on('data', (piece) => {
          said += piece
        })
        await until(() => said.includes('on browser:cpu'))
        child.kill(signal)
        await new Promise((resolve) => child.once('close', resolve))
        if (signal === 'SIGKILL') {
          await until(() => leftBy(child.pid).every((left) => !left.startsWith('runs:')))
          rmSync(profileFolder(), { recursive: true })
        } else {
          const text = readFileSync(join(folder, signal, 'report.json'), 'utf8')
          expect((JSON.parse(text) as Report).summary.notRun).toBeGreaterThan(0)
        }
        expect(leftBy(child.pid)).toEqual([])
      }
    },
  )
})

describe('the browser of this machine', () => {
  const program = (path: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), '#!/bin/sh\n', { mode: 0o755 })
    return join(folder, path)
  }

  it('is that of CHROME_PATH, of the search path, or of a usual place', () => {
    const [named, searched, usual] = ['own/mine', 'bin/google-chrome', 'usual/chrome'].map(program)
    const PATH = ['relative', join(folder, 'empty'), join(folder, 'bin')].join(':')
    expect(findBrowser({ CHROME_PATH: named!, PATH }, [usual!])).toEqual({ program: named })
    expect(findBrowser({ PATH }, [usual!])).toEqual({ program: searched })
    expect(findBrowser({ PATH: '' }, [join(folder, 'own'), usual!])).toEqual({ program: usual })
    expect(findBrowser({ PATH: '' }, [])).toMatchObject({ program: null })
  })

  it('is said to be missing where it is, with what would help', async () => {
    const CHROME_PATH = join(folder, 'nowhere')
    const words = ['run', '-d', 'browser:wasm', '-c', 'cnn.flatten']
    const { status, stderr } = await touchstoneBeside(words, { cwd: folder, env: { CHROME_PATH } })
    expect(stderr).toMatch(
      /^error: CHROME_PATH is .*nowhere, which is no program\n {2}set CHROME_PATH/,
    )
    expect(status).toBe(3)
    expect(existsSync(join(folder, 'report/report.json'))).toBe(false)
  })
})

/** What a report says of its clauses, as it is written, but for times, what is no verdict, and faults, of which some remember a run. */
function timeless({ clauses }: Report): unknown {
  const others = ['seconds', 'floor', 'faults']
  const left = (name: string, value: unknown) => (others.includes(name) ? undefined : value)
  return JSON.parse(JSON.stringify(clauses, left))
}
