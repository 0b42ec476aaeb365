import { describe, expect, it } from 'vitest'
import { profiles } from '../../../reference/arithmetic/profile.ts'
import { referencesById } from '../../../reference/index.ts'
import { clauseById, operations } from '../../../spec/index.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { Unsupported } from '../../base/errors.ts'
import { referenceImplementation } from '../../engine/fault.ts'
import type { Evaluate, Inputs, Outputs } from '../../engine/implementation.ts'
import { checkClause } from '../../suite/clauses.ts'
import { speaking } from '../speaking.ts'

const array = (shape: readonly number[], ...data: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
})

const right = referenceImplementation(operations, referencesById)
const own = (id: string) => right.operations[id]!
const conventions = { sequences: 'lengths', paddedStates: 'zeros', biases: 'two' }

/** 1 where steps are padding, of sequences that are so long. */
function paddingOf({ x, lengths }: Inputs): Tensor | undefined {
  const [T, N] = x!.shape as [number, number]
  if (lengths === undefined) return undefined
  if (lengths.data.length !== N) throw new RangeError('as many lengths as sequences')
  const bits = Array.from({ length: T * N }, (_, at) =>
    Math.floor(at / N) < lengths.data[at % N]! ? 0 : 1,
  )
  return array([T, N], ...bits)
}

const halves = ({ shape: [, ...shape], data }: Tensor) => {
  const half = data.length / 2
  return array(shape, ...Array.from({ length: half }, (_, i) => data[i]! + data[half + i]!))
}
const twice = ({ shape, data }: Tensor) => array([2, ...shape], ...data, ...data)

/** An array of all steps, with zeros where they are padding. */
const zeroed = (states: Tensor, padded: Tensor | undefined): Tensor => {
  const H = states.shape[2]!
  const value = (v: number, at: number) => (padded?.data[Math.floor(at / H)] === 1 ? 0 : v)
  return { ...states, data: states.data.map(value) as Tensor['data'] }
}

/** What the reference is asked in place of one that has lengths, zeros and two biases. */
function plain(inputs: Inputs): Inputs {
  const { lengths: _, b, dh, ...others } = inputs
  const padded = paddingOf(inputs)
  return {
    ...others,
    ...(padded && { padded }),
    ...(b && { b: halves(b) }),
    ...(dh && { dh: zeroed(dh, padded) }),
  }
}

const otherwise: Readonly<Record<string, Evaluate>> = {
  'rnn.forward': async (inputs, parameters) => {
    const { h, last } = await own('rnn.forward')(plain(inputs), parameters)
    return { h: zeroed(h!, paddingOf(inputs)), last: last! }
  },
  'rnn.forwardGradient': async (inputs, parameters) => {
    const answer = await own('rnn.forwardGradient')(plain(inputs), parameters)
    const { h: _, delta: __, back: ___, ...derivatives } = answer
    return { ...derivatives, db: twice(answer.db!) }
  },
}

const layer = {
  x: array([3, 2, 1], 1, 1, 1, 1, 1, 1),
  U: array([1, 1], 1),
  W: array([1, 1], 2),
  b: array([1], 1),
  h0: array([2, 1], 5, 7),
  padded: array([3, 2], 0, 1, 1, 1, 1, 1),
}
const linear = (direction: string) => ({ activation: 'linear', direction })

async function asked(evaluate: Evaluate, words: Readonly<Record<string, string>>, inputs: Inputs) {
  const [id, of] = 'dh' in inputs ? ['rnn.forwardGradient', 'forward'] : ['rnn.forward', 'reverse']
  const { [id]: ask } = speaking({ [id]: evaluate }, { conventions: words })
  return ask!(inputs, linear(of))
}

describe('sequences with their lengths, zeros behind them, and two biases', () => {
  const spoken = speaking(otherwise, { conventions })
  it.each(['rnn.forward.hidden', 'rnn.forward.gradient', 'rnn.batching.same-length'])(
    'are those of %s',
    async (id) => {
      const implementation = {
        ...right,
        profile: profiles.ieee,
        stateless: { 'rnn.forwardGradient': 'it has derivatives only' },
        operations: { ...right.operations, ...spoken },
      }
      const options = { runs: 20, seed: 0, deadline: null, kept: {}, shrink: false, killing: false }
      const { properties } = await checkClause(clauseById(id)!, implementation, options)
      const fine = ['conforms', 'declined', 'unsupported']
      const found = properties.filter(({ verdict }) => !fine.includes(verdict.outcome))
      expect(found.map(({ id }) => id)).toEqual([])
      expect(properties.some(({ verdict }) => verdict.outcome === 'conforms')).toBe(true)
    },
  )

  it('read zeros as the state before, in reverse the first one, and nothing else', async () => {
    const h = array([3, 2, 1], 12, 0, 0, 9, 0, 0)
    const { h: read } = await asked(() => ({ h, last: h }), { paddedStates: 'zeros' }, { ...layer })
    expect(read!.data).toEqual(Float32Array.of(12, 9, 5, 9, 5, 7))
  })

  it('tell the state before what arrives at padding, and the first one what arrives before a step', async () => {
    let arriving: Tensor | undefined
    const evaluate = ({ dh }: Inputs): Outputs => {
      arriving = dh
      return { dH0: array([2, 1], 100, 200) }
    }
    const { dH0 } = await asked(
      evaluate,
      { paddedStates: 'zeros' },
      { ...layer, dh: array([3, 2, 1], 1, 2, 4, 8, 16, 32), dLast: array([2, 1], 0, 0) },
    )
    expect(arriving!.data).toEqual(Float32Array.of(21, 2, 4, 8, 16, 32))
    expect(dH0!.data).toEqual(Float32Array.of(100, 242))
  })

  it.each([
    [{ sequences: 'mask' }, { mask: array([3, 2], 1, 0, 0, 0, 0, 0) }],
    [
      { sequences: 'lengths' },
      { lengths: { dtype: 'int32', shape: [2], data: Int32Array.of(1, 0) } },
    ],
  ] as const)('are told as %j', async (words, told) => {
    let given: Inputs = {}
    const evaluate = (inputs: Inputs) => {
      given = inputs
      return {}
    }
    await asked(evaluate, words, layer)
    const { padded, ...others } = layer
    expect(given).toEqual({ ...others, ...told })
    await asked(evaluate, words, others)
    expect(given).toEqual(others)
  })

  it('are declined where they have no form', async () => {
    const before = { ...layer, padded: array([3, 2], 1, 0, 0, 0, 0, 0) }
    const nothing = () => ({})
    const inWords = (sequences: string) => (inputs: Inputs) => asked(nothing, { sequences }, inputs)
    await expect(inWords('lengths')(before)).rejects.toThrow(Unsupported)
    await expect(inWords('mask')(before)).resolves.toEqual({})
    const odd = { ...layer, padded: array([3, 2], 2, 0, 0, 0, 0, 0) }
    await expect(inWords('mask')(odd)).rejects.toThrow(Unsupported)
    const longer = { ...layer, padded: array([4, 2], 0, 0, 0, 0, 0, 0, 1, 1) }
    await expect(inWords('lengths')(longer)).rejects.toThrow(Unsupported)
  })
})

describe('two biases', () => {
  it('hold those of the units by turns, and have the derivative where they do', async () => {
    let given: Tensor | undefined
    const evaluate = ({ b }: Inputs) => {
      given = b
      return { db: array([2, 3], 1, 2, 3, 4, 5, 6) }
    }
    const inputs = { ...layer, b: array([3], 7, 8, 9), dh: array([3, 2, 1]), dLast: array([2, 1]) }
    const { db } = await asked(evaluate, { biases: 'two' }, inputs)
    expect(given).toEqual(array([2, 3], 7, 0, 9, 0, 8, 0))
    expect(db).toEqual(array([3], 1, 5, 3))
  })

  it('are both of the candidate of gated recurrent units, and there without others', async () => {
    let given: Inputs = {}
    const evaluate = (inputs: Inputs) => {
      given = inputs
      return { db: array([2, 3, 2], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) }
    }
    const spoken = speaking(
      { 'gru.forward': evaluate, 'gru.forwardGradient': evaluate },
      { conventions: { biases: 'two' } },
    )
    const b = array([3, 2], 1, 2, 3, 4, 5, 6)
    const parameters = { reset: 'after', direction: 'forward' }
    const units = { x: layer.x, U: array([3, 2, 1]), W: array([3, 2, 2]), bn: array([2], 7, 8) }
    const { db, dBn } = await spoken['gru.forwardGradient']!({ ...units, b }, parameters)
    expect(given.b).toEqual(array([2, 3, 2], 1, 0, 3, 0, 5, 6, 0, 2, 0, 4, 7, 8))
    expect(given).not.toHaveProperty('bn')
    expect([db, dBn]).toEqual([array([3, 2], 1, 8, 3, 10, 5, 6), array([2], 11, 12)])
    await spoken['gru.forward']!(units, parameters)
    expect(given.b).toEqual(array([2, 3, 2], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 8))
    const leftOut = { ...array([3, 2], 0, 0, 0, 0, 0, 0), absent: true } as const
    await spoken['gru.forward']!({ ...units, b: leftOut }, parameters)
    expect(given.b).toEqual(array([2, 3, 2], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 8))
    const odd = { ...units, b, bn: array([1], 7) }
    await expect(async () => spoken['gru.forward']!(odd, parameters)).rejects.toThrow(Unsupported)
  })
})
