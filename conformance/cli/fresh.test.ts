import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { root } from '../base/root.ts'

const { digestOfSources, isStale } = (await import(
  pathToFileURL(join(root, 'conformance/cli/fresh.js')).href
)) as {
  isStale(root: string): boolean
  digestOfSources(root: string): string
}

const folder = mkdtempSync(join(tmpdir(), 'touchstone-fresh-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Writes a file at a minute. */
function put(file: string, minute: number, text = '') {
  const path = join(folder, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  utimesSync(path, minute * 60, minute * 60)
}

beforeEach(() => {
  rmSync(folder, { recursive: true })
  for (const tree of ['spec', 'reference', 'impl', 'conformance/report', 'scripts/citations']) {
    put(`${tree}/old.ts`, 1)
  }
  put('tsconfig.json', 1)
  build()
})

it('what was built of the sources is fresh, whenever they were written', () => {
  put('spec/old.ts', 3)
  expect(isStale(folder)).toBe(false)
})

it('what was never built is stale', () => {
  rmSync(join(folder, 'dist'), { recursive: true })
  expect(isStale(folder)).toBe(true)
})

it.each([
  'spec/cnn/new.ts',
  'conformance/report/page.tsx',
  'conformance/suite/report.schema.json',
  'scripts/citations/index.ts',
])('a new %s makes it stale', (file) => {
  put(file, 1)
  expect(isStale(folder)).toBe(true)
})

it.each(['spec/cnn/new.test.ts', 'conformance/adapters/python/touchstone.py', 'scripts/tree/x.ts'])(
  'a new %s, which is not built in, does not',
  (file) => {
    put(file, 3)
    expect(isStale(folder)).toBe(false)
  },
)

/** Leaves what a build of the sources as they are now would. */
function build() {
  put('dist/touchstone.js', 2)
  const built = { sources: digestOfSources(folder), chunks: [] }
  writeFileSync(join(folder, 'dist/built.json'), JSON.stringify(built))
}

it('sources that were not touched since are not read again', () => {
  put('spec/old.ts', 1, 'one')
  build()
  expect(isStale(folder)).toBe(false)
  // Of the same time and length: only who reads it sees that it is another.
  put('spec/old.ts', 1, 'two')
  expect(isStale(folder)).toBe(false)
  put('spec/old.ts', 3, 'two')
  expect(isStale(folder)).toBe(true)
})

it.each(['spec/old.ts', 'package.json', 'spec/added.ts'])(
  '%s with other contents makes it stale, as often as is asked, and when it is older than what was built',
  (file) => {
    expect(isStale(folder)).toBe(false)
    put(file, 1, 'other')
    expect([isStale(folder), isStale(folder)]).toEqual([true, true])
  },
)

it('a source that is gone makes it stale', () => {
  expect(isStale(folder)).toBe(false)
  rmSync(join(folder, 'impl/old.ts'))
  expect(isStale(folder)).toBe(true)
})

it('what is installed is fresh, whichever of its files was unpacked last', () => {
  rmSync(join(folder, 'tsconfig.json'))
  put('spec/cnn/new.ts', 3)
  expect(isStale(folder)).toBe(false)
})

it('what is built checks messages by code that is compiled already', () => {
  const built = JSON.parse(readFileSync(join(root, 'dist/built.json'), 'utf8'))
  const chunks: string[] = built.chunks.filter((name: string) => name.endsWith('.js'))
  const text = chunks.map((name) => readFileSync(join(root, 'dist/chunks', name), 'utf8')).join('')
  expect(text).toContain('// conformance/protocol/validators.browser.ts')
  expect(text).not.toContain('// conformance/protocol/validators.ts')
})
