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

const tensor = (shape: readonly number[], ...data: readonly number[]): Tensor => ({
  dtype: 'float32',
  shape,
  data: Float32Array.from(data),
})

const right = referenceImplementation(operations, referencesById)
const own = (id: string) => right.operations[id]!

/** Some columns of every row. */
const columns = ({ shape, data }: Tensor, from: number, to: number): Tensor => {
  const width = shape.at(-1)!
  const taken = data.filter((_, at) => at % width >= from && at % width < to)
  return tensor(shape.with(-1, to - from), ...taken)
}
const beside = (first: Tensor, second: Tensor): Tensor => {
  const [m, n] = [first.shape.at(-1)!, second.shape.at(-1)!]
  const rows = first.data.length / m
  const data = Array.from({ length: rows }, (_, row) => [
    ...first.data.slice(row * m, (row + 1) * m),
    ...second.data.slice(row * n, (row + 1) * n),
  ])
  return tensor(first.shape.with(-1, m + n), ...data.flat())
}

/** The reference, with the weights of the input before those of the state, in one array. */
const inputFirst = (id: string): Evaluate => {
  return async ({ weights, ...inputs }: Inputs, parameters) => {
    const I = inputs.x!.shape[2]!
    const [U, W] = [columns(weights!, 0, I), columns(weights!, I, weights!.shape.at(-1)!)]
    const { dU, dW, ...answer } = await own(id)({ ...inputs, U, W }, parameters)
    return (dU === undefined ? answer : { ...answer, dWeights: beside(dU, dW!) }) as Outputs
  }
}

/** The reference, to whose forget gates 1 is added. */
const addsOne: Evaluate = (inputs, parameters) => {
  const { b, U } = inputs
  const H = U!.shape[1]!
  const biases = b ?? tensor([4, H], ...Array<number>(4 * H).fill(0))
  const data = biases.data.map((v, at) => (Math.floor(at / H) === 1 ? v + 1 : v))
  return own('lstm.forward')({ ...inputs, b: tensor(biases.shape, ...data) }, parameters)
}

async function wrongOf(
  clause: string,
  operations: Readonly<Record<string, Evaluate>>,
  conventions: Readonly<Record<string, string>>,
) {
  const spoken = speaking(operations, { conventions })
  const implementation = {
    ...right,
    profile: profiles.ieee,
    operations: { ...right.operations, ...spoken },
  }
  const options = { runs: 20, seed: 5, deadline: null, kept: {}, shrink: false, killing: false }
  const { properties } = await checkClause(clauseById(clause)!, implementation, options)
  return properties.filter(({ verdict }) => verdict.outcome !== 'conforms').map(({ id }) => id)
}

describe.each([
  ['rnn.batching.same-length', 'rnn.forward'],
  ['rnn.order-dependence', 'rnn.forwardGradient'],
  ['lstm.forget-gate', 'lstm.forward'],
  ['lstm.gradient-flow', 'lstm.forwardGradient'],
])('weights of the input before those of the state: %s', (clause, id) => {
  const packed = { [id]: inputFirst(id) }

  it('conforms where that is declared', async () => {
    expect(await wrongOf(clause, packed, { recurrentWeights: '[x, h]' })).toEqual([])
  })
})

it('weights that are taken for those of the other order are wrong', async () => {
  const packed = { 'lstm.forward': inputFirst('lstm.forward') }
  expect(await wrongOf('lstm.forget-gate', packed, { recurrentWeights: '[h, x]' })).not.toEqual([])
})

describe('one more in the forget gate', () => {
  const adding = { 'lstm.forward': addsOne }

  it('conforms where it is declared, and not where it is not', async () => {
    expect(await wrongOf('lstm.cell-update', adding, { forgetBias: '1 more' })).toEqual([])
    expect(await wrongOf('lstm.forget-gate', adding, {})).not.toEqual([])
  })

  const unit = (bias: number) => ({
    x: tensor([1, 1, 1], 0),
    U: tensor([4, 1, 1], 0, 0, 0, 0),
    W: tensor([4, 1, 1], 0, 0, 0, 0),
    b: tensor([4, 1], 0, bias, 0, 0),
    c0: tensor([1, 1], 1),
  })
  const ask = async (bias: number) => {
    const spoken = speaking(adding, { conventions: { forgetBias: '1 more' } })
    return spoken['lstm.forward']!(unit(bias), { direction: 'forward', coupled: false })
  }

  it('keeps half of a cell where the bias is 0', async () => {
    expect((await ask(0)).c!.data[0]).toBe(0.5)
  })

  it('declines a bias from which 1 cannot be taken away without rounding', async () => {
    await expect(ask(2 ** -40)).rejects.toThrow(Unsupported)
  })
})

it('what TensorFlow 1 has is all of it at once: [x, h], i g f o, and one more', async () => {
  const gates = [0, 2, 1, 3]
  const inOurOrder = ({ shape, data }: Tensor) => {
    const size = data.length / 4
    return tensor(
      shape,
      ...gates.flatMap((gate) => [...data.slice(gate * size, (gate + 1) * size)]),
    )
  }
  const cell: Evaluate = ({ weights, b, ...inputs }, parameters) => {
    const I = inputs.x!.shape[2]!
    const ours = inOurOrder(weights!)
    const [U, W] = [columns(ours, 0, I), columns(ours, I, ours.shape.at(-1)!)]
    return addsOne({ ...inputs, U, W, ...(b && { b: inOurOrder(b) }) }, parameters)
  }
  const conventions = { recurrentWeights: '[x, h]', lstmGates: 'igfo', forgetBias: '1 more' }
  expect(await wrongOf('lstm.cell-update', { 'lstm.forward': cell }, conventions)).toEqual([])
  const unlike = { ...conventions, lstmGates: 'ifgo' }
  expect(await wrongOf('lstm.cell-update', { 'lstm.forward': cell }, unlike)).not.toEqual([])
})

it('weights that do not fit come as they are, to be refused', async () => {
  const seen: string[][] = []
  const spoken = speaking(
    {
      'lstm.forward': (inputs) => {
        seen.push(Object.keys(inputs))
        return {}
      },
    },
    { conventions: { recurrentWeights: '[h, x]' } },
  )
  const inputs = { x: tensor([1, 1, 1], 0), U: tensor([4, 1, 1], 0, 0, 0, 0), W: tensor([1, 1], 0) }
  await spoken['lstm.forward']!(inputs, { direction: 'forward', coupled: false })
  expect(seen).toEqual([['x', 'U', 'W']])
})
