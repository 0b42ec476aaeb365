import { describe, expect, it } from 'vitest'
import { referencesById } from '../../reference/index.ts'
import { operationById, operations } from '../../spec/index.ts'
import { unasked } from '../../spec/language/gradient.ts'
import { properties } from '../properties/index.ts'
import { checkProperty } from './check.ts'
import { referenceImplementation } from './fault.ts'
import type { Evaluate, Implementation, Outputs } from './implementation.ts'

const id = 'lstm.forwardGradient'
const right = referenceImplementation(operations, referencesById)
const evaluate = right.operations[id]!

/** The reference, which gives some of its derivatives, or others than it should. */
function giving(change: (outputs: Outputs) => Outputs): Implementation {
  const changed: Evaluate = async (inputs, parameters) => change(await evaluate(inputs, parameters))
  return { ...right, operations: { ...right.operations, [id]: changed } }
}

async function check(implementation: Implementation) {
  const property = properties.find((one) => one.id === 'lstm.bptt-gradient/exact')!
  const options = { runs: 60, seed: 0, deadline: null, kept: [], shrink: false }
  return checkProperty(property, implementation, referencesById, options)
}

const withoutPeepholes = giving(({ dP: _, ...others }) => others)

describe('the derivative by an array that is left out', () => {
  it('is what nobody asks for', () => {
    const zeros = { dtype: 'float32', shape: [3, 1], data: new Float32Array(3) } as const
    const gradient = operationById(id)!
    const given = Object.fromEntries(Object.keys(gradient.inputs).map((name) => [name, zeros]))
    expect(unasked(gradient, given)).toEqual([])
    expect(unasked(gradient, { ...given, P: { ...zeros, absent: true } })).toEqual(['dP'])
    // What is left out of a forward pass makes none of its outputs a derivative.
    expect(unasked(operationById('lstm.forward')!, {})).toEqual([])
  })

  it('may be missing, and is asked for where the array is there', async () => {
    expect((await check(right)).verdict).toMatchObject({ outcome: 'conforms' })
    const given = { supports: { [id]: { absent: ['P'] } } }
    const { verdict, declined } = await check({ ...withoutPeepholes, ...given })
    expect(verdict).toMatchObject({ outcome: 'conforms' })
    expect(Object.keys(declined!.reasons)).toEqual(['given P'])
    expect((await check(withoutPeepholes)).verdict).toMatchObject({
      outcome: 'errored',
      reason: expect.stringContaining('no array named dP'),
    })
  })

  it('is judged where it is given all the same', async () => {
    const always = giving((outputs) => {
      const { shape, data } = outputs.dW!
      const dP = { dtype: 'float32', shape: [3, shape[1]!], data: new Float32Array(3 * shape[1]!) }
      return data.length === 0 ? outputs : ({ ...outputs, dP } as Outputs)
    })
    const { verdict } = await check({ ...always, supports: { [id]: { absent: ['P'] } } })
    expect(verdict).toMatchObject({ outcome: 'violates', wrong: [id] })
  })
})

describe('the derivative by a state that a loss does not look at', () => {
  it.each([
    ['lstm.forwardGradient', ['dh', 'dc']],
    ['rnn.forwardGradient', ['dh']],
  ])('may be left out of %s', (id, names) => {
    const { inputs } = operationById(id)!
    const optional = Object.keys(inputs).filter((name) => inputs[name]!.optional)
    expect(optional.filter((name) => /^d[a-z]$/.test(name))).toEqual(names)
    expect(inputs.dLast).not.toHaveProperty('optional')
  })
})
