import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { profiles, RandomizedSvd } from '../../reference/arithmetic/profile.ts'
import type { Level, Parameters } from '../../spec/language/operation.ts'
import { stringify } from '../base/json.ts'
import type { Axes } from './axes.ts'
import type { Ranges } from './ranges.ts'
import type { SentTensor } from './tensor.ts'
import type { Definition } from './validation.ts'
import { validators } from './validators.ts'

/** What an implementation says of itself. */
export interface Introduction {
  readonly protocolVersion: 1
  readonly name: string
  readonly version: string
  readonly language: string
  readonly device?: string
  readonly versions?: Readonly<Record<string, string>>
  readonly precision: Precision
  readonly profile?: keyof typeof profiles | RandomizedSvd
  readonly reproducible?: 'to-the-bit' | 'within-bound'
  readonly levels?: readonly Level[]
  readonly conventions?: Readonly<Record<string, string>>
  readonly axes?: Axes
  readonly operations: readonly string[]
  readonly unsupported?: Readonly<Record<string, string>>
  readonly unchecked?: Readonly<Record<string, string>>
  readonly supports?: Readonly<Record<string, Ranges>>
  readonly stateless?: Readonly<Record<string, string>>
  readonly concurrency?: number
  readonly proof?: { readonly kernels: readonly string[]; readonly residence: string }
}

export interface EvaluateParams {
  readonly operation: string
  /** `null` is an array that is left out. */
  readonly inputs: Readonly<Record<string, SentTensor | null>>
  readonly parameters: Parameters
}

export type Request =
  | {
      readonly jsonrpc: '2.0'
      readonly id: number
      readonly method: 'initialize'
      readonly params: {
        readonly protocolVersion: 1
        readonly harness: { readonly name: string; readonly version: string }
        readonly operations: readonly string[]
      }
    }
  | {
      readonly jsonrpc: '2.0'
      readonly id: number
      readonly method: 'evaluate'
      readonly params: EvaluateParams
    }
  | { readonly jsonrpc: '2.0'; readonly id: number; readonly method: 'shutdown' }

export interface ResponseError {
  readonly code: number
  readonly message: string
  readonly data?: unknown
}

export type Response = {
  readonly jsonrpc: '2.0'
  readonly id: number | null
} & ({ readonly result: unknown } | { readonly error: ResponseError })

/** The error code of JSON-RPC by which an implementation rejects its arguments. */
export const invalidParams = -32602

/** The error code by which it declines arguments that are valid, and that it does not take. */
export const unsupported = -32001

/** What is wrong with a message or a part of one, in words; `null` when nothing is. */
export function problemWith(definition: Definition, value: unknown): string | null {
  const validate = validators[definition]
  if (validate(value)) return null
  const [error] = validate.errors!
  const where = error!.instancePath.split('/').slice(1).join('.')
  const what = error!.message ?? 'is invalid'
  const extra = error!.params.additionalProperty ?? error!.params.allowedValues?.join(', ')
  return `${where === '' ? '' : `${where} `}${what}${extra === undefined ? '' : ` (${extra})`}`
}

/**
 * A message as a line, without its end. Numbers that JSON has no form for are the strings `NaN`,
 * `Infinity`, `-Infinity` and `-0`; only parameters may hold one, and rarely do.
 */
export function lineOf(message: Request | readonly Request[]): string {
  return stringify(message, 0)
}
