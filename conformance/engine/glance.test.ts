import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { operations } from '../../spec/index.ts'
import { Unsupported } from '../base/errors.ts'
import { properties } from '../properties/index.ts'
import { Checking } from './checking.ts'
import { referenceImplementation } from './fault.ts'
import type { Evaluate, Implementation } from './implementation.ts'

const right = referenceImplementation(operations, referencesById)
const id = 'cnn.conv2d'
const rightly = right.operations[id]!
const property = properties.find((each) => each.id === 'cnn.conv2d.forward/bounded')!

/** What a checking says after some glances at a convolution. */
async function afterGlances(evaluate: Evaluate, glances = 12, more: Partial<Implementation> = {}) {
  const implementation = { ...right, ...more, operations: { ...right.operations, [id]: evaluate } }
  const candidate = { implementation, runs: 20, deadline: null, kept: [], shrink: false }
  const checking = new Checking(property, [candidate], referencesById, 0)
  for (let i = 0; i < glances; i++) await checking.glance()
  return checking
}

const times =
  (factor: number): Evaluate =>
  async (inputs, parameters) => {
    const { y } = await rightly(inputs, parameters)
    return { y: { ...y!, data: Float32Array.from(y!.data as Float32Array, (v) => factor * v) } }
  }

describe('a glance', () => {
  it('counts nothing where the answer looks right, also when it is off by rounding', async () => {
    for (const evaluate of [rightly, times(1 + 2 ** -22)]) {
      const checking = await afterGlances(evaluate)
      expect([checking.cases, checking.left, checking.failed]).toEqual([0, 20, false])
    }
  })

  it('has a wrong answer judged, as a case in addition to those that are wanted', async () => {
    // 32 roundings of every number.
    const checking = await afterGlances(times(1 + 2 ** -19))
    expect(checking.failed).toBe(true)
    expect(checking.cases).toBeGreaterThan(0)
    expect(checking.left).toBe(20)
    await checking.conclude()
    expect(checking.checked()[0]!.verdict).toMatchObject({ outcome: 'violates' })
  })

  it('has it judged where none is given, and takes what is declined for no failure', async () => {
    const throwing: Evaluate = () => {
      throw new Error('no memory')
    }
    expect((await afterGlances(throwing)).failed).toBe(true)
    const declining: Evaluate = () => {
      throw new Unsupported('not here')
    }
    const { cases, failed } = await afterGlances(declining)
    expect([cases, failed]).toEqual([0, false])
  })

  it('looks at the same cases for a seed, and changes none of those that are tried', async () => {
    const asked: string[] = []
    const noting: Evaluate = (inputs, parameters) => {
      asked.push(JSON.stringify([inputs.x!.shape, Array.from(inputs.x!.data).slice(0, 4)]))
      return rightly(inputs, parameters)
    }
    const tried = async (glances: number) => {
      asked.length = 0
      const checking = await afterGlances(noting, glances)
      const glanced = asked.splice(0)
      await checking.tryUpTo(8)
      return { glanced, judged: [...asked] }
    }
    const [one, other, none] = [await tried(4), await tried(4), await tried(0)]
    expect(one.glanced).toHaveLength(4)
    expect(one).toEqual(other)
    expect(one.judged).toEqual(none.judged)
  })

  it.each([false, true])(
    'gives arrays of reals within larger ones, unless they have to be whole: %s',
    async (wholeBuffers) => {
      const within: boolean[] = []
      const noting: Evaluate = (inputs, parameters) => {
        const { buffer, byteLength } = inputs.x!.data as Float32Array
        within.push(buffer.byteLength > byteLength)
        return rightly(inputs, parameters)
      }
      await afterGlances(noting, 3, { wholeBuffers })
      expect(within).toEqual([!wholeBuffers, !wholeBuffers, !wholeBuffers])
    },
  )
})
