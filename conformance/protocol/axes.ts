import type { OperationById } from '../../spec/index.ts'
import { gradientName } from '../../spec/language/gradient.ts'
import type { Operation } from '../../spec/language/operation.ts'
import {
  isImage,
  type Layout,
  layouts,
  lengthOf,
  type Order,
  orderIn,
  readOrder,
  type WrittenOrder,
  WrongAxes,
} from './order.ts'

type Id = keyof OperationById
type ArraysOf<Of extends Id> = Of extends unknown
  ? (keyof OperationById[Of]['inputs'] | keyof OperationById[Of]['outputs']) & string
  : never

/**
 * The order in which an implementation wants the axes of its arrays: of all of them, of one by its name
 * wherever it occurs, or of one operation. What is nearer to the array counts.
 */
export type Axes = Layout | AxesByName

export type AxesByName = { readonly layout?: Layout } & {
  readonly [Array in ArraysOf<Id>]?: WrittenOrder
} & { readonly [Of in Id]?: Layout | { readonly [Array in ArraysOf<Of>]?: WrittenOrder } }

/** The orders of the arrays of one operation, by name; what is left out stays as it is specified. */
export type Orders = Readonly<Record<string, Order>>

type Written = Readonly<Record<string, WrittenOrder>>
type Declared = Readonly<Record<string, WrittenOrder | Written>>

/**
 * The orders in which an implementation wants the arrays of the operations that it provides, by their
 * ids. A derivative takes the order of the array by which it is one, and an image of which nothing is
 * declared, such as an output, that of `x`.
 *
 * @throws {WrongAxes} a letter that names no axis, one that is missing, an array that there is not
 */
export function ordersOf(
  axes: Axes,
  operations: readonly Operation[],
): Readonly<Record<string, Orders>> {
  const declared = (typeof axes === 'string' ? { layout: axes } : axes) as Declared
  const used = new Set<string>()
  const orders = operations.map((operation) => {
    checkOwn(declared, operation)
    return [operation.id, ordersOfOne(declared, operation, used)] as const
  })
  for (const [name, written] of Object.entries(declared)) {
    if (name === 'layout') checkLayout(name, written)
    else if (!used.has(name) && !operations.some(({ id }) => id === name)) {
      throw new WrongAxes(
        `${name} is neither an operation that is provided nor an array of one with so many axes`,
      )
    }
  }
  return Object.fromEntries(orders)
}

function checkLayout(of: string, layout: unknown): void {
  if (layouts.some((known) => known === layout)) return
  throw new WrongAxes(
    `the layout of ${of === 'layout' ? 'all' : of} is ${JSON.stringify(layout)}; expected 'channels first' or 'channels last'`,
  )
}

function checkOwn(declared: Declared, operation: Operation): void {
  const own = declared[operation.id]
  if (own === undefined) return
  if (typeof own !== 'object') {
    checkLayout(operation.id, own)
    return
  }
  const known = Object.keys({ ...operation.inputs, ...operation.outputs })
  const stranger = Object.keys(own).find((name) => !known.includes(name))
  if (stranger === undefined) return
  throw new WrongAxes(`${stranger} is no array of ${operation.id}; it has ${known.join(', ')}`)
}

function ordersOfOne(declared: Declared, operation: Operation, used: Set<string>): Orders {
  const orders: Record<string, Order> = {}
  for (const [name, { axes }] of Object.entries({ ...operation.inputs, ...operation.outputs })) {
    const order = orderOf(name, axes, declared, operation.id, used)
    if (order?.some((axis, place) => axis !== place)) orders[name] = order
  }
  return orders
}

function orderOf(
  name: string,
  axes: readonly string[],
  declared: Declared,
  id: string,
  used: Set<string>,
): Order | null {
  const read = (written: WrittenOrder) => readOrder(written, axes, `${name} of ${id}`)
  const own = declared[id]
  if (typeof own === 'object') {
    const key = keyFor(name, axes, own as Written)
    if (key !== undefined) return read((own as Written)[key]!)
  }
  if (typeof own === 'string') return orderIn(own as Layout, axes)
  const key = keyFor(name, axes, declared as Written)
  if (key !== undefined && lengthOf((declared as Written)[key]!) === axes.length) {
    used.add(key)
    return read((declared as Written)[key]!)
  }
  return declared.layout === undefined ? null : orderIn(declared.layout as Layout, axes)
}

/** The declared name whose order an array takes: its own, that of which it is the derivative, or `x`. */
function keyFor(name: string, axes: readonly string[], written: Written): string | undefined {
  const names = Object.keys(written)
  return (
    names.find((other) => other === name) ??
    names.find((other) => gradientName(other) === name) ??
    (isImage(axes) ? names.find((other) => other === 'x') : undefined)
  )
}
