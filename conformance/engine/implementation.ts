import type { Precision } from '../../reference/arithmetic/precision.ts'
import type { AccuracyProfile } from '../../reference/arithmetic/profile.ts'
import type { Level, Parameters } from '../../spec/language/operation.ts'
import type { Tensor } from '../../spec/language/tensor.ts'
import type { Axes } from '../protocol/axes.ts'
import type { Support } from './support.ts'

export type Inputs = Readonly<Record<string, Tensor>>
export type Outputs = Readonly<Record<string, Tensor>>
export type MaybePromise<T> = T | Promise<T>

/**
 * One operation as an implementation provides it. It throws when it rejects its arguments, and
 * `Unsupported` at valid ones that it does not take.
 */
export type Evaluate = (inputs: Inputs, parameters: Parameters) => MaybePromise<Outputs>

/** Anything that provides operations. Ours is one of many. */
export interface Implementation {
  readonly name: string
  readonly version: string
  /** The format in which it computes; its answers are judged by this unit roundoff. */
  readonly precision: Precision
  /** How accurate its exp, tanh, division… are. */
  readonly profile: AccuracyProfile
  /** The device that runs it, in words, for the report. */
  readonly device: string
  /** The name by which this project's own implementation opens its device again, in another process. */
  readonly deviceName?: string
  readonly operations: Readonly<Record<string, Evaluate>>
  /**
   * How many questions it likes to be asked at once, before the first is answered; 1 unless told
   * otherwise. One that answers in batches gathers those that arrive in the same turn.
   */
  readonly concurrency?: number
  /**
   * Whether the same question gets the same answer: to the bit, unless told otherwise. One that adds in
   * an order that varies, as atomic operations do, is reproducible within its bound.
   */
  readonly reproducible?: Reproducibility
  /**
   * The levels that it claims to provide in full: an operation of one of them that is missing is then
   * no gap that can be excused but an error. None unless told otherwise.
   */
  readonly levels?: readonly Level[]
  /** Why an operation that is not provided is not, by operation id. */
  readonly unsupported?: Readonly<Record<string, string>>
  /**
   * Why an operation does not check its arguments, by operation id: its caller is to give none that
   * it cannot take, and what it does with one is then nobody's concern.
   */
  readonly unchecked?: Readonly<Record<string, string>>
  /** What an operation takes of what its signature allows, by operation id; everything unless told otherwise. */
  readonly supports?: Readonly<Record<string, Support>>
  /**
   * Why an operation cannot return all that it has on its way, by operation id: it is judged by its other
   * outputs and by what it returns of that, and none of its steps by itself.
   */
  readonly stateless?: Readonly<Record<string, string>>
  /**
   * Arguments to which its documentation gives a meaning that a signature does not, by operation id, and
   * which: it need not reject them.
   */
  readonly meanings?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** The axes that it declares and its operations are asked in, for the report. */
  readonly axes?: Axes
  /** The conventions that it follows where libraries differ, by name, for the report. */
  readonly conventions?: Readonly<Record<string, string>>
  /** What proves that the device did the work, for the report. */
  readonly proof?: DeviceProof
  /** The versions of the parts that decide the results, for the report. */
  readonly versions?: Readonly<Record<string, string>>
  /** Throws when something else than the declared device did the work; called after each property. */
  readonly assertDevice?: () => void
  /**
   * Makes what it runs on the one in use, where several implementations share something that only
   * one can have, such as TensorFlow.js; called before each of its turns.
   */
  readonly use?: () => MaybePromise<void>
  /**
   * What is awaited before each question, and no part of its time, such as that a person goes on who paused
   * the run; `null` where there is nothing to wait for.
   */
  readonly ready?: () => Promise<void> | null
  /**
   * Whether it ends an answer that takes too long by itself, and knows which question was to blame.
   * Questions that wait for a process to be started again are then none of the engine's concern.
   */
  readonly keepsTime?: boolean
  /**
   * Whether each array that it is given has to fill its buffer. Unless told so, arrays are also parts of
   * larger ones, as those of its users may be.
   */
  readonly wholeBuffers?: boolean
  /** Ends what was started for it, such as a process; it is asked nothing afterwards. */
  readonly close?: () => Promise<void>
}

/** How far two answers to the same question agree. */
export type Reproducibility = 'to-the-bit' | 'within-bound'

/** Evidence that a device did the work. */
export interface DeviceProof {
  /** The kernels that were seen to run. */
  readonly kernels: readonly string[]
  /** Where the results lay, in words. */
  readonly residence: string
}
