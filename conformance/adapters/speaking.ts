import { operationById } from '../../spec/index.ts'
import { ArgumentError } from '../../spec/language/errors.ts'
import { gradientName } from '../../spec/language/gradient.ts'
import type { Operation } from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import { ChangedInput } from '../base/errors.ts'
import { mapValues } from '../base/records.ts'
import { sameTensor } from '../base/tensor.ts'
import type { Evaluate, MaybePromise, Outputs } from '../engine/implementation.ts'
import { type Axes, type Orders, ordersOf } from '../protocol/axes.ts'
import {
  type Conventions,
  conventions as known,
  problemWithConventions,
} from '../protocol/conventions.ts'
import { WrongAxes } from '../protocol/order.ts'
import { inverse, transposed } from '../protocol/transpose.ts'
import { convertBiases } from './conventions/biases.ts'
import { type Converter, inTurn, unchanged } from './conventions/convert.ts'
import { convertGates } from './conventions/gates.ts'
import { convertHalves } from './conventions/halves.ts'
import { convertNormalization } from './conventions/normalization.ts'
import { convertOrigins } from './conventions/origins.ts'
import { convertWindows } from './conventions/padding.ts'
import { convertForgetBias, convertRecurrentWeights } from './conventions/recurrent-weights.ts'
import { convertSequences } from './conventions/sequences.ts'
import { convertTies } from './conventions/ties.ts'
import { convertTransposed } from './conventions/transposed.ts'
import { convertUpdateGate } from './conventions/update-gate.ts'

/** How an implementation wants to be asked. */
export interface Manner {
  readonly axes?: Axes
  readonly conventions?: Readonly<Record<string, string>>
}

/**
 * The operations of an implementation, asked and read as it declares it: whoever calls them sees the
 * axes and the conventions of the specification.
 *
 * @throws {WrongAxes} the axes that it declares are none of its arrays, or the conventions not known
 */
export function speaking(
  operations: Readonly<Record<string, Evaluate>>,
  { axes, conventions = {} }: Manner,
): Readonly<Record<string, Evaluate>> {
  const problem = problemWithConventions(conventions)
  if (problem !== null) throw new WrongAxes(problem)
  // What is no operation at all is for whoever loads the implementation to name.
  const provided = Object.keys(operations)
    .map(operationById)
    .filter((one) => one !== undefined)
  const orders = axes === undefined ? {} : ordersOf(axes, provided)
  return mapValues(operations, (evaluate, id) => {
    const operation = provided.find((one) => one.id === id)
    const isPlain = orders[id] === undefined && !Object.keys(conventions).some(isKnown)
    if (operation === undefined || isPlain) return evaluate
    return asked(evaluate, operation, orders[id] ?? {}, conventions as Conventions)
  })
}

const convert: Converter = inTurn(
  convertTransposed,
  convertWindows,
  (question, conventions) => unchanged(convertNormalization(question, conventions)),
  (question, conventions) => unchanged(convertOrigins(question, conventions)),
  convertTies,
  convertHalves,
  // It knows the forget gate by its place in the order of the specification.
  convertForgetBias,
  convertUpdateGate,
  convertGates,
  convertSequences,
  convertBiases,
  convertRecurrentWeights,
)

const isKnown = (convention: string) => Object.hasOwn(known, convention)

function asked(
  evaluate: Evaluate,
  operation: Operation,
  orders: Orders,
  conventions: Conventions,
): Evaluate {
  return async (inputs, parameters) => {
    const { question, back } = convert({ operation, inputs, parameters }, conventions)
    const given = mapValues(question.inputs, (tensor, name) =>
      turned(tensor, orders[orderedAs(name, operation)]),
    )
    const before = mapValues(given, (tensor, name) =>
      tensor === inputs[name] ? tensor : { ...tensor, data: tensor.data.slice() },
    )
    const answer = await ownWords(() => evaluate(given, question.parameters))
    for (const name in given) {
      // Those that are the caller's own are for the caller to look at again.
      if (given[name] !== inputs[name] && !sameTensor(given[name]!, before[name]!)) {
        throw new ChangedInput(`${operation.id}: it changed its input ${name}`)
      }
    }
    if (answer === null || typeof answer !== 'object') return answer
    return read(() =>
      back(mapValues(answer, (tensor, name) => turned(tensor, undone(orders[name])))),
    )
  }
}

/** The array of an operation whose order one takes that a convention has given another name. */
function orderedAs(name: string, { inputs }: Operation): string {
  if (name in inputs) return name
  return name === 'mask' ? 'padded' : gradientName(name)
}

/** What is blamed in another convention may go by another name in ours. */
async function ownWords<T>(evaluate: () => MaybePromise<T>): Promise<T> {
  try {
    return await evaluate()
  } catch (error) {
    if (error instanceof ArgumentError) throw new RangeError(error.message)
    throw error
  }
}

const undone = (order: readonly number[] | undefined) => order && inverse(order)

/** An array in another order, if it is an array and one is declared. */
function turned(tensor: Tensor, order: readonly number[] | undefined): Tensor {
  return order !== undefined && isWhole(tensor) ? transposed(tensor, order) : tensor
}

function isWhole(tensor: Tensor | null | undefined): tensor is Tensor {
  return (
    Array.isArray(tensor?.shape) &&
    ArrayBuffer.isView(tensor.data) &&
    tensor.data.length === elements(tensor.shape)
  )
}

/** An answer that is read anew each time that it is looked at, so that one that is overwritten shows. */
function read(look: () => Outputs): Outputs {
  return mapValues(look(), (tensor, name) =>
    isWhole(tensor)
      ? {
          dtype: tensor.dtype,
          shape: tensor.shape,
          get data() {
            return look()[name]!.data
          },
        }
      : tensor,
  )
}
