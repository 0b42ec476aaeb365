import { createInterface } from 'node:readline'
import { type AccuracyProfile, profiles } from '../../../reference/arithmetic/profile.ts'
import { ImplementationFailure } from '../../base/errors.ts'
import { withNumbers } from '../../base/json.ts'
import { messageOf } from '../../base/message.ts'
import { mapValues } from '../../base/records.ts'
import type { Implementation } from '../../engine/implementation.ts'
import {
  type EvaluateParams,
  type Introduction,
  invalidParams,
  type Request,
  type Response,
} from '../../protocol/messages.ts'
import { fromWire, toWire } from '../../protocol/tensor.ts'

/** The error code of JSON-RPC by which an implementation says that it failed. */
const internalError = -32603

/**
 * Answers the questions of another process about an implementation of this one, in the protocol, so
 * that a crash ends this process only. Ends when there are no more.
 */
export async function serve(
  implementation: Implementation,
  input: NodeJS.ReadableStream,
  write: (line: string) => void,
): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const message = JSON.parse(line) as Request | readonly Request[]
    const answers: Response[] = []
    for (const request of [message].flat()) answers.push(await respond(implementation, request))
    write(`${JSON.stringify(Array.isArray(message) ? answers : answers[0])}\n`)
    if (!Array.isArray(message) && (message as Request).method === 'shutdown') return
  }
}

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
        const code = error instanceof ImplementationFailure ? internalError : invalidParams
        return { ...response, error: { code, message: messageOf(error) } }
      }
    case 'shutdown':
      return { ...response, result: null }
  }
}

function introductionOf(implementation: Implementation): Introduction {
  const { name, version, device, precision, profile, operations } = implementation
  const { reproducible, levels, conventions, unsupported, unchecked, versions } = implementation
  return {
    protocolVersion: 1,
    name,
    version,
    language: `Node ${process.version}`,
    device,
    precision,
    profile: nameOf(profile),
    operations: Object.keys(operations),
    ...(reproducible && { reproducible }),
    ...(levels && { levels }),
    ...(conventions && { conventions }),
    ...(unsupported && { unsupported }),
    ...(unchecked && { unchecked }),
    ...(versions && { versions }),
  }
}

function nameOf(profile: AccuracyProfile): keyof typeof profiles {
  const names = Object.keys(profiles) as (keyof typeof profiles)[]
  return names.find((name) => profiles[name].name === profile.name) ?? 'ieee'
}

async function evaluate(
  { operations, assertDevice }: Implementation,
  { operation, inputs, parameters }: EvaluateParams,
) {
  const answer = await operations[operation]!(mapValues(inputs, fromWire), withNumbers(parameters))
  try {
    assertDevice?.()
    return mapValues(answer, toWire)
  } catch (error) {
    // What is no array, and what another device has computed, is no rejection.
    throw new ImplementationFailure(messageOf(error))
  }
}
