import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { forward } from '../../../spec/cnn/conv2d.ts'
import { root } from '../../base/root.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { checkClause } from '../../suite/clauses.ts'
import { launch } from './launch.ts'

const folder = mkdtempSync(join(tmpdir(), 'touchstone-serve-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const convolution = pathToFileURL(join(root, 'conformance/fixtures/convolution.js')).href
const touchstone = pathToFileURL(join(root, 'dist/index.js')).href

/** A module whose convolution does something first, served by a process of its own. */
async function served(first: string, said = ''): Promise<Implementation> {
  const file = join(folder, `${first.length}-${said.length}.mjs`)
  writeFileSync(
    file,
    `import { convolve } from '${convolution}'
     import { defineImplementation } from '${touchstone}'
     export default defineImplementation({
       name: 'mine',
       version: '3',
       reproducible: 'within-bound',
       unsupported: { 'cnn.dense': 'later' },
       unchecked: { 'cnn.conv2d': 'its caller does' },
       stateless: { 'resnet.stack': 'it keeps one state' },
       ${said}
       operations: { 'cnn.conv2d': (inputs, parameters) => { ${first}; return convolve(inputs, parameters) } },
     })`,
  )
  return launch([process.execPath, join(root, 'conformance/cli/touchstone.js'), 'serve', file])
}

async function verdicts(first: string, said?: string) {
  const implementation = await served(first, said)
  try {
    const options = { runs: 30, seed: 1, deadline: null, kept: {}, killing: false }
    const { properties } = await checkClause(forward, implementation, options)
    return properties.map(({ verdict }) => verdict)
  } finally {
    await implementation.close?.()
  }
}

describe('touchstone serve', () => {
  it('answers for a module, whatever that prints', async () => {
    const found = await verdicts("console.log('asked')")
    // It is not asked to reject anything, since its caller checks its arguments.
    expect(new Set(found.map(({ outcome }) => outcome))).toEqual(
      new Set(['conforms', 'unsupported']),
    )
  })

  it('says what the module says of itself', async () => {
    const implementation = await served('')
    const { name, version, precision, profile, unsupported, unchecked, stateless } = implementation
    expect(implementation.reproducible).toBe('within-bound')
    expect({ name, version, precision, profile: profile.name }).toEqual({
      name: 'mine',
      version: '3',
      precision: 'float32',
      profile: 'ieee',
    })
    expect([unsupported, unchecked, stateless]).toEqual([
      { 'cnn.dense': 'later' },
      { 'cnn.conv2d': 'its caller does' },
      { 'resnet.stack': 'it keeps one state' },
    ])
    await implementation.close?.()
  })

  it('keeps a crash to itself', async () => {
    const found = await verdicts(
      "if (inputs.x.shape[0] === 2) process.kill(process.pid, 'SIGSEGV')",
    )
    const errored = found.filter(({ outcome }) => outcome === 'errored')
    expect(errored.length).toBeGreaterThan(0)
    for (const verdict of errored) {
      expect('reason' in verdict && verdict.reason).toContain('SIGSEGV')
      expect('capsule' in verdict && verdict.capsule).not.toBeNull()
    }
  })

  it('gives parts of larger arrays, unless it is told not to', async () => {
    const fromStart =
      'const { data } = inputs.x; inputs.x = { ...inputs.x, data: new Float32Array(data.buffer, 0, data.length) }'
    const outcomes = async (said?: string) =>
      new Set((await verdicts(fromStart, said)).map(({ outcome }) => outcome))
    expect(await outcomes()).toContain('violates')
    expect(await outcomes('wholeBuffers: true,')).toEqual(new Set(['conforms', 'unsupported']))
  })

  it('gives nothing for an array that is left out', async () => {
    const needy = "if (inputs.bias === undefined) throw new Error('no bias')"
    const found = await verdicts(needy)
    const [missed] = found.filter(({ outcome }) => outcome === 'errored')
    expect(missed).toMatchObject({ reason: 'cnn.conv2d: no bias' })
  })

  it('tells a rejection from an answer that is none', async () => {
    const [rejected] = await verdicts("throw new Error('not today')")
    expect(rejected).toMatchObject({ outcome: 'errored', reason: 'cnn.conv2d: not today' })
    const [nothing] = await verdicts('return { y: 3 }')
    expect(nothing).toMatchObject({ outcome: 'errored' })
    expect('reason' in nothing! && nothing.reason).toContain('error -32603')
  })
})
