import type { Operation } from '../../spec/language/operation.ts'
import type { Implementation, Outputs } from '../engine/implementation.ts'
import type { Conventions } from '../protocol/conventions.ts'
import { agrees, agreesAll, agreesInSomeOrder, near, turn } from './agreement.ts'
import { argumentChanges } from './arguments.ts'
import { type Expected, expectedOf, type SmokeCase } from './cases.ts'
import { arrivingReadings, gradientMisreadings } from './gradients.ts'
import { byteSwapped, orders } from './layout.ts'
import type { Misreading } from './misreading.ts'
import { recurrentReadings } from './recurrent.ts'

/** An answer and the case that it was given to. */
export interface Answered {
  readonly smokeCase: SmokeCase
  readonly answer: Outputs
}

/** The first misreading that explains every answer, those that are right among them; `null` if none does. */
export function explanationOf(
  operation: Operation,
  answered: readonly Answered[],
  implementation: Implementation,
): Misreading | null {
  const isRight = ({ smokeCase, answer }: Answered) => agreesAll(smokeCase.expected, answer)
  // One that is wrong rules out most of them at once.
  const inOrder = [...answered].sort((a, b) => Number(isRight(a)) - Number(isRight(b)))
  for (const misreading of misreadingsOf(operation, implementation)) {
    if (inOrder.every((one) => misreading.explains(one.smokeCase, one.answer))) return misreading
  }
  return null
}

/**
 * Every misreading of an operation: the numbers of the right answer in the wrong places, or the right
 * answer to arguments that were understood otherwise.
 */
function* misreadingsOf(
  operation: Operation,
  implementation: Implementation,
): Generator<Misreading> {
  for (const name of Object.keys(operation.outputs)) yield* ofOutput(name, operation)
  yield* gradientMisreadings(operation, implementation.precision)
  const changes = [
    ...arrivingReadings(operation),
    ...recurrentReadings(operation, implementation.conventions as Conventions | undefined),
    ...argumentChanges(operation),
  ]
  for (const { says, kind, change, orders: turned = {} } of changes) {
    yield {
      says,
      kind,
      explains({ testCase }, answer) {
        const changed = change(testCase)
        if (changed === null) return false
        const { inputs, parameters } = changed
        const instead = expectedOf(operation, inputs, parameters, implementation)
        return instead !== null && agreesInSomeOrder(instead, answer, turned)
      },
    }
  }
}

/** What can be wrong with one output while the others are right. */
function* ofOutput(name: string, { inputs, outputs }: Operation): Generator<Misreading> {
  const { axes } = outputs[name]!
  const inOrder = (order: readonly number[]) => order.map((axis) => axes[axis]).join(' × ')
  const adapter = (
    says: string,
    isIt: (want: Expected, given: Outputs[string], smokeCase: SmokeCase) => boolean,
  ): Misreading => ({
    says,
    kind: 'adapter',
    explains: (smokeCase, answer) =>
      Object.entries(smokeCase.expected).every(([other, want]) =>
        other === name ? isIt(want, answer[other]!, smokeCase) : agrees(want, answer[other]!),
      ),
  })
  for (const order of orders(axes.length)) {
    yield adapter(
      `${name} comes as ${inOrder(order)}; expected ${axes.join(' × ')}`,
      (want, given) => agrees(turn(want, order), given),
    )
  }
  yield adapter(
    `${name} has the right numbers, but another shape`,
    (want, { shape, data }) => shape.join() !== want.shape.join() && near(want, data),
  )
  for (const order of orders(axes.length)) {
    yield adapter(
      `the numbers of ${name} are laid out as ${inOrder(order)}; expected ${axes.join(' × ')}, the last axis varying fastest`,
      (want, { shape, data }) =>
        shape.join() === want.shape.join() && near(turn(want, order), data),
    )
  }
  yield adapter(`the bytes of ${name} are in the wrong order`, (want, { data }) =>
    near(want, byteSwapped(data)),
  )
  for (const input of Object.keys(inputs)) {
    yield adapter(`${name} is the input ${input} itself`, (_, { data }, { testCase }) => {
      const given = testCase.inputs[input]!.data
      return data.length === given.length && data.every((value, i) => value === given[i])
    })
  }
}
