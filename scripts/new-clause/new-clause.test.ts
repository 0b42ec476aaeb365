import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { addTopic, removeTopic } from './change.ts'
import { withEntry, withImport, withoutModule } from './lists.ts'
import { type Names, namesFrom } from './names.ts'

const project = fileURLToPath(new URL('../..', import.meta.url))
const trees = ['spec', 'reference', 'impl', 'conformance']
const inOldArea = namesFrom('cnn.sharpen-edges')!
const inNewArea = namesFrom('trial.first-step.halves')!

describe('two clauses that are added and taken out again, in a copy of the project', () => {
  let root: string
  let before: Readonly<Record<string, string>>

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'touchstone-'))
    for (const part of [...trees, 'scripts', 'package.json', 'tsconfig.json', 'biome.json']) {
      cpSync(join(project, part), join(root, part), { recursive: true })
    }
    symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction')
    before = sources(root)
    addTopic(root, inOldArea)
    addTopic(root, inNewArea)
  }, 120_000)
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('have their files in the four trees', () => {
    const added = Object.keys(sources(root)).filter((path) => !(path in before))
    expect(added).toEqual(
      [
        ...trees.map((tree) => `${roomIn(tree)}/cnn/sharpen-edges.ts`),
        ...trees.map((tree) => `${roomIn(tree)}/trial/first-step.ts`),
        ...trees.map((tree) => `${roomIn(tree)}/trial/index.ts`),
        'conformance/properties/cnn/sharpen-edges-faults.ts',
        'conformance/properties/trial/first-step-faults.ts',
      ].toSorted(),
    )
  })

  it('compile, and are formatted', () => {
    expect(run(root, 'typescript/bin/tsc', '--noEmit')).toBe('')
    expect(run(root, '@biomejs/biome/bin/biome', 'check', '--error-on-warnings', ...trees)).toMatch(
      /^Checked \d+ files in \S+ No fixes applied\.$/,
    )
  })

  it('fail a check for each thing that is left to do, and no other', () => {
    expect(failuresIn(root)).toEqual(
      [
        // The reference has no formula, the implementation computes nothing, and the fault is none.
        'cnn.sharpen-edges',
        'trial.first-step.halves',
        // The specification and the docstrings say nothing, and the coverage does not know them.
        'no docstring leaves open what it should say',
        'of every clause',
        'of every operation',
        'the coverage that is kept is what the suite covers; `npm run coverage` writes it anew',
      ].toSorted(),
    )
  })

  it('leave no trace when they are taken out', () => {
    removeTopic(root, inNewArea)
    removeTopic(root, inOldArea)
    expect(sources(root)).toEqual(before)
  })
})

test.each([
  [
    'cnn.true-convolution',
    { area: 'cnn', topic: 'true-convolution', operation: 'trueConvolution' },
  ],
  ['cnn.conv2d.linearity', { area: 'cnn', topic: 'conv2d', operation: 'conv2d' }],
] satisfies [string, Omit<Names, 'clause'>][])(
  '%s names its files and its operation',
  (id, names) => {
    expect(namesFrom(id)).toEqual({ ...names, clause: id })
  },
)

test.each(['cnn', 'cnn.', 'cnn.conv2d.a.b', 'cnn.Conv', 'cnn/conv2d', '../x.y', 'cnn.a--b', ''])(
  '%j is no id of a clause',
  (id) => expect(namesFrom(id)).toBeNull(),
)

describe('a list', () => {
  const list = "import { a } from './a.ts'\n\nexport const all = [...a] as const\n"

  it('gains an entry and its import, and loses both', () => {
    const grown = withEntry(withImport(list, "import { b } from './b.ts'"), 'all', '...b')
    expect(grown).toContain("import { a } from './a.ts'\nimport { b } from './b.ts'\n")
    expect(grown).toContain('[...a,\n...b,\n]')
    expect(withoutModule(grown, './b.ts')).toBe(list.replace('...a', '...a,\n'))
  })

  it('that is not there is an error', () => {
    expect(() => withEntry(list, 'others', '...b')).toThrow('there is no list others')
  })
})

const roomIn = (tree: string) => (tree === 'conformance' ? 'conformance/properties' : tree)

/** Every source of the four trees, by path. */
function sources(root: string): Readonly<Record<string, string>> {
  const paths = trees.flatMap((tree) =>
    readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${tree}/${file.replaceAll('\\', '/')}`,
    ),
  )
  const files = paths.filter((path) => path.endsWith('.ts')).toSorted()
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** What a tool says of the copy, on both of its streams. */
function run(root: string, tool: string, ...words: readonly string[]): string {
  const program = join(root, 'node_modules', tool)
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: root,
    encoding: 'utf8',
  })
  return (stdout + stderr).trim()
}

/** The titles of the tests of the copy that fail, of those that new clauses concern. */
function failuresIn(root: string): readonly string[] {
  const concerned = [
    'spec/clauses.test.ts',
    'scripts/tree',
    'conformance/properties/properties.test.ts',
    'conformance/suite/clauses.test.ts',
    'conformance/suite/coverage.test.ts',
  ]
  const titles =
    'sharpen-edges|first-step|the four trees|imports|docstring|coverage|says everything|the properties'
  const vitest = ['vitest/vitest.mjs', 'run', '--root', '.', '--config', 'scripts/vitest.config.ts']
  const said = run(root, ...(vitest as [string]), '--reporter=json', '-t', titles, ...concerned)
  const { testResults } = JSON.parse(said.slice(said.indexOf('{"num')))
  return testResults
    .flatMap(
      (file: { assertionResults: { status: string; title: string }[] }) => file.assertionResults,
    )
    .filter(({ status }: { status: string }) => status === 'failed')
    .map(({ title }: { title: string }) => title)
    .toSorted()
}
