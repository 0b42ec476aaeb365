import type { Operation, Parameters } from '../../spec/language/operation.ts'
import type { Parameter } from '../../spec/language/parameter.ts'
import type { Case } from '../arbitraries/case.ts'
import { mapValues } from '../base/records.ts'
import type { Inputs } from '../engine/implementation.ts'
import { type Order, orderIn } from '../protocol/order.ts'
import { flipped, misread, orders, swapped, turned } from './layout.ts'

type Arguments = Pick<Case, 'inputs' | 'parameters'>

/** A way to understand the arguments of an operation otherwise than they are meant. */
export interface ArgumentChange {
  readonly says: string
  readonly kind: 'adapter' | 'convention'
  /** What the arguments of a case become; `null` of one that they cannot become anything else in. */
  readonly change: (testCase: Arguments) => Arguments | null
  /** The order in which the axes of outputs, or their numbers, come with it. */
  readonly orders?: Readonly<Record<string, readonly number[]>>
}

/** `its answers equal ours with …`, for what is understood otherwise. */
export const equalWith = (what: string) => `its answers equal ours with ${what}`

/** Everything that is known to be understood otherwise, from what says most to what says least. */
export function* argumentChanges(operation: Operation): Generator<ArgumentChange> {
  yield* wholeLayouts(operation)
  yield* layouts(operation)
  yield* exchangedInputs(operation)
  yield* reorderedParameters(operation)
  yield* exchangedAxes(operation)
  yield* flippedInputs(operation)
  yield* otherFactors(operation)
}

/** All arrays laid out in another way, with the answers in the usual one or in that as well. */
function* wholeLayouts({ inputs, outputs }: Operation): Generator<ArgumentChange> {
  const asTheyAre = (axes: readonly string[]) => axes.map((_, axis) => axis)
  const ways: readonly (readonly [string, (axes: readonly string[]) => Order])[] = [
    [
      "arrays are read as if their channels came first, which axes: 'channels first' would declare",
      (axes) => orderIn('channels first', axes) ?? asTheyAre(axes),
    ],
    [
      'arrays are read as if the first axis varied fastest, as in Fortran',
      (axes) => asTheyAre(axes).toReversed(),
    ],
  ]
  for (const [says, orderOf] of ways) {
    const change = ({ inputs: given, parameters }: Arguments): Arguments => {
      const read = Object.entries(given).map(
        ([name, tensor]) => [name, misread(tensor, orderOf(inputs[name]!.axes))] as const,
      )
      return { inputs: Object.fromEntries(read), parameters }
    }
    const answered = mapValues(outputs, ({ axes }) => orderOf(axes))
    yield { says: `${says}; and answered so`, kind: 'adapter', change, orders: answered }
    yield { says, kind: 'adapter', change }
  }
}

/** One array laid out with its axes in another order. */
function* layouts({ inputs }: Operation): Generator<ArgumentChange> {
  for (const [name, { axes }] of Object.entries(inputs)) {
    for (const order of orders(axes.length)) {
      const read = order.map((axis) => axes[axis]).join(' × ')
      yield {
        says: `${name} is read as if it were laid out as ${read}; it comes as ${axes.join(' × ')}`,
        kind: 'adapter',
        change: withInput(name, (tensor) => misread(tensor, order)),
      }
    }
  }
}

/** Two arrays taken for each other, where one could be the other. */
function* exchangedInputs({ inputs }: Operation): Generator<ArgumentChange> {
  const names = Object.keys(inputs)
  for (const [i, one] of names.entries()) {
    for (const other of names.slice(i + 1)) {
      if (inputs[one]!.axes.length !== inputs[other]!.axes.length) continue
      yield {
        says: `${one} and ${other} are mistaken for each other`,
        kind: 'adapter',
        change: ({ inputs: given, parameters }) =>
          given[one]!.shape.join() === given[other]!.shape.join()
            ? { inputs: { ...given, [one]: given[other]!, [other]: given[one]! }, parameters }
            : null,
      }
    }
  }
}

/** What stands for rows and columns, or for the sides of an image, in another order. */
function* reorderedParameters({ parameters }: Operation): Generator<ArgumentChange> {
  const several = Object.entries(parameters).filter(([, it]) => longestOf(it) > 1)
  for (const [name, parameter] of several) {
    const length = longestOf(parameter)
    if (length > 4) continue
    for (const order of orders(length)) {
      const places = order.map((place) => place + 1).join(', ')
      const how = length === 2 ? 'in the wrong order' : `in the order ${places}`
      yield {
        says: `${name} are read ${how}`,
        kind: 'adapter',
        change: withParameters({ [name]: (value) => inOrder(value, order) }),
      }
    }
  }
  if (several.length < 2) return
  const exchanged = Object.fromEntries(
    several.map(([name]) => [
      name,
      (value: unknown) =>
        inOrder(value, Array.isArray(value) && value.length === 4 ? [2, 3, 0, 1] : [1, 0]),
    ]),
  )
  yield {
    says: equalWith(`rows and columns exchanged in ${several.map(([name]) => name).join(', ')}`),
    kind: 'adapter',
    change: withParameters(exchanged),
  }
}

/** Two axes exchanged in every array that has both, and in the answers. */
function* exchangedAxes({ inputs, outputs }: Operation): Generator<ArgumentChange> {
  const pairs = new Map<string, readonly [string, string]>()
  for (const { axes } of Object.values(inputs)) {
    for (const [i, one] of axes.entries()) {
      for (const other of axes.slice(i + 1)) pairs.set(`${one} and ${other}`, [one, other])
    }
  }
  for (const [names, [one, other]] of pairs) {
    const first = Object.values(inputs).find(({ axes }) => has(axes, one, other))!.axes
    const places = [first.indexOf(one), first.indexOf(other)] as const
    const order = swapped(first.length, ...places)
    const answered = Object.entries(outputs).filter(([, { axes }]) => axes.length === first.length)
    yield {
      says: equalWith(`${names} exchanged`),
      kind: 'adapter',
      change: ({ inputs: given, parameters }) => ({
        inputs: Object.fromEntries(
          Object.entries(given).map(([name, tensor]) => {
            const { axes } = inputs[name]!
            if (!has(axes, one, other)) return [name, tensor]
            return [
              name,
              turned(tensor, swapped(axes.length, axes.indexOf(one), axes.indexOf(other))),
            ]
          }),
        ),
        parameters,
      }),
      orders: Object.fromEntries(answered.map(([name]) => [name, order])),
    }
  }
}

/** A kernel that is flipped, as in signal processing, or anything else that runs backwards. */
function* flippedInputs({ inputs }: Operation): Generator<ArgumentChange> {
  for (const [name, { axes }] of Object.entries(inputs)) {
    const places = axes.map((_, axis) => axis)
    const pairs = places.flatMap((one, i) => places.slice(i + 1).map((other) => [one, other]))
    for (const along of [...pairs, ...places.map((axis) => [axis])]) {
      yield {
        says: equalWith(`${name} flipped along ${along.map((axis) => axes[axis]).join(' and ')}`),
        kind: 'convention',
        change: withInput(name, (tensor) => flipped(tensor, along)),
      }
    }
  }
}

/** A number that is multiplied or divided by how many places a window has, such as α and α / n. */
function* otherFactors({ parameters }: Operation): Generator<ArgumentChange> {
  const reals = Object.entries(parameters).filter(([, { kind }]) => kind === 'real')
  const counts = Object.entries(parameters).filter(([, { kind }]) => kind === 'integer')
  for (const [name] of reals) {
    for (const [count] of counts) {
      for (const [words, placesOf] of placesBy(count)) {
        for (const [way, power] of [
          ['divided', -1],
          ['multiplied', 1],
        ] as const) {
          yield {
            says: equalWith(`${name} ${way} by ${words}`),
            kind: 'convention',
            change: ({ inputs, parameters: values }) => ({
              inputs,
              parameters: { ...values, [name]: values[name] * placesOf(values[count]) ** power },
            }),
          }
        }
      }
    }
  }
}

/** How many places a window may have whose radius or side is a parameter. */
function placesBy(name: string): readonly (readonly [string, (value: number) => number])[] {
  return [
    [name, (value) => value],
    [`${name}²`, (value) => value ** 2],
    [`n = 2 ${name} + 1`, (value) => 2 * value + 1],
    [`n², n = 2 ${name} + 1`, (value) => (2 * value + 1) ** 2],
  ]
}

function withInput(name: string, change: (tensor: Inputs[string]) => Inputs[string]) {
  return ({ inputs, parameters }: Arguments): Arguments => ({
    inputs: { ...inputs, [name]: change(inputs[name]!) },
    parameters,
  })
}

function withParameters(changes: Readonly<Record<string, (value: unknown) => unknown>>) {
  return ({ inputs, parameters }: Arguments): Arguments => {
    const changed: Parameters = Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, changes[name]?.(value) ?? value]),
    )
    return { inputs, parameters: changed }
  }
}

/** The items of a list in another order; anything else as it is. */
function inOrder(value: unknown, order: readonly number[]): unknown {
  if (!Array.isArray(value) || value.length !== order.length) return value
  return order.map((place) => value[place])
}

function longestOf(parameter: Parameter): number {
  switch (parameter.kind) {
    case 'tuple':
      return parameter.items.length
    case 'sizes':
      return parameter.of.length
    case 'alternatives':
      return Math.max(...parameter.options.map(longestOf))
    default:
      return 1
  }
}

function has(axes: readonly string[], one: string, other: string): boolean {
  return axes.includes(one) && axes.includes(other)
}
