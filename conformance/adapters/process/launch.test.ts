import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { forward } from '../../../spec/cnn/conv2d.ts'
import { block } from '../../../spec/resnet/block.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { properties } from '../../properties/index.ts'
import { checkClause } from '../../suite/clauses.ts'
import { attemptCapsule } from '../../suite/replay.ts'
import { type LaunchOptions, launch } from './launch.ts'

const unruly = fileURLToPath(new URL('../../fixtures/unruly.js', import.meta.url))
const opened: Implementation[] = []
afterEach(async () => {
  for (const implementation of opened.splice(0)) await implementation.close?.()
})

async function started(words: readonly string[], options: LaunchOptions = {}) {
  const implementation = await launch([process.execPath, unruly, ...words], options)
  opened.push(implementation)
  return implementation
}

const check = (implementation: Implementation) =>
  checkClause(forward, implementation, { runs: 20, seed: 1, deadline: null, kept: {} })

describe('a program that behaves', () => {
  it('conforms, and a warning on standard error is no failure', async () => {
    for (const misdeed of ['none', 'warns']) {
      expect((await check(await started([misdeed, 'always']))).verdict).toBe('conforms')
    }
  })

  it('says what it is, what it does not provide and why', async () => {
    const { name, device, unsupported, operations } = await started(['none'])
    expect({ name, device, unsupported }).toEqual({
      name: 'unruly',
      device: 'JavaScript, in a process of its own',
      unsupported: { [block.id]: 'one layer is enough' },
    })
    expect(Object.keys(operations)).toEqual(['cnn.conv2d'])
  })
})

/** What each misdeed is called in the verdict. */
const misdeeds: readonly (readonly [string, RegExp])[] = [
  ['throws', /^cnn.conv2d: error -32603: out of memory$/],
  ['rejects', /^cnn.conv2d: not for me$/],
  [
    'exits',
    /^cnn.conv2d: it exited with code 7\non standard error it wrote last:\nTraceback: division by zero$/,
  ],
  ['killed', /^cnn.conv2d: it was killed by SIGSEGV$/],
  ['hangs', /^cnn.conv2d: it gave no answer within 0.5 s$/],
  [
    'twice',
    /^cnn.conv2d: it answered (twice|again what it had answered before \(id 3, cnn.conv2d\))$/,
  ],
  ['stranger', /^cnn.conv2d: it answered a request that was never made \(id 1003\)$/],
  ['again', /^cnn.conv2d: it answered again what it had answered before \(id 2, cnn.conv2d\)$/],
  ['no-id', /^cnn.conv2d: it answered without telling what/],
  ['banner', /where only messages belong: "Welcome to the convolution library 3.1"$/],
  ['progress-bar', /where only messages belong: "\\n\[0 %\]\\n\[25 %\]/],
  ['wrong-size', /^cnn.conv2d: y: its data are not the \d+ bytes of \d+ elements of float32/],
  [
    'wrong-dtype',
    /^cnn.conv2d: y is float64; expected float32, as it says that it computes in float32$/,
  ],
  [
    'unknown-dtype',
    /^cnn.conv2d: its answer is wrong: y.dtype must be equal to one of the allowed values/,
  ],
  ['wrong-name', /^cnn.conv2d: the answer has no array named y$/],
  ['no-base64', /^cnn.conv2d: y: its data are not the/],
  ['half-a-line', /^cnn.conv2d: it exited with code 0, in the middle of a message: "\{\\"jsonrpc/],
  ['flood', /^cnn.conv2d: it wrote a line of more than 32 MiB on standard output$/],
  ['invalid-json', /where only messages belong: "\{\\"jsonrpc.*NaN/],
  ['no-response', /it wrote what is no response: must have required property/],
]

describe('a program that misbehaves once is errored there, and nowhere else', () => {
  it.each(misdeeds)('%s', async (misdeed, reason) => {
    const options = { caseTimeout: misdeed === 'hangs' ? 0.5 : 20 }
    const { verdict, properties: reports } = await check(await started([misdeed, '3'], options))
    expect(verdict).toBe('errored')
    const [first] = reports
    if (first?.verdict.outcome !== 'errored') throw new Error(`it ${first?.verdict.outcome}`)
    expect(first.verdict.reason).toMatch(reason)
    expect(first.verdict.first).toBeLessThanOrEqual(4)

    // The case is kept, and is tried again by itself: there the program behaves.
    const { capsule } = first.verdict
    expect(capsule?.clause).toBe('cnn.conv2d.forward')
    const again = await attemptCapsule(capsule!, await started(['none']))
    expect(again.outcome).toBe('conforms')
  })

  it('a wrong shape violates, because the clause says what the shape is', async () => {
    const { properties: reports } = await check(await started(['wrong-shape', 'always']))
    const [first] = reports
    expect(first?.verdict).toMatchObject({
      outcome: 'violates',
      reason: expect.stringMatching(/^y has the shape \[1, .*\]; expected \[.*\]$/),
    })
  })

  it('several questions were open: only the one that broke it fails', async () => {
    const implementation = await started(['exits', 'dilated', '8'])
    const asked = [1, 1, 2, 1, 1, 1, 1, 1].map((dilation) => ones(3, implementation, dilation))
    const outcomes = await Promise.allSettled(asked)
    const expected = new Array(8).fill('fulfilled')
    expected[2] = 'rejected'
    expect(outcomes.map(({ status }) => status)).toEqual(expected)
  })

  it('several questions break it: few new starts are spent on them', async () => {
    const implementation = await started(['exits', 'dilated', '8'], { starts: 4 })
    const asked = [1, 1, 2, 1, 2, 2, 2, 2].map((dilation) => ones(3, implementation, dilation))
    const outcomes = await Promise.allSettled(asked)
    expect(outcomes.slice(0, 2)).toEqual(new Array(2).fill({ status: 'fulfilled', value: 3 }))
    expect(outcomes.slice(2).every(({ status }) => status === 'rejected')).toBe(true)
    expect(await ones(3, implementation)).toBe(3)
  })

  it('a batch that breaks it, when no question alone does, fails once', async () => {
    const implementation = await started(['batch', 'never', '8'])
    const asked = Array.from({ length: 5 }, (_, i) => ones(i + 1, implementation))
    const [first, ...others] = await Promise.allSettled(asked)
    expect(first).toMatchObject({
      reason: {
        message:
          'cnn.conv2d: it exited with code 9\n5 questions were open; asked one at a time, each was answered',
      },
    })
    expect(others.map((other) => 'value' in other && other.value)).toEqual([2, 3, 4, 5])
  })

  it('a batch may take longer than a case may', async () => {
    const implementation = await started(['slow', 'always', '8'], { caseTimeout: 1.5 })
    const asked = Array.from({ length: 8 }, (_, i) => ones(i + 1, implementation))
    expect(await Promise.all(asked)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('what it gets right is not lost', async () => {
    const { properties: reports } = await check(await started(['exits', 'dilated', '16']))
    // The counterexamples of the notes' errors are not dilated, nor are long sums; what is to be rejected
    // is never answered.
    for (const { id, verdict } of reports) {
      const isDilated = !/\/E-|-(outside|rounding)$/.test(id)
      expect(verdict.outcome, id).toBe(isDilated ? 'errored' : 'conforms')
    }
  })
})

/** A convolution of a row of ones with as many ones: their number. */
async function ones(count: number, implementation: Implementation, dilation = 1) {
  const data = new Float32Array(count).fill(1)
  const { y } = await implementation.operations['cnn.conv2d']!(
    {
      x: { dtype: 'float32', shape: [1, 1, count, 1], data },
      filters: { dtype: 'float32', shape: [1, count, 1, 1], data },
      bias: { dtype: 'float32', shape: [1], data: new Float32Array(1) },
    },
    { strides: [1, 1], dilations: [1, dilation], padding: 'same' },
  )
  return y!.data[Math.ceil(count / 2) - 1]!
}

describe('a program that misbehaves always', () => {
  it('is started a bounded number of times; what remains is not run, and the report says why', async () => {
    const { properties: reports } = await check(await started(['exits', 'always'], { starts: 3 }))
    const outcomes = reports.map(({ verdict }) => verdict.outcome)
    // A property goes on after a case that failed, so that one may have seen it break more than once.
    const broken = outcomes.filter((outcome) => outcome === 'errored')
    expect([1, 2, 3]).toContain(broken.length)
    expect(new Set(outcomes)).toEqual(new Set(['errored', 'not-run']))
    expect(reports.at(-1)!.verdict).toEqual({
      outcome: 'not-run',
      reason: 'it broke each of the 3 times that it was started',
    })
  })

  it('a banner at its start is laid to the first question', async () => {
    const { properties: reports } = await check(await started(['start-banner'], { starts: 2 }))
    expect(reports[0]!.verdict).toMatchObject({
      outcome: 'errored',
      reason: expect.stringContaining('where only messages belong: "Loading the model..."'),
    })
    expect(reports.at(-1)!.verdict.outcome).toBe('not-run')
  })

  it('what other operations it does not provide stays unsupported', async () => {
    const implementation = await started(['exits', 'always'], { starts: 1 })
    const [property] = properties.filter(({ operations }) => operations.includes(block))
    const clause = { ...forward, id: property!.clause }
    const report = await checkClause(clause, implementation, {
      runs: 2,
      seed: 0,
      deadline: null,
      kept: {},
    })
    expect(report.properties[0]!.verdict).toEqual({
      outcome: 'unsupported',
      reason: 'one layer is enough',
    })
  })
})

describe('a program that cannot be started says why', () => {
  it.each([
    ['start-refuse', 'it refused to start: no licence'],
    ['start-wrong', 'its answer to initialize is wrong: precision must be equal to one of'],
    ['start-unknown', 'it claims operations that there are not: cnn.conv9d'],
    ['start-hang', 'it gave no answer within 0.5 s'],
  ])('%s', async (misdeed, reason) => {
    const options = { startTimeout: misdeed === 'start-hang' ? 0.5 : 60 }
    await expect(started([misdeed], options)).rejects.toThrow(reason)
  })

  it('no such program', async () => {
    await expect(launch(['no-such-program-anywhere'])).rejects.toThrow('there is no such program')
  })

  it('a program that ends at once, with what it wrote on standard error', async () => {
    const words = [process.execPath, '-e', 'console.error("no module numpy"); process.exit(1)']
    await expect(launch(words)).rejects.toThrow(
      'it exited with code 1\non standard error it wrote last:\nno module numpy',
    )
  })
})
