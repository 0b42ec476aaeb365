import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it, vi } from 'vitest'
import { root } from '../base/root.ts'
import { loadImplementation } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-aside-'))
const path = join(folder, 'endless.mjs')
writeFileSync(
  path,
  `import { defineImplementation } from '${pathToFileURL(join(root, 'dist/index.js')).href}'
  let asked = 0
  export default defineImplementation({
    name: 'endless',
    operations: {
      'cnn.zeroPad': ({ x }, { padding }) => {
        if (padding[0] === -1) while (true) asked++
        if (padding[0] < 0) throw new RangeError('padding[0] is ' + padding[0])
        asked++
        return { y: { ...x, data: new Float32Array([asked]) } }
      },
    },
  })`,
)

afterAll(() => rmSync(folder, { recursive: true }))

it('asks a module for parameters out of range in a process of its own, and ends what does not end', async () => {
  const implementation = await loadImplementation(path, { caseTimeout: 1 })
  const x = { dtype: 'float32', shape: [1, 1, 1, 1], data: new Float32Array(1) } as const
  const padded = (top: number) =>
    Promise.resolve(
      implementation.operations['cnn.zeroPad']!({ x }, { padding: [top, 0, 0, 0] }),
    ).then(({ y }) => Array.from(y!.data))
  expect(await padded(0)).toEqual([1])
  await expect(padded(-2)).rejects.toThrow('padding[0] is -2')
  await expect(padded(-1)).rejects.toThrow('1 s')
  await expect(padded(-2)).rejects.toThrow('padding[0] is -2')
  expect(await padded(0)).toEqual([2])
  await implementation.close?.()
}, 60_000)

it('starts that process at once for somebody who waits, and else when it is needed', async () => {
  const begun = join(folder, 'begun')
  const counting = join(folder, 'counting.mjs')
  writeFileSync(
    counting,
    `import { appendFileSync } from 'node:fs'
    appendFileSync(${JSON.stringify(begun)}, process.pid + ' ')
    export { default } from './endless.mjs'`,
  )
  const processes = () => new Set(readFileSync(begun, 'utf8').trim().split(' ')).size
  await loadImplementation(counting, {})
  expect(processes()).toBe(1)
  const waited = await loadImplementation(counting, { soon: true })
  await vi.waitFor(() => expect(processes()).toBe(2), 60_000)
  await waited.close?.()
}, 90_000)
