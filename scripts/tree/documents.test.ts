import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const manifest = JSON.parse(read('package.json'))

const documents = [
  ...readdirSync(root),
  ...['spec', 'conformance'].flatMap((tree) =>
    readdirSync(join(root, tree), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(tree, file),
    ),
  ),
  '.github/pull_request_template.md',
].filter((path) => path.endsWith('.md'))

describe.each(documents)('%s', (path) => {
  const text = read(path)

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target!)
    const dead = links.filter((target) => !existsSync(join(root, dirname(path), target)))
    expect(dead).toEqual([])
  })

  it('names commands that there are', () => {
    const named = [...text.matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)].map(([, name]) => name!)
    expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([])
  })
})

describe('CITATION.cff', () => {
  const citation = parse(read('CITATION.cff'))

  it('has what the format asks for', () => {
    expect(citation).toMatchObject({
      'cff-version': '1.2.0',
      message: expect.stringContaining('cite'),
      type: 'software',
      authors: [{ name: expect.any(String) }],
    })
    expect(citation.title.toLowerCase()).toBe(manifest.name)
  })

  it('says the same as the package', () => {
    const { version, license } = manifest
    expect(citation).toMatchObject({ version, license })
  })
})

describe('the workflow', () => {
  const { jobs } = parse(read('.github/workflows/check.yml'))
  const commands = Object.values<{ steps: { run?: string }[] }>(jobs).flatMap(({ steps }) =>
    steps.flatMap(({ run }) => run ?? []),
  )

  it('runs on every system and every Node that we support', () => {
    const { os, node } = jobs.test.strategy.matrix
    expect(os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest'])
    expect(`>=${Math.min(...node)}.19`).toBe(manifest.engines.node)
  })

  it('calls commands that there are', () => {
    const called = commands.flatMap((run) => /^npm run (\S+)$/.exec(run)?.[1] ?? [])
    expect(called).toEqual(['check'])
    expect(called.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([])
    expect(commands.join('\n')).toContain('node conformance/cli/touchstone.js run --device wasm')
  })
})
