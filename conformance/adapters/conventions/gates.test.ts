import { describe, expect, it } from 'vitest'
import { profiles } from '../../../reference/arithmetic/profile.ts'
import { referencesById } from '../../../reference/index.ts'
import { operations } from '../../../spec/index.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { checkProperty } from '../../engine/check.ts'
import { referenceImplementation } from '../../engine/fault.ts'
import type { Evaluate, Implementation, Inputs } from '../../engine/implementation.ts'
import { properties } from '../../properties/index.ts'
import { speaking } from '../speaking.ts'

const right = referenceImplementation(operations, referencesById)

/** The parts of an array along its first axis in another order. */
function inOrder({ shape, data, dtype }: Tensor, order: readonly number[]): Tensor {
  const size = data.length / order.length
  const parts = order.flatMap((part) => Array.from(data.slice(part * size, (part + 1) * size)))
  return { dtype, shape, data: Float32Array.from(parts) }
}

/** The reference of an operation, whose arrays come, and whose derivatives go, in an order of their own. */
const reordered =
  (id: string, forth: Readonly<Record<string, readonly number[]>>): Evaluate =>
  async (inputs, parameters) => {
    const turned = (arrays: Inputs, orders: typeof forth) =>
      Object.fromEntries(
        Object.entries(arrays).map(([name, array]) => {
          const order = orders[name]
          return [name, order?.length === array.shape[0] ? inOrder(array, order) : array]
        }),
      )
    const plain = turned(inputs, forth)
    const derivatives = Object.fromEntries(
      Object.entries(forth).map(([name, order]) => [
        `d${name}`,
        order.map((_, part) => order.indexOf(part)),
      ]),
    )
    return turned(await right.operations[id]!(plain, parameters), derivatives)
  }

const gates = (order: readonly number[], P?: readonly number[]) => ({
  U: order,
  W: order,
  b: order,
  ...(P && { P }),
})

/** Where each gate of the specification is among those of a library. */
const otherwise: Readonly<Record<string, Readonly<Record<string, Evaluate>>>> = {
  iofg: {
    'lstm.forward': reordered('lstm.forward', gates([0, 2, 3, 1], [0, 2, 1])),
    'lstm.forwardGradient': reordered('lstm.forwardGradient', gates([0, 2, 3, 1], [0, 2, 1])),
  },
  ifog: { 'lstm.forward': reordered('lstm.forward', gates([0, 1, 3, 2])) },
  igfo: { 'lstm.forward': reordered('lstm.forward', gates([0, 2, 1, 3])) },
  rzn: {
    'gru.forward': reordered('gru.forward', gates([1, 0, 2])),
    'gru.forwardGradient': reordered('gru.forwardGradient', gates([1, 0, 2])),
  },
}

/** How the comparisons of a clause with the reference come out. */
async function outcomes(clause: string, implementation: Implementation, runs = 10) {
  const options = { runs, seed: 0, deadline: null, kept: [], shrink: false }
  const found: string[] = []
  for (const property of properties) {
    if (property.clause !== clause || !/exact|bounded/.test(property.id)) continue
    const { verdict } = await checkProperty(property, implementation, referencesById, options)
    found.push(verdict.outcome)
  }
  return found
}

function withGates(name: string, declared: Readonly<Record<string, string>>): Implementation {
  const spoken = speaking(otherwise[name]!, { conventions: declared })
  return { ...right, profile: profiles.ieee, operations: { ...right.operations, ...spoken } }
}

describe.each([
  ['iofg', 'lstmGates', 'lstm.forward.sequence'],
  ['ifog', 'lstmGates', 'lstm.forward.sequence'],
  ['igfo', 'lstmGates', 'lstm.forward.sequence'],
  ['rzn', 'gruGates', 'gru.forward.state'],
])('gates in the order %s', (order, convention, clause) => {
  it(`are asked for so where ${convention} says it, and wrong where nothing does: ${clause}`, async () => {
    const found = await outcomes(clause, withGates(order, { [convention]: order }))
    expect(new Set(found)).toEqual(new Set(['conforms']))
    const silent = await outcomes(clause, withGates(order, {}))
    expect(new Set(silent)).toEqual(new Set(['violates']))
  })
})

it.each([
  ['rzn', 'gruGates', 'gru.forward.gradient'],
  ['iofg', 'lstmGates', 'lstm.bptt-gradient'],
])('derivatives are read in the order %s, too', async (order, convention, clause) => {
  const found = await outcomes(clause, withGates(order, { [convention]: order }), 4)
  expect(new Set(found)).toEqual(new Set(['conforms']))
  const silent = await outcomes(clause, withGates(order, {}), 4)
  expect(new Set(silent)).toEqual(new Set(['violates']))
})

it('an update gate of the candidate is asked for with other signs, and its derivatives are read so', async () => {
  const negated = (arrays: Inputs, names: readonly string[]) =>
    Object.fromEntries(
      Object.entries(arrays).map(([name, array]) => [
        name,
        names.includes(name)
          ? { ...array, data: array.data.map((v, i) => (3 * i < array.data.length ? -v : v)) }
          : array,
      ]),
    )
  /** The layer that takes z of the candidate, and keeps 1 − z of the state. */
  const taking =
    (id: string): Evaluate =>
    async (inputs, parameters) =>
      negated(await right.operations[id]!(negated(inputs, ['U', 'W', 'b']), parameters), [
        'dU',
        'dW',
        'db',
      ])
  const theirs = (conventions: Readonly<Record<string, string>>): Implementation => {
    const own = Object.fromEntries(
      ['gru.forward', 'gru.forwardGradient'].map((id) => [id, taking(id)]),
    )
    const operations = { ...right.operations, ...speaking(own, { conventions }) }
    return { ...right, profile: profiles.ieee, operations }
  }
  for (const clause of ['gru.forward.state', 'gru.forward.gradient']) {
    const found = await outcomes(clause, theirs({ updateGate: 'takes' }), 4)
    expect(new Set(found), clause).toEqual(new Set(['conforms']))
    expect(await outcomes(clause, theirs({}), 4), clause).toContain('violates')
  }
})
