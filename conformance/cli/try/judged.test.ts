import { describe, expect, it } from 'vitest'
import { operationById, operations } from '../../../spec/index.ts'
import type { Operation } from '../../../spec/language/operation.ts'
import { Unsupported } from '../../base/errors.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { right, spoilt } from '../../fixtures/sample-reports.ts'
import { type TryOptions, tryOwnSize } from '../../suite/own-size.ts'
import { complete } from './own-size.ts'

const options: TryOptions = {
  runs: 3,
  seed: 0,
  deadline: null,
  shrinkTime: 10_000,
  onCase: () => {},
}

const conv2d = operationById('cnn.conv2d')!
const isDeep = ({ id }: Operation) => /^(resnet\.stack|rnn\.|bptt\.|lstm\.|gru\.)/.test(id)

/** Judged by what its answer has to satisfy, so that the reference is not asked. */
const isByItself = ({ id }: Operation) => id === 'lowrank.randomizedSvd'

describe('an operation at sizes of one’s own', () => {
  it('conforms where it is right, whichever it is', async () => {
    for (const operation of operations as readonly Operation[]) {
      const own = complete(operation, {}, {})
      const tried = await tryOwnSize(own, right, { ...options, runs: 1 })
      const { verdict, calls, references, discarded, open } = tried
      // Of what is deep, the bounds of a single case may say too little, and those of two nothing.
      const outcomes = ['conforms', ...(isDeep(operation) ? ['inconclusive', 'interrupted'] : [])]
      expect(outcomes, operation.id).toContain(verdict.outcome)
      // The first question is asked twice; one of which nothing can be said is followed by another.
      const cases = open + (verdict.outcome === 'interrupted' ? 0 : 1)
      const asked = [isByItself(operation) ? 0 : cases, 1 + discarded + cases]
      expect([references.length, calls.length], operation.id).toEqual(asked)
    }
  })

  it('violates where it is wrong at these sizes only, and is made smaller', async () => {
    const { failing, verdict, distributions } = await tryOwnSize(
      complete(conv2d, { N: 1, H: 12, W: 12, K: 8, Q: 6 }, {}),
      wrongFrom(8),
      options,
    )
    expect(distributions[0]).toBe('small integers')
    expect(failing?.testCase.sizes).toMatchObject({ H: 12, W: 12, K: 8, Q: 6 })
    expect(verdict).toMatchObject({
      outcome: 'violates',
      failing: 3,
      capsule: { sizes: { N: 1, Hf: 1, Wf: 1, K: 8, Q: 1, H: 1, W: 1 } },
    })
    const narrower = complete(conv2d, { N: 1, H: 12, W: 12, K: 7, Q: 6 }, {})
    const { verdict: ofOthers } = await tryOwnSize(narrower, wrongFrom(8), options)
    expect(ofOthers.outcome).toBe('conforms')
  })

  it('is declined where the implementation does not take it', async () => {
    const own = complete(conv2d, { K: 3 }, {})
    const supports = { 'cnn.conv2d': { sizes: { K: { multipleOf: 4 } } } }
    const { verdict, calls } = await tryOwnSize(own, { ...right, supports }, options)
    expect(verdict).toEqual({
      outcome: 'declined',
      reason: 'it does not take this: K not a multiple of 4',
    })
    expect(calls).toEqual([])
    const saying = spoilt({
      'cnn.conv2d': () => {
        throw new Unsupported('not on Mondays')
      },
    })
    const { verdict: said } = await tryOwnSize(own, saying, options)
    expect(said).toMatchObject({ outcome: 'declined', reason: expect.stringContaining('Mondays') })
  })

  it('is no pass where the time was over, or where nothing can be said', async () => {
    const own = complete(conv2d, {}, {})
    const { verdict } = await tryOwnSize(own, right, {
      ...options,
      deadline: performance.now() - 1,
    })
    expect(verdict.outcome).toBe('interrupted')
    // A sum of 577 terms has no bound in a format with eight bits.
    const wide = complete(conv2d, { N: 1, H: 3, W: 3, K: 64, Q: 1 }, {})
    const coarse: Implementation = { ...right, precision: 'bfloat16' }
    const { verdict: open } = await tryOwnSize(wide, coarse, { ...options, runs: 1 })
    expect(open.outcome).not.toBe('conforms')
  })
})

/** A convolution that adds 1 where an image has so many channels or more. */
function wrongFrom(channels: number): Implementation {
  return spoilt({
    'cnn.conv2d': async (inputs, parameters) => {
      const { y } = await right.operations['cnn.conv2d']!(inputs, parameters)
      const isWide = inputs.x!.shape[3]! >= channels
      const data = Float32Array.from(y!.data, (value) => (isWide ? value + 1 : value))
      return { y: { ...y!, data } }
    },
  })
}
