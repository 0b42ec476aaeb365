import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { setupFolder } from '../../impl/device/packages.ts'
import { command, userFolder } from '../fixtures/user-folder.ts'

const { folder, touchstone, reportIn } = userFolder()
const seed = '4104'
const cache = join(setupFolder(), 'cache')
const stored = () =>
  existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith(`faults-${seed}-`)) : []
const forget = () => {
  for (const name of stored()) rmSync(join(cache, name))
}
afterAll(forget)

const clause = ['--clause', 'cnn.flatten', '--runs', '5', '--seed', seed]

/** Flattening, which a wrong sign spoils. */
const kernel = `
  import { defineImplementation, tensor } from 'touchstone'
  import { sign } from './parts/sign.ts'
  export default defineImplementation({
    name: 'mine',
    operations: {
      'cnn.flatten': ({ x }) => {
        if (x.shape.length !== 4) throw new RangeError('x has four axes')
        const [N, ...rest] = x.shape
        const size = rest.reduce((a, b) => a * b, 1)
        return { y: tensor([N, size], x.data.map((value) => sign * value)) }
      },
    },
  })`

it('a run is repeated when a file changes, whatever was wrong with it, until it is told to end', async () => {
  const [file, part] = [join(folder, 'mine.ts'), join(folder, 'parts/sign.ts')]
  mkdirSync(join(folder, 'parts'))
  writeFileSync(file, kernel)
  writeFileSync(part, 'export const sign = {')
  const words = [command, 'watch', '-i', './mine.ts', ...clause]
  const child = spawn(process.execPath, words, { cwd: folder, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  /** What is said until it waits again. */
  const waiting = async () => {
    for (;;) {
      const end = text.match(/waiting for a change of .*\n/)
      if (end !== null) {
        const said = text.slice(0, end.index)
        text = text.slice(end.index! + end[0].length)
        return said
      }
      const [chunk] = await once(child.stdout, 'data')
      text += chunk
    }
  }
  /** What is said of a change; a file may be seen when it is there and still empty, which is another. */
  const saying = async (words: string) => {
    for (;;) {
      const said = await waiting()
      if (said.includes(words)) return said
    }
  }
  await saying('does not load')
  writeFileSync(part, 'export const sign = 1')
  const first = await saying('1 of 1 conform')
  expect(first).not.toContain('are not tried again')
  writeFileSync(part, 'export const sign = -1')
  const second = await saying('0 of 1 conform')
  expect(second).toContain('are not tried again')
  writeFileSync(file, 'export default {')
  await saying('does not load')
  // As editors do.
  writeFileSync(`${file}~`, kernel.replace('sign *', '-sign *'))
  renameSync(`${file}~`, file)
  await saying('1 of 1 conform')
  const over = once(child, 'exit')
  child.kill('SIGINT')
  await over
}, 120_000)

it('faults are taken from an earlier run only of the same code, as it left them', async () => {
  const faults = () =>
    reportIn('report').clauses.flatMap(({ properties }) => properties.flatMap((it) => it.faults))
  const run = async (...words: readonly string[]) => {
    const { out } = await touchstone('run', '-d', 'cpu', ...clause, ...words)
    return out.includes('are not tried again')
  }
  forget()
  expect(await run('--cached')).toBe(false)
  const found = faults()
  expect(found.length).toBeGreaterThan(0)

  const file = join(cache, stored()[0]!)
  // What nobody could have found shows where it comes from.
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/"cases":\d+/g, '"cases":77'))
  expect(await run('--cached')).toBe(true)
  expect(faults()).toEqual(found.map((kill) => ({ ...kill, cases: 77 })))

  expect(await run()).toBe(false)
  expect(faults()).toEqual(found)
  // A fault of another name, or one less, is not what this code has.
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/"name":"/g, '"name":"other '))
  await run('--cached')
  expect(faults()).toEqual(found)
  writeFileSync(file, '[[')
  expect(await run('--cached')).toBe(false)
})
