import { describe, expect, it } from 'vitest'
import { operationById } from '../../spec/index.ts'
import type { Parameters } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import { mapValues } from '../base/records.ts'
import type { Inputs } from '../engine/implementation.ts'
import { reportOn, right, spoilt } from '../fixtures/sample-reports.ts'
import { firstAid } from './first-aid.ts'
import { swapped, turned } from './layout.ts'
import { smokeOperation } from './smoke.ts'

type Change = (inputs: Inputs, parameters: Parameters) => readonly [Inputs, Parameters]

/** A layer that takes its arguments for others. */
function taking(id: string, change: Change, conventions: Readonly<Record<string, string>> = {}) {
  const evaluate = right.operations[id]!
  const changed = spoilt({ [id]: (inputs, parameters) => evaluate(...change(inputs, parameters)) })
  return { ...changed, conventions }
}

async function saidOf(id: string, ...how: readonly [Change, Readonly<Record<string, string>>?]) {
  const { blame, problem } = await smokeOperation(operationById(id)!, taking(id, ...how))
  return { blame, problem }
}

const ofArrays =
  (change: (name: string, array: Tensor) => Tensor): Change =>
  (inputs, parameters) => [mapValues(inputs, (array, name) => change(name, array)), parameters]

/** Takes the gate at each of these places for the one that comes next in our order. */
const gatesFrom = (...places: readonly number[]) =>
  ofArrays((name, array) => (/^[UWb]$/.test(name) ? rowsFrom(array, places) : array))

function rowsFrom(array: Tensor, places: readonly number[]): Tensor {
  const size = array.data.length / places.length
  const parts = places.flatMap((place) => [...array.data.slice(place * size, (place + 1) * size)])
  return { ...array, data: Float32Array.from(parts) }
}

/** Peepholes are zeros where only the order of the gates is looked at. */
const without = { 'lstm.forward': { absent: ['P'] } } as const

/** Rows of U and W beside each other, of which the other one comes first, taken apart by width. */
const otherHalfFirst: Change = ({ U, W, ...others }, parameters) => {
  const [I, H] = [U!.shape.at(-1)!, W!.shape.at(-1)!]
  const rows = U!.data.length / I
  const [u, w] = [U!.data.slice(), W!.data.slice()]
  for (let row = 0; row < rows; row++) {
    const both = [
      ...U!.data.slice(row * I, (row + 1) * I),
      ...W!.data.slice(row * H, (row + 1) * H),
    ]
    w.set(both.slice(0, H), row * H)
    u.set(both.slice(H), row * I)
  }
  return [{ ...others, U: { ...U!, data: u }, W: { ...W!, data: w } }, parameters]
}

const transposesW = ofArrays((name, array) => {
  const rank = array.shape.length
  return name === 'W' ? turned(array, swapped(rank, rank - 2, rank - 1)) : array
})

/** The numbers of matrices, found where a column is taken for a row. */
function columnsOf({ shape, data }: Tensor): Tensor['data'] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!]
  const found = data.slice()
  for (let at = 0; at < data.length; at += rows * columns) {
    const matrix = data.slice(at, at + rows * columns)
    // Column-major: element (i, j) lies at i + j · rows.
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) found[at + i * columns + j] = matrix[i + j * rows]!
    }
  }
  return found
}

const negatesUpdates = ofArrays((name, array) => {
  const size = array.data.length / 3
  const data = array.data.map((v, at) => (at < size ? -v : v)) as Tensor['data']
  return /^[UWb]$/.test(name) ? { ...array, data } : array
})

describe('smoke names of a recurrent layer', () => {
  it.each([
    // i o f g: the forget gate at the third place, the candidate at the last, the output gate at the second.
    ['gates in the order of ONNX', gatesFrom(0, 2, 3, 1), /order i o f g, which lstmGates: 'iofg'/],
    ['that of TensorFlow 1', gatesFrom(0, 2, 1, 3), /order i g f o, which lstmGates: 'igfo'/],
    ['one that none has', gatesFrom(3, 1, 2, 0), /order o f g i$/],
  ] as const)('%s', async (_, change, says) => {
    const id = 'lstm.forward'
    const layer = { ...taking(id, change), supports: without }
    const { blame, problem } = await smokeOperation(operationById(id)!, layer)
    expect(problem).toMatch(says)
    expect(blame).toBe('convention')
  })

  it('a convention that is declared, and not followed', async () => {
    // It is told that they come as i o f g, and they are put so; it looks for i f g o.
    const declared = { lstmGates: 'iofg' }
    const layer = { ...taking('lstm.forward', gatesFrom(0, 3, 1, 2), declared), supports: without }
    const { problem } = await smokeOperation(operationById('lstm.forward')!, layer)
    expect(problem).toMatch(/order i f g o, which lstmGates: 'ifgo' declares/)
  })

  it('gates of gated recurrent units in the order of PyTorch', async () => {
    const { problem } = await saidOf('gru.forward', gatesFrom(1, 0, 2))
    expect(problem).toMatch(/order r z n, which gruGates: 'rzn' declares/)
  })

  it('an update gate that is 1 − z', async () => {
    const { problem } = await saidOf('gru.forward', negatesUpdates)
    expect(problem).toMatch(/1 − z in place of z, which updateGate: 'takes' declares/)
  })

  it.each([
    ['after', /the reset gate after the product/],
    ['before', /the reset gate before the product/],
  ])('the reset gate always %s the product', async (reset, says) => {
    const { problem } = await saidOf('gru.forward', (inputs, parameters) => [
      inputs,
      { ...parameters, reset },
    ])
    expect(problem).toMatch(says)
  })

  it('the reset gate on the wrong side', async () => {
    const { problem } = await saidOf('gru.forward', (inputs, { reset, ...others }) => [
      inputs,
      { ...others, reset: reset === 'after' ? 'before' : 'after' },
    ])
    expect(problem).toMatch(/the reset gate on the other side of the product/)
  })

  it('1 that is added to the forget gate', async () => {
    const more = ofArrays((name, array) => {
      const H = array.data.length / 4
      const data = array.data.map((v, at) => (Math.floor(at / H) === 1 ? v + 1 : v))
      return name === 'b' ? { ...array, data: data as Tensor['data'] } : array
    })
    const { problem } = await saidOf('lstm.forward', more)
    expect(problem).toMatch(/1 more as bias of the forget gate, which forgetBias: '1 more'/)
  })

  it.each(['rnn.forward', 'lstm.forward', 'gru.forward'])(
    'recurrent weights that are transposed, of %s',
    async (id) => {
      const { blame, problem } = await saidOf(id, transposesW)
      expect(problem).toMatch(/with W transposed/)
      expect(blame).toBe('adapter')
    },
  )

  it('1 that is taken from the forget gate of what has 1 added', async () => {
    // It is told to expect 1 less, since it declares that it adds 1, and adds none.
    const less = ofArrays((name, array) => {
      const H = array.data.length / 4
      const data = array.data.map((v, at) => (Math.floor(at / H) === 1 ? v - 1 : v))
      return name === 'b' ? { ...array, data: data as Tensor['data'] } : array
    })
    const { problem } = await saidOf('lstm.forward', less, { forgetBias: '1 more' })
    expect(problem).toMatch(/1 less as bias of the forget gate, which forgetBias: 'as given'/)
  })

  it.each(['rnn.forward', 'lstm.forward', 'gru.forward'])(
    'all weights that are read by columns, of %s',
    async (id) => {
      const byColumns = ofArrays((name, array) =>
        /^[UW]$/.test(name) ? { ...array, data: columnsOf(array) } : array,
      )
      const { blame, problem } = await saidOf(id, byColumns)
      expect(problem).toMatch(/with U and W transposed/)
      expect(blame).toBe('adapter')
    },
  )

  it('weights of the state before those of the input', async () => {
    const packed = { recurrentWeights: '[x, h]' }
    const { problem } = await saidOf('lstm.forward', otherHalfFirst, packed)
    expect(problem).toMatch(/\[h, x\], which recurrentWeights: '\[h, x\]' declares/)
    const { problem: apart } = await saidOf('rnn.forward', otherHalfFirst)
    expect(apart).toMatch(/the state before those of the input, \[h, x\]$/)
  })
})

it('first aid names the order of gates, too', async () => {
  const layer = { ...taking('lstm.forward', gatesFrom(0, 2, 3, 1)), supports: without }
  const report = await reportOn(layer, ['lstm.forward.sequence'])
  expect(await firstAid(report, layer)).toMatchObject([
    { operation: 'lstm.forward', says: expect.stringContaining("lstmGates: 'iofg'") },
  ])
})
