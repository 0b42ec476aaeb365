import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { clauseById, operationById, operations } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { defineImplementation, tensor } from '../adapters/define.ts'
import { root } from '../base/root.ts'
import { touchstone } from '../fixtures/command-line.ts'
import { declaredBy } from './show-declared.ts'
import { operationPage } from './show-operation.ts'
import { pythonStub, typescriptStub } from './stubs.ts'

const all: readonly Operation[] = operations
const plain = { columns: 80, write: () => {}, style: (_: unknown, text: string) => text }
const folder = mkdtempSync(join(tmpdir(), 'touchstone-show-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the page of an operation', () => {
  const page = operationPage(operationById('cnn.maxPool')!, plain)

  it('has its signature, with shapes and ranges', () => {
    expect(page).toContain('cnn.maxPool(x: N × H × W × K; kernel, strides, padding)')
    expect(page).toContain('kernel   rows and columns of the window: 2 values, each a whole')
    expect(page).toContain('padding  P, the zeros around an image: none (valid), as many as keep')
    expect(page).toContain('H   rows: at least the kernel less the padding')
    expect(page).toContain('padding narrower than the kernel')
  })

  it('has the formula of what it computes, and where nothing defines it, those of what is said of it', () => {
    expect(page).toContain(`cnn.pool.max  ${clauseById('cnn.pool.max')!.formula.slice(0, 30)}`)
    const flat = operationPage(operationById('cnn.flatten')!, plain)
    expect(flat).toContain(`cnn.flatten  ${clauseById('cnn.flatten')!.formula.slice(0, 30)}`)
    const without = all.filter((each) => !operationPage(each, plain).includes('Formulas, in LaTeX'))
    expect(without.map(({ id }) => id)).toEqual([])
  })

  it('has the clauses that are about it', () => {
    expect(page).toContain('cnn.pool.max-vs-avg')
    expect(page).not.toContain('cnn.pool.backward')
  })

  it('says who provides it and who does not, and why', () => {
    expect(page).toMatch(/touchstone +impl\/cnn\/pool\.ts:\d+/)
    expect(page).toContain('yes, as tfjs:cpu')
    const gradient = operationPage(operationById('cnn.maxPoolGradient')!, plain)
    expect(gradient).toMatch(/NumPy +no: NumPy differentiates nothing/)
    expect(gradient).toMatch(/PyTorch +yes, as pytorch/)
  })

  it.each(all)('of $id fits into 80 columns', (operation) => {
    const wide = operationPage(operation, plain)
      .split('\n')
      .filter((line) => line.length > 80)
    expect(wide).toEqual([])
  })
})

describe('what an implementation declares of an operation', () => {
  const pool = operationById('cnn.maxPool')!
  const mine = defineImplementation({
    name: 'mine',
    version: '2.0',
    operations: { 'cnn.maxPool': () => ({ y: tensor([1], [0]) }) },
    axes: 'channels first',
    conventions: { padding: 'symmetric', alpha: 'mean', ties: 'first' },
    supports: {
      'cnn.maxPool': ({ parameters: { kernel } }) =>
        kernel[0] === kernel[1] || 'square windows only',
    },
    unchecked: { 'cnn.maxPool': 'its caller checks' },
    unsupported: { 'cnn.averagePool': 'not yet' },
  })

  it('is its domain, its axes and conventions, and what it does not check', () => {
    const declared = declaredBy(pool, mine)
    expect(Object.fromEntries(declared.rows)).toEqual({
      provided: 'in float32, with the accuracy of the profile ieee',
      takes: expect.stringMatching(
        /^a part: of 500 cases it declines square windows only \(\d\d %\)$/,
      ),
      axes: 'x N × K × H × W, y N × K × Ho × Wo',
      conventions: 'padding: symmetric, ties: first',
      unchecked: 'its caller checks',
    })
    const page = operationPage(pool, plain, [declared])
    expect(page).toContain('As mine 2.0 declares it\n')
    expect(page).toMatch(/ {2}takes +a part: of 500 cases it declines square windows only/)
  })

  it('is why it does not provide it', () => {
    const { rows } = declaredBy(operationById('cnn.averagePool')!, mine)
    expect(rows).toEqual([['provided', 'no: not yet']])
  })

  it('is for a library also what its documentation adds, and its known defects', () => {
    const { status, stdout } = touchstone(['show', 'cnn.maxPool', '-i', 'tfjs:cpu'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^As tfjs:cpu \S+ declares it$/m)
    expect(stdout).toMatch(/ {2}x +fewer axes, by its documentation/)
    expect(stdout).toMatch(/^Known defects of tfjs:cpu\n +tf\.maxPool/m)
    expect(stdout).not.toContain('on wasm')
  })

  it('is of operations only', () => {
    const { status, stderr } = touchstone(['show', 'cnn.pool.max', '-i', 'tfjs:cpu'])
    expect(stderr).toContain('cnn.pool.max is a clause, not an operation')
    expect(status).toBe(2)
  })
})

describe('several subjects at once', () => {
  it('are shown one after the other, clauses and operations, in the order in which they were asked for', () => {
    const { stdout, status } = touchstone(['show', 'cnn.maxPool', 'cnn.pool.max'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^cnn\.maxPool {2}\(operation, core\).*\ncnn\.pool\.max {2}\(formula\)/s)
    const json = touchstone(['show', 'cnn.maxPool', 'cnn.pool.max', '--json'])
    const ids = JSON.parse(json.stdout).map(({ id }: { id: string }) => id)
    expect(ids).toEqual(['cnn.maxPool', 'cnn.pool.max'])
  })
})

describe('what is to be copied', () => {
  it('is TypeScript that its compiler takes, for every operation', () => {
    const files = all.map((operation) => {
      const file = join(folder, `${operation.id}.mts`)
      writeFileSync(file, typescriptStub(operation))
      return file
    })
    const project = join(folder, 'tsconfig.json')
    const compilerOptions = {
      noUnusedLocals: false,
      noUnusedParameters: false,
      paths: { touchstone: [join(root, 'conformance/index.ts')] },
      typeRoots: [join(root, 'node_modules/@types')],
    }
    const settings = { extends: join(root, 'tsconfig.json'), compilerOptions, files, include: [] }
    writeFileSync(project, JSON.stringify(settings))
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project], {
      encoding: 'utf8',
    })
    expect(status, stdout).toBe(0)
  })

  const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0)
  it.skipIf(python === undefined)(
    `is Python that its parser takes, for every operation${python ? '' : ' (skipped: no Python)'}`,
    () => {
      const code = 'import ast, json, sys\nfor stub in json.load(sys.stdin): ast.parse(stub)'
      const input = JSON.stringify(all.map(pythonStub))
      const { status, stderr } = spawnSync(python!, ['-c', code], { input, encoding: 'utf8' })
      expect(status, stderr).toBe(0)
    },
  )
})

describe('what exists in the other list is said to', () => {
  const said = (...words: readonly string[]) => {
    const { status, stdout, stderr } = touchstone(words, { cwd: folder })
    return { status, stdout, stderr }
  }

  it('an operation that is asked for as a clause', () => {
    const { status, stderr } = said('run', '--clause', 'cnn.maxPool')
    expect(stderr).toContain('cnn.maxPool is an operation, not a clause')
    expect(stderr).toContain('  cnn.pool.max\n')
    expect(status).toBe(2)
  })

  it('a clause that is asked for as an operation', () => {
    for (const words of [
      ['show', '--operation', 'cnn.pool.max'],
      ['vectors', 'export', 'nothing', '--operation', 'cnn.pool.max'],
    ]) {
      const { status, stderr } = said(...words)
      expect(stderr).toContain('cnn.pool.max is a clause, not an operation')
      expect(stderr).toContain('  cnn.maxPool\n')
      expect(status).toBe(2)
    }
  })

  it('where both have an id, it is the clause, which tells how to see the operation', () => {
    expect([clauseById('cnn.flatten'), operationById('cnn.flatten')]).not.toContain(undefined)
    const clause = said('show', 'cnn.flatten')
    expect(clause.stdout).toContain('npx touchstone show --operation cnn.flatten')
    const operation = said('show', '--operation', 'cnn.flatten')
    expect(operation.stdout).toMatch(/^cnn\.flatten {2}\(operation, core\)/)
  })

  it('an id that neither has is likened to those of both', () => {
    const { status, stderr } = said('show', 'cnn.maxPol')
    expect(stderr).toMatch(/no clause or operation cnn\.maxPol\n +did you mean\n +cnn\.maxPool/)
    expect(status).toBe(2)
  })
})

describe('touchstone list --operations', () => {
  it('lists every operation once, or those of some clauses', () => {
    const listed = JSON.parse(touchstone(['list', '--operations', '--json']).stdout)
    const ids = listed.map(({ id }: { id: string }) => id)
    expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted())
    const { stdout } = touchstone(['list', '--operations', '--clause', 'cnn.pool.max'])
    expect(stdout).toMatch(/^cnn\n {2}cnn\.maxPool\n {4}Max pooling; \d+ clauses\n\n1 operation\n$/)
  })
})
