import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../base/root.ts'
import { touchstone } from '../fixtures/command-line.ts'
import { understand } from './specifier.ts'

const convolution = pathToFileURL(join(root, 'conformance/fixtures/convolution.js')).href
const unruly = join(root, 'conformance/fixtures/unruly.js')
const valid = (extra = '') => `
  import { defineImplementation } from 'touchstone'
  import { convolve } from '${convolution}'
  ${extra}
  const mine = defineImplementation({ name: 'mine', operations: { 'cnn.conv2d': convolve } })`

/** The folder of someone who has files of their own. */
const files: Readonly<Record<string, string>> = {
  'typed.ts': `${valid("import { answer } from './helper.ts'")}
    const checked: number = answer
    export default mine`,
  'helper.ts': 'export const answer: number = 42; interface Unused {}',
  'with space.ts': `${valid()}; export default mine`,
  'later.ts': `${valid()}
    export default async () => { await new Promise((r) => setTimeout(r, 10)); return mine }`,
  'place.ts': `${valid("import { readFileSync } from 'node:fs'")}
    readFileSync(new URL('./helper.ts', import.meta.url))
    export default mine`,
  'wrapped.ts': `${valid("import { loadImplementation } from 'touchstone'")}
    const ours = await loadImplementation('touchstone:cpu')
    export default { ...ours, ...mine, operations: { ...ours.operations, ...mine.operations } }`,
  'plain.mjs': `
    import { convolve } from '${convolution}'
    import { defineImplementation } from '${pathToFileURL(join(root, 'dist/index.js')).href}'
    export default defineImplementation({ name: 'mine', operations: { 'cnn.conv2d': convolve } })`,
  'node_modules/of-theirs/package.json': JSON.stringify({
    name: 'of-theirs',
    type: 'module',
    exports: { import: './main.js' },
  }),
  'node_modules/of-theirs/main.js': `
    import { convolve } from '${convolution}'
    import { defineImplementation } from '${pathToFileURL(join(root, 'dist/index.js')).href}'
    export default defineImplementation({ name: 'mine', operations: { 'cnn.conv2d': convolve } })`,
  'talkative.mjs': `
    import { convolve } from '${convolution}'
    import { defineImplementation } from '${pathToFileURL(join(root, 'dist/index.js')).href}'
    console.log('loading')
    const convolution = (...given) => {
      process.stdout.write('called ')
      return convolve(...given)
    }
    export default defineImplementation({ name: 'mine', operations: { 'cnn.conv2d': convolution } })`,
  'no-default.ts': 'export const mine = 1',
  'number.ts': 'export default 3',
  'throws.ts': 'throw new Error("no licence"); export default 1',
  'syntax.ts': 'export default {',
  'missing.ts': "import './nowhere.ts'; export default 1",
  'unknown.ts': `${valid()}; export default { ...mine, operations: { 'cnn.conv2': () => {} } }`,
  'program.py': 'print("hello")',
  executable: `#!/usr/bin/env node\nprocess.argv[2] = 'none'\nawait import(${JSON.stringify(unruly)})`,
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-load-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  chmodSync(join(folder, 'executable'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (implementation: string, ...more: readonly string[]) => {
  const words = ['run', '-c', 'cnn.conv2d.forward', '-n', '20', '-i', implementation, ...more]
  return touchstone(words, { cwd: folder })
}

describe('touchstone run --implementation', () => {
  it.each([
    ['TypeScript that imports TypeScript', './typed.ts'],
    ['a path without a dot in front', 'typed.ts'],
    ['a name with a space', './with space.ts'],
    ['a function that gives it later', './later.ts'],
    ['a module that reads a file beside it', './place.ts'],
    ['JavaScript', './plain.mjs'],
    ['ours with an operation exchanged', './wrapped.ts'],
    ['a package that can only be imported', 'of-theirs'],
    ['a command', `node ${unruly} none`],
    ['a program that can be executed', './executable'],
  ])('takes %s', (_, implementation) => {
    const { status, stdout } = run(implementation)
    expect(stdout).toContain('1 of 1 conform')
    expect(stdout).toMatch(/^(mine unknown in process|unruly 1 on JavaScript)/)
    expect(status).toBe(0)
  })

  it('keeps standard output for the report, whatever an implementation prints', () => {
    const { status, stdout, stderr } = run('./talkative.mjs', '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ summary: { violates: 0 } })
    for (const said of ['loading', 'called']) expect(stderr).toContain(said)
  })

  it.each([
    ['./no-default.ts', 'it has no default export'],
    ['./number.ts', 'it exports 3'],
    ['./throws.ts', 'no licence'],
    ['./syntax.ts', 'syntax.ts:1:16: ERROR: Expected identifier'],
    ['./missing.ts', 'Could not resolve "./nowhere.ts"'],
    ['./unknown.ts', 'did you mean\n    cnn.conv2d'],
    ['./nowhere.ts', 'there is no file ./nowhere.ts'],
  ])('%s is no implementation: exit code 2 and why', (implementation, reason) => {
    const { status, stdout, stderr } = run(implementation)
    expect(stderr).toContain(reason)
    expect(stderr).not.toContain('defect')
    expect(stdout).toBe('')
    expect(status).toBe(2)
  })

  it.each([
    ['./program.py', 'such as "python3 mine.py"'],
    ['program.py', 'the file program.py needs a program that runs it'],
    ['no-such-thing', 'no-such-thing is neither a package installed here nor a program'],
    ['no-such-thing --at-all', 'there is no such program'],
    [
      'node -e "console.error(42)"',
      'it exited with code 0\n  on standard error it wrote last:\n  42',
    ],
    [`node ${unruly} start-refuse`, 'it refused to start: no licence'],
    ["node 'x", "the quote ' is not closed"],
    ['', '--implementation is empty'],
  ])('%s cannot be run: exit code 3 and why', (implementation, reason) => {
    const { status, stdout, stderr } = run(implementation)
    expect(stderr).toContain(reason)
    expect(stderr).not.toContain('defect')
    expect(stdout).toBe('')
    expect(status).toBe(3)
  })

  it('tells a failure with its case, exits with 1, and the case can be replayed', () => {
    const hangs = `node ${unruly} hangs dilated`
    const { status, stdout } = run(hangs, '--case-timeout', '1.5')
    expect(status).toBe(1)
    expect(stdout).toContain('cnn.conv2d: it gave no answer within 1.5 s')
    const replay = /npx touchstone (replay \S+) --implementation '(.*)'/.exec(stdout)!
    const again = (implementation: string) =>
      touchstone([...replay[1]!.split(' '), '-i', implementation, '--case-timeout', '1.5'], {
        cwd: folder,
      })
    expect(replay[2]).toBe(hangs)
    const first = again(replay[2]!)
    expect(first.stdout).toContain('it gave no answer within 1.5 s')
    expect(first.status).toBe(1)
    expect(again(`node ${unruly} none`).status).toBe(0)
  })
})

describe('what the text stands for', () => {
  const never = () => false
  it.each([
    [join(root, 'conformance/adapters/load.ts'), 'module'],
    ['node', 'command'],
    ['node a b', 'command'],
  ])('%s: %s', (text, kind) => {
    expect(understand(text, never).kind).toBe(kind)
  })

  it('a package comes before a program of the same name', () => {
    expect(understand('node', () => true)).toEqual({ kind: 'package', name: 'node' })
  })
})
