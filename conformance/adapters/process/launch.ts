import { profileNamed } from '../../../reference/arithmetic/profile.ts'
import { operations } from '../../../spec/index.ts'
import type { Parameters } from '../../../spec/language/operation.ts'
import { isAbsent, type Tensor } from '../../../spec/language/tensor.ts'
import {
  CannotStart,
  ErrorAnswer,
  ImplementationFailure,
  Unsupported,
  WrongType,
} from '../../base/errors.ts'
import { messageOf } from '../../base/message.ts'
import { mapValues } from '../../base/records.ts'
import { problemWithSupports } from '../../engine/domain.ts'
import type { Implementation, Inputs, Outputs } from '../../engine/implementation.ts'
import { problemWithStateless } from '../../engine/stateless.ts'
import {
  type Introduction,
  invalidParams,
  problemWith,
  type Response,
  unsupported,
} from '../../protocol/messages.ts'
import { fromSent, type SentTensor, toSent } from '../../protocol/tensor.ts'
import { speaking } from '../speaking.ts'
import { Child, plain, type Start } from './child.ts'
import { type Question, Supervisor } from './supervisor.ts'

export interface LaunchOptions {
  /** How long the answer to a question may take, in seconds; 30 unless told otherwise. */
  readonly caseTimeout?: number
  /** How long it may take to start and to introduce itself, in seconds; 60 unless told otherwise. */
  readonly startTimeout?: number
  /** How many times the process is started at most; 100 unless told otherwise. */
  readonly starts?: number
  /** The most bytes that one of its messages may have; 32 MiB unless told otherwise. */
  readonly limit?: number
}

/** The most bytes that a message may have, unless told otherwise. */
export const defaultLimit = 2 ** 25

/**
 * Starts a program that speaks the protocol (see PROTOCOL.md) and provides what it provides.
 * Call `close` when nothing more is asked.
 *
 * @throws {CannotStart} it does not start, or does not introduce itself
 */
export function launch(words: readonly string[], options?: LaunchOptions): Promise<Implementation> {
  return provided((limit, listeners) => new Child(words, limit, listeners), options)
}

/**
 * The same of whatever speaks the protocol.
 *
 * @throws {CannotStart} it does not start, or does not introduce itself
 */
export async function provided(
  start: Start,
  { caseTimeout = 30, startTimeout = 60, starts = 100, limit = defaultLimit }: LaunchOptions = {},
): Promise<Implementation> {
  const supervisor = new Supervisor({
    start,
    timeout: caseTimeout * 1000,
    startTimeout: startTimeout * 1000,
    starts,
    limit,
  })
  const introduction = await supervisor.start()
  const known: readonly string[] = operations.map(({ id }) => id)
  const unknown = introduction.operations.filter((id) => !known.includes(id))
  if (unknown.length > 0) {
    await supervisor.close()
    throw new CannotStart(`it claims operations that there are not: ${unknown.join(', ')}`)
  }
  const { supports = {}, stateless = {} } = introduction
  const problem = problemWithSupports(supports) ?? problemWithStateless(stateless)
  if (problem !== null) {
    await supervisor.close()
    throw new CannotStart(`its answer to initialize is wrong: ${problem}`)
  }
  const askers = Object.fromEntries(
    introduction.operations.map((id) => [id, asker(supervisor, id, introduction)]),
  )
  try {
    return {
      ...describe(introduction),
      operations: speaking(askers, introduction),
      close: () => supervisor.close(),
    }
  } catch (error) {
    await supervisor.close()
    throw new CannotStart(`it declares what cannot be: ${messageOf(error)}`)
  }
}

function describe(introduction: Introduction): Omit<Implementation, 'operations'> {
  const { name, version, language, device, precision, profile = 'ieee' } = introduction
  const {
    axes,
    reproducible,
    levels = [],
    conventions = {},
    unsupported = {},
    unchecked = {},
    supports = {},
    stateless = {},
    versions = {},
    proof,
  } = introduction
  return {
    name,
    version,
    precision,
    profile: profileNamed(profile)!,
    device: device ?? `${language}, in a process of its own`,
    concurrency: introduction.concurrency ?? 1,
    keepsTime: true,
    ...(reproducible && { reproducible }),
    ...(axes && { axes }),
    ...(proof && { proof }),
    levels,
    unsupported,
    unchecked,
    supports,
    stateless,
    conventions,
    versions: { language, ...versions },
  }
}

/** One operation of the process as a function. */
function asker(supervisor: Supervisor, operation: string, introduction: Introduction) {
  const { precision } = introduction
  return async (inputs: Inputs, parameters: Parameters): Promise<Outputs> => {
    const sent = mapValues(inputs, (tensor) =>
      isAbsent(tensor) ? null : toSent(tensor, precision),
    )
    const response = await new Promise<Response>((resolve, reject) => {
      const question: Question = {
        about: operation,
        message: (id) => ({
          jsonrpc: '2.0',
          id,
          method: 'evaluate',
          params: { operation, inputs: sent, parameters },
        }),
        resolve,
        reject,
      }
      supervisor.ask(question)
    })
    if ('error' in response) throw thrown(operation, response.error)
    return outputsOf(operation, response.result, introduction)
  }
}

/** A rejection of the arguments, that it does not take them, or the failure that the implementation itself tells of. */
function thrown(
  operation: string,
  error: { code: number; message: string; data?: unknown },
): Error {
  const message = plain(error.message)
  if (error.code === unsupported) return new Unsupported(message)
  const told = typeof error.data === 'string' ? plain(error.data) : ''
  const data = told === '' ? '' : `\n${told}`
  if (error.code === invalidParams) return new Error(message + data)
  return new ErrorAnswer(`${operation}: error ${error.code}: ${message}${data}`)
}

function outputsOf(operation: string, result: unknown, { precision }: Introduction): Outputs {
  const problem = problemWith('evaluateResult', result)
  if (problem !== null)
    throw new ImplementationFailure(`${operation}: its answer is wrong: ${problem}`)
  const floats = precision === 'tf32' ? 'float32' : precision
  const outputs: Record<string, Tensor> = {}
  for (const [name, array] of Object.entries(result as Record<string, SentTensor>)) {
    if (array.dtype !== floats && array.dtype !== 'int32') {
      throw new WrongType(
        `${operation}: ${name} is ${array.dtype}; expected ${floats}, as it says that it computes in ${precision}`,
      )
    }
    try {
      outputs[name] = fromSent(array)
    } catch (error) {
      throw new ImplementationFailure(`${operation}: ${name}: ${(error as Error).message}`)
    }
  }
  return outputs
}
