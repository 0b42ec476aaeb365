import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { operationById, operations } from '../../spec/index.ts'
import { properties } from '../properties/index.ts'
import { smoke } from '../smoke/smoke.ts'
import { checkProperty } from './check.ts'
import { referenceImplementation } from './fault.ts'
import type { Implementation } from './implementation.ts'
import { problemWithStateless, withheld } from './stateless.ts'

const right = referenceImplementation(operations, referencesById)
const evaluate = right.operations['resnet.stack']!

/** A stack of which only the output comes back. */
const endToEnd: Implementation = {
  ...right,
  operations: {
    ...right.operations,
    'resnet.stack': async (inputs, parameters) => {
      const { y } = await evaluate(inputs, parameters)
      return { y: y! }
    },
  },
}
const declared = { ...endToEnd, stateless: { 'resnet.stack': 'it keeps one state only' } }

async function verdictOn(name: string, implementation: Implementation) {
  const property = properties.find(({ id }) => id === `resnet.stack.gradient-highway/${name}`)!
  const options = { runs: 20, seed: 0, deadline: null, kept: [], shrink: false }
  return (await checkProperty(property, implementation, referencesById, options)).verdict
}

describe('an implementation that says it cannot return its states', () => {
  it('is judged by its other outputs', async () => {
    expect(await verdictOn('exact', declared)).toMatchObject({ outcome: 'conforms', cases: 20 })
    expect(await verdictOn('bounded', declared)).toMatchObject({ outcome: 'conforms', cases: 20 })
  })

  it('and fails by them', async () => {
    const wrong: Implementation = {
      ...declared,
      operations: {
        ...declared.operations,
        'resnet.stack': async (inputs, parameters) => {
          const { y } = await evaluate(inputs, parameters)
          return { y: { ...y!, data: Float32Array.from(y!.data, (v) => v + 1) } }
        },
      },
    }
    expect(await verdictOn('exact', wrong)).toMatchObject({
      outcome: 'violates',
      wrong: ['resnet.stack'],
    })
  })

  it('is judged by those that it returns', async () => {
    const returning = (off: number): Implementation => ({
      ...declared,
      operations: {
        ...declared.operations,
        'resnet.stack': async (inputs, parameters) => {
          const { y, states } = await evaluate(inputs, parameters)
          return {
            y: y!,
            states: { ...states!, data: Float32Array.from(states!.data, (v) => v + off) },
          }
        },
      },
    })
    expect(await verdictOn('exact', returning(0))).toMatchObject({ outcome: 'conforms' })
    expect(await verdictOn('exact', returning(1))).toMatchObject({ outcome: 'violates' })
  })

  it.each(['stepwise', 'sum-of-branches'])('is not asked by %s', async (name) => {
    expect(await verdictOn(name, declared)).toEqual({
      outcome: 'unsupported',
      reason: 'it keeps one state only',
    })
  })

  it('has no excuse on a level that it claims', async () => {
    expect(await verdictOn('stepwise', { ...declared, levels: ['core'] })).toMatchObject({
      outcome: 'errored',
      reason: expect.stringContaining('resnet.stack belongs, and does not return its states'),
    })
  })

  it('passes the smoke test', async () => {
    const only = { 'resnet.stack': declared.operations['resnet.stack']! }
    const [result] = await smoke({ ...declared, operations: only })
    expect(result).toMatchObject({ operation: 'resnet.stack', blame: 'nobody' })
  })
})

it('an answer without states is malformed where nothing was declared', async () => {
  expect(await verdictOn('exact', endToEnd)).toMatchObject({
    outcome: 'errored',
    reason: expect.stringContaining('no array named states'),
  })
})

it('only operations that have states can be without', () => {
  expect(problemWithStateless({ 'resnet.stack': 'why' })).toBeNull()
  expect(problemWithStateless({ 'cnn.conv2d': 'why' })).toContain('has no states')
  expect(problemWithStateless({ 'cnn.conv': 'why' })).toContain('there is no operation cnn.conv')
})

describe('what an implementation withholds', () => {
  it('is the states of an operation that it says so of, and nothing else', () => {
    const [one, other] = ['resnet.stack', 'cnn.flatten'].map((id) => operationById(id)!)
    expect(withheld(declared, one!)).toEqual(one!.states)
    expect(one!.states).not.toEqual([])
    expect(withheld(right, one!)).toEqual([])
    expect(withheld({ stateless: { 'cnn.flatten': 'it has none' } }, other!)).toEqual([])
  })
})
