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
import { pathToFileURL } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { root } from '../conformance/base/root.ts'

const { place } = (await import(pathToFileURL(join(root, 'scripts/place.js')).href)) as {
  place(fresh: string, folder: string, sources: string, now?: number): void
}

const folder = mkdtempSync(join(tmpdir(), 'touchstone-place-'))
afterAll(() => rmSync(folder, { recursive: true }))
const dist = join(folder, 'dist')
const hour = 3600 * 1000
const begin = Date.now()

/** Puts a build of one chunk in place, some hours after the first. */
function build(name: string, after: number) {
  const fresh = join(folder, name)
  mkdirSync(join(fresh, 'chunks'), { recursive: true })
  writeFileSync(join(fresh, 'chunks', `${name}.js`), name)
  writeFileSync(join(fresh, 'touchstone.js'), `import './chunks/${name}.js'`)
  place(fresh, dist, name, begin + after * hour)
}

it('a build leaves the chunks of the ones before it until a day after they were replaced', () => {
  build('one', 0)
  // It is replaced after two days, however old it is by then.
  build('two', 48)
  expect(readFileSync(join(dist, 'touchstone.js'), 'utf8')).toContain('two')
  expect(readdirSync(join(dist, 'chunks'))).toEqual(['one.js', 'two.js'])
  build('three', 71)
  expect(existsSync(join(dist, 'chunks/one.js'))).toBe(true)
  build('four', 73)
  expect(readdirSync(join(dist, 'chunks')).toSorted()).toEqual(['four.js', 'three.js', 'two.js'])
  expect(JSON.parse(readFileSync(join(dist, 'built.json'), 'utf8'))).toEqual({
    sources: 'four',
    chunks: ['four.js'],
  })
})
