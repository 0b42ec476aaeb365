import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { addKills, digestOf, type Kills, type KillsKey, keyOf } from './kills.ts'

const program = mkdtempSync(join(tmpdir(), 'touchstone-kills-'))
afterAll(() => rmSync(program, { recursive: true }))
mkdirSync(join(program, 'chunks'))
const file = (name: string, text: string) => writeFileSync(join(program, name), text)

const key: KillsKey = {
  program,
  build: 'sources',
  running: 'run-A.js',
  node: ['v20.19.0', 'linux', 'x64'],
  packages: { 'pure-rand': '8.4.2' },
  seed: 0,
}

it('the digest of a key differs where any part of it does, and where any file of code does', () => {
  const digests: string[] = []
  const note = (other: Partial<KillsKey> = {}) => digests.push(digestOf({ ...key, ...other }))
  file('touchstone.js', 'a')
  file('chunks/run-A.js', 'b')
  note()
  note({ running: 'run-B.js' })
  note({ build: 'other sources' })
  note({ build: null })
  note({ node: ['v20.19.1', 'linux', 'x64'] })
  note({ packages: { 'pure-rand': '8.4.3' } })
  note({ seed: 1 })
  file('touchstone.js', 'c')
  note()
  file('chunks/run-A.js', 'd')
  note()
  file('chunks/more.js', '')
  note()
  file('built.json', JSON.stringify({ chunks: ['run-A.js'] }))
  file('touchstone.js', 'e')
  note()
  file('chunks/run-A.js', 'f')
  note()
  // Listed, it counts again.
  file('built.json', JSON.stringify({ chunks: ['run-A.js', 'more.js'] }))
  note()
  file('chunks/more.js', 'g')
  note()
  expect(new Set(digests).size).toBe(digests.length)
  expect(digestOf(key)).toBe(digests.at(-1))
})

it('what an earlier build left in the folder does not change the digest', () => {
  file('built.json', JSON.stringify({ chunks: ['run-A.js'] }))
  const before = digestOf(key)
  file('chunks/run-of-before.js', 'h')
  expect(digestOf(key)).toBe(before)
})

it('the key of a process has its version of Node, its options, and the packages that draw cases', () => {
  const { node, packages, seed } = keyOf(3)
  expect(node).toEqual(
    expect.arrayContaining([process.version, process.arch, process.platform, ...process.execArgv]),
  )
  expect(packages['fast-check']).toMatch(/^\d+\.\d+\.\d+/)
  expect(packages['pure-rand']).toMatch(/^\d+\.\d+\.\d+/)
  expect(seed).toBe(3)
})

it('only faults that were all noticed are kept', () => {
  const kills: Kills = new Map()
  const noticed = { name: 'a', killed: true, cases: 1 }
  const missed = { name: 'b', killed: false, cases: 100 }
  const property = (id: string, faults: readonly (typeof noticed)[]) => ({ id, faults })
  const properties = [
    property('all', [noticed]),
    property('some', [noticed, missed]),
    property('none', []),
  ]
  const found = { parts: [[{ clauses: [{ properties }] }]] }
  addKills(kills, found as unknown as Parameters<typeof addKills>[1])
  expect([...kills.keys()]).toEqual(['all'])
})
