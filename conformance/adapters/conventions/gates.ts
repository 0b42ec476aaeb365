import { gradientName } from '../../../spec/language/gradient.ts'
import { elements, type Tensor } from '../../../spec/language/tensor.ts'
import type { Question } from '../../base/question.ts'
import { mapValues } from '../../base/records.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged } from './convert.ts'

/** The gates of a layer in the order of the specification, and those of them that have peepholes. */
const layers = {
  'lstm.forward': { gates: 'ifgo', peepholes: 'ifo', convention: 'lstmGates' },
  'gru.forward': { gates: 'zrn', peepholes: '', convention: 'gruGates' },
} as const

/** The arrays whose first axis is of gates, and that of peepholes. */
const gated = ['U', 'W', 'b']
const peeped = ['P']

/** A question about a layer with gates for an implementation that has them in another order. */
export function convertGates(question: Question, conventions: Conventions): Converted {
  const { operation, inputs } = question
  const layer = layers[(operation.derivative?.of ?? operation).id as keyof typeof layers]
  if (layer === undefined) return unchanged(question)
  const { gates, peepholes, convention } = layer
  const wanted = [...(conventions[convention] ?? gates)]
  if (wanted.join('') === gates) return unchanged(question)
  const forth = wanted.map((gate) => gates.indexOf(gate))
  const peeping = wanted.filter((gate) => peepholes.includes(gate))
  const orders: Readonly<Record<string, readonly number[]>> = {
    ...Object.fromEntries(gated.map((name) => [name, forth])),
    ...Object.fromEntries(
      peeped.map((name) => [name, peeping.map((gate) => peepholes.indexOf(gate))]),
    ),
  }
  const back = mapValues(orders, (order) => order.map((_, place) => order.indexOf(place)))
  const derivatives = Object.fromEntries(
    Object.entries(back).map(([name, order]) => [gradientName(name), order]),
  )
  return {
    question: { ...question, inputs: inOrders(inputs, orders) },
    back: (answer) => inOrders(answer, derivatives),
  }
}

const inOrders = (
  arrays: Readonly<Record<string, Tensor>>,
  orders: Readonly<Record<string, readonly number[]>>,
) =>
  mapValues(arrays, (array, name) => {
    const order = orders[name]
    return order === undefined ? array : inOrder(array, order)
  })

/** An array with the parts along its first axis in another order; one that has others stays as it is. */
function inOrder(array: Tensor, order: readonly number[]): Tensor {
  const { shape, data } = array
  if (shape?.[0] !== order.length || data?.length !== elements(shape)) return array
  const size = data.length / order.length
  const moved = data.slice()
  for (const [to, from] of order.entries()) {
    moved.set(data.subarray(from * size, (from + 1) * size), to * size)
  }
  return { ...array, data: moved }
}
