import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { circleIn, importsOf, rooms, strayImports } from './directions.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The sources that others are built from: not the tests, which look into everything. */
const sources = ['spec', 'reference', 'impl', 'conformance']
  .flatMap((tree) =>
    readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(tree, file).replaceAll('\\', '/'),
    ),
  )
  .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
  // What `init` hands out imports the package by its name, from wherever it then lies.
  .filter((path) => !path.startsWith('conformance/adapters/skeletons/'))
  .toSorted()

describe('imports run in one direction', () => {
  it('every file imports only from its own part and those before it', () => {
    const stray = sources.flatMap((path) =>
      strayImports(path, readFileSync(join(root, path), 'utf8')),
    )
    expect(stray).toEqual([])
  })

  it('no files import each other in a circle', () => {
    expect(circleIn(root, sources)).toBeNull()
  })

  it('every folder of the harness is a room, or is for tests, data or nothing else', () => {
    const folders = readdirSync(join(root, 'conformance'), { withFileTypes: true })
    const strangers = folders
      .filter((entry) => entry.isDirectory() && !rooms.some((room) => room === entry.name))
      .map(({ name }) => name)
    expect(strangers).toEqual(['capsules', 'fixtures'])
  })

  it('nothing but what other programs import lies loose in the harness', () => {
    const loose = readdirSync(join(root, 'conformance'), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map(({ name }) => name)
    expect(loose).toEqual(['index.ts', 'vitest.ts'])
  })

  it('only tests import what is made for tests', () => {
    const users = sources.filter(
      (path) =>
        !path.startsWith('conformance/fixtures/') &&
        importsOf(path, readFileSync(join(root, path), 'utf8')).some(({ specifier }) =>
          specifier.includes('/fixtures/'),
        ),
    )
    expect(users).toEqual([])
  })
})

describe('an import in the wrong direction is shown with its rule', () => {
  it.each([
    [
      'conformance/report/x.ts',
      "import { run } from '../cli/run.ts'",
      'conformance/report imports only from',
    ],
    [
      'conformance/engine/x.ts',
      "import type { Report } from '../suite/model.ts'",
      'conformance/engine imports only from',
    ],
    [
      'conformance/base/x.ts',
      "export { law } from '../kit/law.ts'",
      'conformance/base imports only from',
    ],
    [
      'conformance/kit/x.ts',
      "const { x } = await import('../suite/run.ts')",
      'conformance/kit imports only from',
    ],
    [
      'reference/cnn/x.ts',
      "import { x } from '../../impl/cnn/conv2d.ts'",
      'reference/cnn imports only from spec,',
    ],
    [
      'impl/cnn/x.ts',
      "import { x } from '../../reference/matrix.ts'",
      'impl/cnn imports only from spec,',
    ],
    [
      'impl/efficient/x.ts',
      "import { x } from '../resnet/block.ts'",
      'impl/efficient imports only from spec, impl/operation.ts, impl/layers, itself',
    ],
    [
      'reference/layers/x.ts',
      "import { x } from '../cnn/conv2d.ts'",
      'reference/layers imports only from spec, reference/arithmetic,',
    ],
    [
      'impl/device/x.ts',
      "import { x } from '../../reference/matrix.ts'",
      'impl imports only from spec, itself',
    ],
    ['spec/cnn/x.ts', "import { matrix } from 'mathjs'", 'spec imports no packages'],
    ['reference/cnn/x.ts', "import * as fc from 'fast-check'", 'no packages but mathjs, ml-matrix'],
  ])('%s: %s', (path, planted, rule) => {
    const [shown, ...rest] = strayImports(path, `export const one = 1\n${planted}\n`)
    expect(rest).toEqual([])
    expect(shown).toContain(`${path}:2 imports`)
    expect(shown).toContain(rule)
  })

  it('an import of its own part or one before it is not', () => {
    const fine = "import { fault } from './fault.ts'\nimport { root } from '../base/root.ts'\n"
    expect(strayImports('conformance/kit/x.ts', fine)).toEqual([])
  })
})
