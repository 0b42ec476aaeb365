import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstClause } from '../../cli/init.ts'
import { touchstone } from '../../fixtures/command-line.ts'
import { pythonWithNumpy } from '../python/find.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone skeleton '))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function initialized(language: string) {
  const { status, stdout, stderr } = touchstone(['init', language, language], { cwd: folder })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}

/** Runs the clause that a skeleton satisfies; few cases, so that no class of case has to be reached. */
function conforms(implementation: string) {
  const words = ['run', '-c', firstClause, '-n', '40', '-i', implementation]
  const { status, stdout } = touchstone(words, { cwd: folder })
  expect(stdout).toContain('1 of 1 conform')
  expect(status).toBe(0)
  const report = JSON.parse(readFileSync(join(folder, 'report/report.json'), 'utf8'))
  expect(report.environment.implementation).toEqual({ name: 'implementation', version: '0.1.0' })
}

describe('what touchstone init writes conforms to its first clause', () => {
  it('typescript', () => {
    expect(initialized('typescript')).toContain('--implementation ./typescript/implementation.ts')
    conforms('./typescript/implementation.ts')
  })

  const python = pythonWithNumpy()
  it.skipIf(python === null)(`python${python ? '' : ' (not run: no Python with NumPy)'}`, () => {
    expect(initialized('python')).toContain("--implementation 'python3 python/implementation.py'")
    conforms(`"${python}" python/implementation.py`)
  })

  const hasCargo = spawnSync('cargo', ['--version']).status === 0
  it.skipIf(!hasCargo)(`rust${hasCargo ? '' : ' (not run: no cargo)'}`, ({ skip }) => {
    expect(initialized('rust')).toContain('--implementation ./rust/target/release/implementation')
    const cargo = (...words: readonly string[]) =>
      spawnSync('cargo', words, { cwd: join(folder, 'rust'), encoding: 'utf8' })
    const fetched = cargo('fetch', '--locked')
    skip(fetched.status !== 0, `the crates cannot be fetched: ${fetched.stderr}`)
    const built = cargo('build', '--release', '--locked', '--offline')
    expect(built.stderr).not.toContain('warning')
    expect(built.status).toBe(0)
    conforms('./rust/target/release/implementation')
  })

  it('overwrites nothing, and knows its languages', () => {
    const again = touchstone(['init', 'typescript', 'typescript'], { cwd: folder })
    expect(again.status).toBe(2)
    expect(again.stderr).toContain('typescript/implementation.ts exists and is not overwritten')
    const unknown = touchstone(['init', 'cobol'], { cwd: folder })
    expect(unknown.status).toBe(2)
    expect(unknown.stderr).toContain('Allowed choices are typescript, python, rust')
  })
})
