import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import type { References } from '../../reference/reference.ts'
import { operations } from '../../spec/index.ts'
import type { Parameters } from '../../spec/language/operation.ts'
import { properties } from '../properties/index.ts'
import { fromWire } from '../protocol/tensor.ts'
import { checkProperty } from './check.ts'
import { faulty, referenceImplementation } from './fault.ts'
import type { Implementation, Inputs } from './implementation.ts'

const right = referenceImplementation(operations, referencesById)

async function capsuleOf(id: string, given?: Implementation) {
  const property = properties.find((candidate) => candidate.id === id)!
  const wrong = given ?? faulty(right, property.kills[0]!)
  const options = { runs: 100, seed: 0, deadline: null, kept: [], shrink: true }
  const { verdict } = await checkProperty(property, wrong, referencesById, options)
  if (verdict.outcome !== 'violates') throw new Error(`${id} ${verdict.outcome}`)
  return verdict.capsule
}

describe('a capsule', () => {
  it('holds what the reference computed on the way to a convolution: the padded image', async () => {
    const { intermediates, inputs } = await capsuleOf('cnn.conv2d.forward/bounded')
    expect(Object.keys(intermediates)).toEqual(['padded'])
    const [padded, x] = [fromWire(intermediates.padded!), fromWire(inputs.x!)]
    const sum = ({ data }: typeof x) => [...data].reduce((total, value) => total + value, 0)
    // In the same order, with zeros in between.
    expect(sum(padded)).toBe(sum(x))
    expect(padded.data.length).toBeGreaterThanOrEqual(x.data.length)
  })

  it('holds what comes before the rectifiers of a residual block', async () => {
    const { intermediates, comparisons } = await capsuleOf('resnet.block.forward/exact')
    expect(Object.keys(intermediates)).toEqual([
      'first convolution',
      'F(x)',
      'before the last rectifier',
    ])
    const last = fromWire(intermediates['before the last rectifier']!)
    expect(last.shape).toEqual(fromWire(comparisons[0]!.expected).shape)
  })

  it('holds nothing of the kind for arguments that are to be rejected', async () => {
    const isHalf = (amount: unknown) => typeof amount === 'number' && !Number.isInteger(amount)
    const lenient = {
      ...right,
      operations: {
        ...right.operations,
        'cnn.conv2d': (inputs: Inputs, parameters: Parameters) =>
          Array.isArray(parameters.padding) && parameters.padding.some(isHalf)
            ? { y: inputs.x! }
            : right.operations['cnn.conv2d']!(inputs, parameters),
      },
    }
    const { intermediates, invalid } = await capsuleOf('cnn.conv2d.forward/conv2d-outside', lenient)
    expect(invalid).toMatch(/padding.* between two whole numbers/)
    expect(intermediates).toEqual({})
  })

  it('says in what else than the specification an implementation was asked, and else nothing of it', async () => {
    const declared = async (given?: Partial<Implementation>) => {
      const property = properties.find(({ id }) => id === 'cnn.conv2d.forward/exact')!
      const wrong = faulty(right, property.kills[0]!)
      return (await capsuleOf(property.id, { ...wrong, ...given })).environment
    }
    expect(await declared()).not.toHaveProperty('declared')
    const axes = { image: 'NHWC' } as never
    expect(await declared({ axes, conventions: { padding: 'words or amounts' } })).toMatchObject({
      declared: 'axes: {"image":"NHWC"}; padding: words or amounts',
    })
    expect(await declared({ axes: 'channels-last' as never })).toMatchObject({
      declared: 'axes: channels-last',
    })
  })

  it('asks the reference for it only when a case fails', async () => {
    const noted: string[] = []
    const watched: References = {
      ...referencesById,
      'cnn.conv2d': (...question) => {
        if (question[3] !== undefined) noted.push('asked for')
        return referencesById['cnn.conv2d']!(...question)
      },
    }
    const property = properties.find(({ id }) => id === 'cnn.conv2d.forward/bounded')!
    const options = { runs: 20, seed: 0, deadline: null, kept: [], shrink: true }
    await checkProperty(property, right, watched, options)
    expect(noted).toEqual([])
  })
})
