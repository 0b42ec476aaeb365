import * as fc from 'fast-check'
import { xorshift128plus } from 'pure-rand/generator/xorshift128plus'
import { clauseById, operationById } from '../../spec/index.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { provisions } from '../adapters/libraries/provisions.ts'
import { realize } from '../arbitraries/fill.ts'
import { recipeDrawer } from '../arbitraries/recipe-arbitrary.ts'
import { figure } from '../base/text.ts'
import { Declines, reasonsIn } from '../engine/declined.ts'
import { declinedBy } from '../engine/domain.ts'
import { gridOf } from '../engine/grid.ts'
import type { Implementation } from '../engine/implementation.ts'
import { findings } from '../findings/index.ts'
import { ordersOf } from '../protocol/axes.ts'
import type { Row } from './page.ts'

/** How many cases are drawn to see which of them are declined. Nothing is asked on them. */
const drawn = 500

/** What is known of an operation of one implementation before it is asked anything. */
export interface Declared {
  readonly name: string
  readonly version: string
  readonly rows: readonly Row[]
  /** What is known to be wrong with it, by the call. */
  readonly defects: readonly string[]
}

/** What an implementation declares of an operation, and what is known to be wrong with it. */
export function declaredBy(operation: Operation, implementation: Implementation): Declared {
  const { name, version } = implementation
  const rows = rowsOf(operation, implementation)
  return { name, version, rows, defects: defectsOf(operation, name) }
}

function rowsOf(operation: Operation, implementation: Implementation): readonly Row[] {
  const { id } = operation
  const { operations, precision, profile, unsupported, unchecked, stateless } = implementation
  if (!Object.hasOwn(operations, id)) {
    return [['provided', `no: ${unsupported?.[id] ?? 'it does not say why'}`]]
  }
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['provided', `in ${precision}, with the accuracy of the profile ${profile.name}`],
    ['takes', taken(operation, implementation)],
    ['axes', axesIn(operation, implementation)],
    ['conventions', conventionsOf(operation, implementation)],
    ['unchecked', unchecked?.[id]],
    ['stateless', stateless?.[id]],
    ...Object.entries(implementation.meanings?.[id] ?? {}).map(
      ([argument, more]) =>
        [argument, `${more}, by its documentation; it need not reject them`] as const,
    ),
  ]
  return rows.flatMap(([name, text]): Row[] => (text === undefined ? [] : [[name, text]]))
}

function defectsOf(operation: Operation, name: string): readonly string[] {
  const known = Object.values(provisions).find(({ names }) =>
    (names as readonly string[]).includes(name),
  )
  if (known === undefined) return []
  const titles = [known.title, `${known.title} on ${name.split(':')[1]}`]
  return findings
    .filter(({ library, clause }) => titles.includes(library) && isAbout(clause, operation.id))
    .map(({ call, expected, actual }) => `${call}: ${actual}; expected: ${expected}`)
}

function isAbout(clause: string, id: string): boolean {
  return clauseById(clause)?.operations.some((operation) => operation.id === id) ?? false
}

/** Its declared domain, by what it declines of cases as they are drawn in a run. */
function taken(operation: Operation, implementation: Implementation): string {
  const random = new fc.Random(xorshift128plus(0))
  const draw = recipeDrawer(operation, 'integers')
  const declines = new Declines()
  for (let i = 0; i < drawn; i++) {
    const testCase = realize(operation, draw(random), gridOf(implementation.precision))
    const reason = declinedBy(implementation, { operation, ...testCase })
    declines.drawn++
    if (reason !== null) declines.add(reason)
  }
  const { declined } = declines
  return declined === null
    ? 'all that the signature allows, as far as it declares'
    : `a part: of ${figure(drawn)} cases it declines ${reasonsIn(declined)}`
}

/** The order of the axes of its arrays, where it is another one than that of the signature. */
function axesIn(operation: Operation, { axes, operations }: Implementation): string | undefined {
  if (axes === undefined) return undefined
  const provided = Object.keys(operations).map((id) => operationById(id)!)
  const arrays = { ...operation.inputs, ...operation.outputs }
  const orders = Object.entries(ordersOf(axes, provided)[operation.id] ?? {}).map(
    ([name, order]) => `${name} ${order.map((axis) => arrays[name]!.axes[axis]).join(' × ')}`,
  )
  return orders.length === 0 ? undefined : orders.join(', ')
}

/** Which parameter a convention is about; others are about anything. */
const parameterOf: Readonly<Record<string, string>> = {
  padding: 'padding',
  alpha: 'alpha',
  group: 'radius',
}

function conventionsOf(
  { id, level, parameters }: Operation,
  { conventions = {} }: Implementation,
): string | undefined {
  const concerned: Readonly<Record<string, boolean>> = {
    average: id.startsWith('cnn.averagePool'),
    derivative: level === 'gradients',
  }
  const followed = Object.entries(conventions).filter(
    ([name]) =>
      concerned[name] ??
      (Object.hasOwn(parameters, parameterOf[name] ?? '') || parameterOf[name] === undefined),
  )
  const words = followed.map(([name, choice]) => `${name}: ${choice}`)
  return words.length === 0 ? undefined : words.join(', ')
}
