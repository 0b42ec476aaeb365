import { type AccuracyProfile, profiles } from '../../../reference/arithmetic/profile.ts'
import { operationById } from '../../../spec/index.ts'
import type { Tensor } from '../../../spec/language/tensor.ts'
import { ImplementationFailure, isUnsupported, Unsupported } from '../../base/errors.ts'
import { withNumbers } from '../../base/json.ts'
import { messageOf } from '../../base/message.ts'
import { mapValues } from '../../base/records.ts'
import { runtime } from '../../base/runtime.ts'
import { withinLarger } from '../../base/tensor.ts'
import { declinedBy } from '../../engine/domain.ts'
import type { Implementation } from '../../engine/implementation.ts'
import { conventions as known } from '../../protocol/conventions.ts'
import {
  type EvaluateParams,
  type Introduction,
  invalidParams,
  type Request,
  type Response,
  unsupported,
} from '../../protocol/messages.ts'
import { fromSent, toSent } from '../../protocol/tensor.ts'

/** The error code of JSON-RPC by which an implementation says that it failed. */
const internalError = -32603

/** The answers to a message of one question or of a batch, as a line without its end. */
export async function answered(
  implementation: Implementation,
  message: Request | readonly Request[],
): Promise<string> {
  if (!isBatch(message)) return JSON.stringify(await respond(implementation, message))
  const { concurrency = 1 } = implementation
  const answers: Response[] = []
  if (concurrency > 1) {
    answers.push(...(await Promise.all(message.map((request) => respond(implementation, request)))))
  } else for (const request of message) answers.push(await respond(implementation, request))
  return JSON.stringify(answers)
}

const isBatch = (message: Request | readonly Request[]): message is readonly Request[] =>
  Array.isArray(message)

async function respond(implementation: Implementation, request: Request): Promise<Response> {
  const { id, method } = request
  const response = { jsonrpc: '2.0', id } as const
  switch (method) {
    case 'initialize':
      return { ...response, result: introductionOf(implementation) }
    case 'evaluate':
      try {
        return { ...response, result: await evaluate(implementation, request.params) }
      } catch (error) {
        return { ...response, error: { code: codeOf(error), message: messageOf(error) } }
      }
    case 'shutdown':
      return { ...response, result: null }
  }
}

function codeOf(error: unknown): number {
  if (isUnsupported(error)) return unsupported
  return error instanceof ImplementationFailure ? internalError : invalidParams
}

function introductionOf(implementation: Implementation): Introduction {
  const { name, version, device, precision, profile, operations } = implementation
  const { reproducible, levels, conventions, unsupported, unchecked, stateless } = implementation
  const { versions, proof, concurrency } = implementation
  const supports = rangesIn(implementation)
  return {
    protocolVersion: 1,
    name,
    version,
    language: runtime,
    device,
    precision,
    profile: nameOf(profile),
    operations: Object.keys(operations),
    ...(reproducible && { reproducible }),
    ...(levels && { levels }),
    ...(conventions && { conventions: forTheReport(conventions) }),
    ...(unsupported && { unsupported }),
    ...(unchecked && { unchecked }),
    ...(supports && { supports }),
    ...(stateless && { stateless }),
    ...(versions && { versions }),
    ...(proof && { proof }),
    ...(concurrency && { concurrency }),
  }
}

/** What is declared as plain data; a predicate is asked at each question. */
function rangesIn({ supports = {} }: Implementation): Introduction['supports'] {
  const ranges = Object.entries(supports).flatMap(([id, support]) =>
    typeof support === 'function' ? [] : [[id, support] as const],
  )
  return ranges.length === 0 ? undefined : Object.fromEntries(ranges)
}

/** Those in which it need not be asked, since its operations are those of the specification already. */
function forTheReport(declared: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(declared).filter(([name]) => !Object.hasOwn(known, name)),
  )
}

function nameOf(profile: AccuracyProfile): keyof typeof profiles {
  const names = Object.keys(profiles) as (keyof typeof profiles)[]
  return names.find((name) => profiles[name].name === profile.name) ?? 'ieee'
}

async function evaluate(
  implementation: Implementation,
  { operation: id, inputs, parameters }: EvaluateParams,
) {
  const { operations, precision, assertDevice, wholeBuffers } = implementation
  const decoded: Record<string, Tensor> = {}
  for (const [name, array] of Object.entries(inputs)) {
    if (array === null) continue
    decoded[name] = wholeBuffers ? fromSent(array) : withinLarger(fromSent(array))
  }
  const given = [decoded, withNumbers(parameters)] as const
  const operation = operationById(id)!
  const reason = declinedBy(implementation, { operation, inputs: given[0], parameters: given[1] })
  if (reason !== null) throw new Unsupported(reason)
  const answer = await operations[id]!(...given)
  try {
    assertDevice?.()
    return mapValues(answer, (tensor) => toSent(tensor, precision))
  } catch (error) {
    // What is no array, and what another device has computed, is no rejection.
    throw new ImplementationFailure(messageOf(error))
  }
}
