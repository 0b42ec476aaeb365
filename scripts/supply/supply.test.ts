import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root } from '../../conformance/base/root.ts'
import manifest from '../../package.json' with { type: 'json' }
import { problemsWith } from './scripts.ts'

interface Component {
  readonly name: string
  readonly version: string
  readonly properties: readonly object[]
}

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, { version?: string; integrity?: string }>>
}

/** What is installed, by its path. */
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')

const nameOf = (path: string) => path.split('node_modules/').at(-1)!

const text = (file: string) => readFileSync(join(root, file), 'utf8')

describe('install scripts of packages', () => {
  it('are decided on one by one, and SECURITY.md says why', () => {
    expect(problemsWith(lock, manifest.allowScripts)).toEqual([])
    const table = text('SECURITY.md')
    for (const key of Object.keys(manifest.allowScripts)) {
      expect(table).toContain(`| \`${key.replace(/(.)@.*/, '$1')}\``)
    }
  })

  it('are noticed when they are new, or in another version', () => {
    const script = { version: '2.0.0', hasInstallScript: true }
    const packages = { 'node_modules/a/node_modules/@b/c': script, 'node_modules/d': script }
    const decided = { '@b/c@1.0.0': true, d: false, e: false }
    expect(problemsWith({ packages }, decided)).toEqual([
      '@b/c@2.0.0 has an install script to look at',
      '@b/c@1.0.0 is not installed, or has no install script',
      'e is not installed, or has no install script',
    ])
  })
})

describe('what the package is made of', () => {
  it('comes from one place, and is pinned by its digest', () => {
    const loose = packages.filter(([, { integrity }]) => !integrity)
    expect(loose.map(([path]) => path)).toEqual([])
  })

  it('is listed in CycloneDX, as its schema has it, and what is for tests marked', async () => {
    const words = manifest.scripts.sbom.split(' ').slice(1)
    const { stdout, stderr } = spawnSync('npm', words, {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
    const { Version } = Spec
    const validator = new Validation.JsonStrictValidator(Version.v1dot5)
    expect(await validator.validate(stdout), stderr).toBeNull()
    const { components } = JSON.parse(stdout) as { components: readonly Component[] }
    const listed = components.map(({ name, version }) => `${name}@${version}`)
    expect(new Set(listed)).toEqual(
      new Set(packages.map(([path, { version }]) => `${nameOf(path)}@${version}`)),
    )
    // `npm sbom --omit dev` would leave out what a package for tests needs, too, such as ajv.
    const used = components.filter(({ properties }) => properties.length === 0)
    for (const name of Object.keys(manifest.dependencies))
      expect(used.map((one) => one.name)).toContain(name)
    const broken = stdout.replace('"components"', '"component"')
    expect(await validator.validate(broken)).not.toBeNull()
  })

  it('is published by a workflow alone that proves where it was built', () => {
    expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true })
    const { jobs } = parse(text('.github/workflows/publish.yml'))
    expect(jobs.publish.permissions).toMatchObject({ 'id-token': 'write' })
    const lines = jobs.publish.steps.map(({ run }: { run?: string }) => run ?? '').join('\n')
    expect(lines).toMatch(/npm publish/)
    expect(lines).toContain('npm run --silent sbom')
  })
})
