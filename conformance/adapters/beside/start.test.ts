import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Implementation } from '../../engine/implementation.ts'
import { loadImplementation } from '../load.ts'
import { prepareBeside } from './start.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-beside-'))
afterAll(() => rmSync(folder, { recursive: true }))

const opened: Implementation[] = []
afterEach(async () => {
  for (const implementation of opened.splice(0)) await implementation.close?.()
})

/** A module that tells, out of range, which process it is asked in, and which version of it that has. */
async function telling(version: number): Promise<{ process: number; version: number }> {
  const file = join(folder, 'telling.ts')
  writeFileSync(
    file,
    `import { defineImplementation } from 'touchstone'
    const told: string = JSON.stringify({ process: process.pid, version: ${version} })
    export default defineImplementation({
      name: 'telling',
      operations: { 'cnn.zeroPad': () => { throw new RangeError(told) } },
    })`,
  )
  const implementation = await loadImplementation(file, { fresh: true, soon: true })
  opened.push(implementation)
  const x = { dtype: 'float32', shape: [1, 1, 1, 1], data: new Float32Array(1) } as const
  const asked = implementation.operations['cnn.zeroPad']!({ x }, { padding: [-1, 0, 0, 0] })
  const refusal = await Promise.resolve(asked).then(
    () => new Error('it answered'),
    (error: Error) => error,
  )
  return JSON.parse(refusal.message)
}

/** The programs beside this process that there are. */
function beside(): readonly number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  return lines.split('\n').flatMap((line) => {
    const [pid, parent, ...words] = line.trim().split(/\s+/)
    const isOne = Number(parent) === process.pid && words.join(' ').endsWith('dist/beside.js')
    return isOne ? [Number(pid)] : []
  })
}

/** Those that have begun since it was known that there are some; other tests may have left theirs. */
const begunSince = (known: readonly number[]) => beside().filter((pid) => !known.includes(pid))

// What another test had prepared in this process, if any, is taken.
beforeEach(async () => {
  await telling(0)
}, 60_000)

it('answers in the process that was prepared, once, and each time of what is in the files then', async () => {
  const known = beside()
  prepareBeside()
  prepareBeside()
  const prepared = begunSince(known)
  expect(prepared).toHaveLength(1)
  expect(await telling(1)).toEqual({ process: prepared[0], version: 1 })
  prepareBeside()
  const next = begunSince([...known, ...prepared])
  expect(next).toHaveLength(1)
  expect(await telling(2)).toEqual({ process: next[0], version: 2 })
  const unprepared = await telling(3)
  expect(unprepared.version).toBe(3)
  expect([...prepared, ...next, process.pid]).not.toContain(unprepared.process)
}, 60_000)

it('takes another one where the process that was prepared has gone', async () => {
  const known = beside()
  prepareBeside()
  const [prepared] = begunSince(known)
  process.kill(prepared!, 'SIGKILL')
  await vi.waitFor(() => expect(begunSince(known)).toEqual([]), 10_000)
  const told = await telling(1)
  expect([prepared, process.pid]).not.toContain(told.process)
}, 60_000)
