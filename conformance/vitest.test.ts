import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './base/root.ts'
import { touchstone } from './fixtures/command-line.ts'

const compiler = join(root, 'node_modules/typescript/bin/tsc')

const files: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'theirs', type: 'module' }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2022',
      module: 'ESNext',
      moduleResolution: 'Bundler',
      strict: true,
      noEmit: true,
      types: [],
    },
    include: ['implementation.ts', 'wrong.ts'],
  }),
  'good.test.ts': `
import { conformance } from 'touchstone/vitest'
import mine from './implementation'
conformance(mine, { clauses: ['cnn.conv2d.forward'], runs: 20 })`,
  'bad.test.ts': `
import { conformance } from 'touchstone/vitest'
import mine from './implementation'
const operations = { 'cnn.conv2d': (inputs, parameters) => mine.operations['cnn.conv2d']({ ...inputs, bias: { ...inputs.bias, data: inputs.bias.data.map(() => 1) } }, parameters) }
conformance({ ...mine, name: 'bad', operations }, { clauses: ['cnn.conv2d.forward'], runs: 20 })`,
  'command.test.ts': `
import { conformance } from 'touchstone/vitest'
conformance('node ${join(root, 'conformance/fixtures/unruly.js')} none', { clauses: ['cnn.conv2d.forward'], runs: 20 })`,
  'wrong.ts': `
import { defineImplementation } from 'touchstone'
defineImplementation({
  name: 'mine',
  operations: {
    // @ts-expect-error there is no such input
    'cnn.conv2d': ({ kernel }) => ({ y: kernel }),
  },
})`,
}

describe('in the suite of someone else', () => {
  let folder: string
  beforeAll(() => {
    // Builds what is imported if it is not up to date.
    expect(touchstone(['list', '--json']).status).toBe(0)
    folder = mkdtempSync(join(tmpdir(), 'touchstone-theirs-'))
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(root, join(folder, 'node_modules/touchstone'), 'junction')
    symlinkSync(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'), 'junction')
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
    const skeleton = join(root, 'conformance/adapters/skeletons/typescript/implementation.ts')
    copyFileSync(skeleton, join(folder, 'implementation.ts'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('three lines register a test a clause, which passes or tells the smallest case', () => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const { stdout } = spawnSync(process.execPath, [vitest, 'run', '--reporter=json'], {
      cwd: folder,
      encoding: 'utf8',
      env: Object.fromEntries(Object.entries(process.env).filter(([k]) => !/VITEST/.test(k))),
    })
    const { testResults } = JSON.parse(stdout) as {
      testResults: { name: string; assertionResults: Record<string, unknown>[] }[]
    }
    const tests = Object.fromEntries(
      testResults.map(({ name, assertionResults }) => [
        name.slice(name.lastIndexOf('/') + 1),
        assertionResults,
      ]),
    )
    const passed = { title: 'cnn.conv2d.forward', status: 'passed' }
    expect(tests['good.test.ts']).toMatchObject([passed])
    expect(tests['command.test.ts']).toMatchObject([passed])
    const [bad] = tests['bad.test.ts']!
    expect(bad).toMatchObject({ fullName: 'bad conforms to the specification cnn.conv2d.forward' })
    expect(String(bad!.failureMessages)).toMatch(
      /violates {2}cnn\.conv2d\.forward\/exact\n[\s\S]*expected[\s\S]*got/,
    )
  })

  it('its compiler, with settings of its own, completes and refuses', () => {
    const project = join(root, 'scripts/tsconfig.declarations.json')
    expect(spawnSync(process.execPath, [compiler, '-p', project]).status).toBe(0)
    const { stdout } = spawnSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })
    expect(stdout).toBe('')
  })
})
