import { type Precision, roundTo } from '../../reference/arithmetic/precision.ts'
import {
  type AccuracyProfile,
  profileNamed,
  type profiles,
  type RandomizedSvd,
} from '../../reference/arithmetic/profile.ts'
import type { OperationById } from '../../spec/index.ts'
import type { GradientName } from '../../spec/language/gradient.ts'
import type { Level, Parameters } from '../../spec/language/operation.ts'
import { elements, present, type Tensor } from '../../spec/language/tensor.ts'
import { ImplementationFailure, UsageError } from '../base/errors.ts'
import { mapValues } from '../base/records.ts'
import { runtime } from '../base/runtime.ts'
import type {
  DeviceProof,
  Implementation,
  Inputs,
  MaybePromise,
  Reproducibility,
} from '../engine/implementation.ts'
import type { OptionalIn, SupportOf } from '../engine/support.ts'
import type { Axes } from '../protocol/axes.ts'
import type {
  ArraysUnder,
  Conventions,
  OutputsUnder,
  ParametersUnder,
} from '../protocol/conventions.ts'
import { fromHalf, type Half, isHalf, toHalf } from '../protocol/half.ts'
import { problemWithChoice, problemWithProfile } from './declared.ts'
import { speaking } from './speaking.ts'

/** An answer: elements in row-major order, in a typed array or a plain one. */
export interface AnsweredTensor {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

/** The outputs that an implementation may say it cannot return. */
type StatesOf<Id extends keyof OperationById> = OperationById[Id] extends {
  readonly states: readonly (infer State)[]
}
  ? State
  : never

/** The outputs that need not be there: those, and derivatives by arrays that are left out. */
type MayBeMissing<Id extends keyof OperationById> =
  | StatesOf<Id>
  | GradientName<OptionalIn<OperationById[Id]['inputs']> & string>

type Answer<Id extends keyof OperationById, C> = MaybePromise<
  {
    readonly [Output in Exclude<
      keyof OutputsUnder<C, OperationById[Id]>,
      MayBeMissing<Id>
    >]: AnsweredTensor
  } & {
    readonly [Output in keyof OutputsUnder<C, OperationById[Id]>]?: AnsweredTensor | undefined
  }
>

/** An array of a format of two bytes, as the bits of its numbers. */
export interface HalfTensor {
  readonly dtype: Half
  readonly shape: readonly number[]
  readonly data: Uint16Array
}

/** What arrays hold that an implementation is given: numbers, or the bits of a format of two bytes. */
export type Elements = 'numbers' | 'bits'

/** Nothing that differs from the specification. */
type None = Readonly<Record<never, never>>

/** The arrays that an operation is given; those that may be left out are then not there. */
type Given<Arrays, Held> = {
  readonly [Input in Exclude<keyof Arrays, OptionalIn<Arrays>>]: Held
} & { readonly [Input in OptionalIn<Arrays>]?: Held }

/** The operations that there are; provide any of them. */
export type Operations<C = None, E extends Elements = 'numbers'> = {
  readonly [Id in keyof OperationById]?: (
    inputs: Given<ArraysUnder<C, OperationById[Id]>, E extends 'bits' ? HalfTensor : Tensor>,
    parameters: ParametersUnder<C, OperationById[Id]>,
  ) => Answer<Id, C>
}

export interface Definition<C extends Conventions = None, E extends Elements = 'numbers'> {
  readonly name: string
  /** Of what is checked, not of the file that plugs it in. */
  readonly version?: string
  /**
   * The format in which it computes; `float32` unless told otherwise. Arrays come in it: the numbers of
   * `float16` and `bfloat16` in a Float32Array, which holds them all, or, with `elements: 'bits'`, as bits
   * in a Uint16Array.
   */
  readonly precision?: Precision
  /** Whether arrays of `float16` or `bfloat16` hold `numbers`, unless told otherwise, or `bits`. */
  readonly elements?: E
  /**
   * How accurate exp, tanh, division… are: `ieee`, a few ulp, or `wgsl` and `glsl`, what graphics units offer.
   * `transforms`, `tanh-sigmoid`, `added-divergences` and, for all, `library` are `ieee` with short cuts that cost
   * accuracy: convolutions by Winograd's algorithm or Fourier transforms, the sigmoid by tanh, Jensen–Shannon
   * divergences as a sum of two that cancel. `truncating`
   * is for sums that are not rounded to the nearest number. `randomized-svd:1e-3` states that decompositions of a sample
   * of the range miss a matrix by that share of its norm at most. One that begins with another implementation has
   * that one's profile itself.
   */
  readonly profile?: keyof typeof profiles | RandomizedSvd | AccuracyProfile
  /**
   * Whether the same question gets the same answer: `to-the-bit`, unless told otherwise, or
   * `within-bound`, where sums are added in an order that varies, as by atomic operations.
   */
  readonly reproducible?: Reproducibility
  /** What runs it, in words, for the report. */
  readonly device?: string
  readonly operations: Operations<C, E>
  /**
   * In which order it wants the axes of its arrays: `'channels first'` for all of them, or by name, as in
   * `{ x: 'NKHW', filters: 'QKHW' }`, and by operation. Arrays are transposed on the way in and out.
   */
  readonly axes?: Axes
  /** Why an operation is not provided, by its id, for the report. */
  readonly unsupported?: { readonly [Id in keyof OperationById]?: string }
  /** Why an operation leaves it to its caller to check its arguments, by its id. */
  readonly unchecked?: { readonly [Id in keyof OperationById]?: string }
  /**
   * What an operation takes of what its signature allows, by its id: ranges, or a predicate that says
   * whether it takes a case, or why not. Other cases are not asked, and are counted. An operation may
   * also throw `Unsupported` at one.
   *
   * ```ts
   * supports: {
   *   'cnn.conv2d': { sizes: { N: 1, K: { multipleOf: 4 } }, parameters: { strides: 1 } },
   *   'cnn.maxPool': ({ parameters: { padding } }) => padding === 'valid' || 'no padding',
   * }
   * ```
   */
  readonly supports?: { readonly [Id in keyof OperationById]?: SupportOf<OperationById[Id]> }
  /**
   * Why an operation cannot return all that it has on its way, by its id, of those that have such outputs: it
   * leaves them out, or some of them, and is judged by the others.
   */
  readonly stateless?: {
    readonly [Id in keyof OperationById as StatesOf<Id> extends never ? never : Id]?: string
  }
  /** Levels that are provided whole: what is missing of one has no excuse. */
  readonly levels?: readonly Level[]
  /**
   * Which convention it follows where libraries differ, by name. It is asked in those of `padding`,
   * `alpha`, `group`, `average` and `derivative` that it declares; others are for the report.
   */
  readonly conventions?: C
  /**
   * Whether each array has to fill its buffer, because the memory is read from its beginning on. Unless
   * told so, arrays are also parts of larger ones: `data.byteOffset` then says where they begin.
   */
  readonly wholeBuffers?: boolean
  /** How many questions it likes to be asked at once; 1 unless told otherwise. */
  readonly concurrency?: number
  readonly versions?: Readonly<Record<string, string>>
  readonly proof?: DeviceProof
}

/**
 * Describes an implementation to be checked. Each operation takes arrays by the names of its inputs,
 * and its parameters, gives arrays by the names of its outputs, and throws when it rejects them.
 *
 * @throws {UsageError} a profile or a kind of elements that there is not
 *
 * @example
 * ```ts
 * export default defineImplementation({
 *   name: 'mine',
 *   operations: {
 *     'cnn.conv2d': ({ x, filters, bias }, { strides, dilations, padding }) => ({
 *       y: tensor([1, 1, 1, 1], [0]),
 *     }),
 *   },
 * })
 * ```
 */
export function defineImplementation<
  const C extends Conventions = None,
  const E extends Elements = 'numbers',
>(definition: Definition<C, E>): Implementation {
  const {
    precision = 'float32',
    profile = 'ieee',
    operations,
    elements,
    supports,
    ...rest
  } = definition
  const { unsupported, unchecked, stateless, axes, conventions } = definition
  const profileName = typeof profile === 'string' ? profile : profile?.name
  const problem = problemWithChoice('elements', elements) ?? problemWithProfile(profileName)
  if (problem !== null) throw new UsageError(problem)
  if (elements === 'bits' && !isHalf(precision)) {
    throw new UsageError(`elements are bits of float16 or bfloat16 only, not of ${precision}`)
  }
  const half = isHalf(precision) && elements === 'bits' ? precision : null
  const evaluators = mapValues(
    operations as unknown as Readonly<Record<string, Evaluator>>,
    (evaluate, id) => async (inputs: Inputs, parameters: Parameters) => {
      const there = present(inputs)
      const given = half === null ? there : mapValues(there, (tensor) => bitsOf(tensor, half))
      const answer = await evaluate(given, parameters)
      if (answer === null || typeof answer !== 'object') return answer as never
      return mapValues(answer, (value, name) => answered(value, precision, half, `${id}: ${name}`))
    },
  )
  return {
    version: 'unknown',
    device: `in process, ${runtime}`,
    ...rest,
    precision,
    profile: profileNamed(profileName)!,
    unsupported: (unsupported ?? {}) as Reasons,
    unchecked: (unchecked ?? {}) as Reasons,
    stateless: (stateless ?? {}) as Reasons,
    ...(supports && { supports: supports as NonNullable<Implementation['supports']> }),
    operations: speaking(evaluators, {
      ...(axes && { axes }),
      ...(conventions && { conventions }),
    }),
  }
}

function bitsOf({ dtype, shape, data }: Tensor, half: Half): HalfTensor | Tensor {
  if (dtype !== 'float32') return { dtype, shape, data }
  const bits = toHalf(half, data)
  if (data.byteOffset === 0) return { dtype: half, shape, data: bits }
  // Within a larger buffer, of NaN, where the numbers lay within one.
  const larger = new Uint16Array(bits.length + 4).fill(0xffff)
  larger.set(bits, 2)
  return { dtype: half, shape, data: larger.subarray(2, 2 + bits.length) }
}

/** An answer in the element type that it has, or that of the precision. */
function answered(
  value: AnsweredTensor,
  precision: Precision,
  half: Half | null,
  about: string,
): Tensor {
  const { shape, data } = value ?? {}
  // What is no array stays as it is; the engine says what is wrong with it.
  if (!Array.isArray(shape) || typeof data?.length !== 'number') return value as Tensor
  if (half !== null && data instanceof Uint16Array) {
    // Read anew each time, so that an answer that is overwritten later shows.
    return {
      dtype: 'float32',
      shape,
      get data() {
        return fromHalf(half, data)
      },
    }
  }
  const dtype = precision === 'float64' ? 'float64' : 'float32'
  const ArrayType = precision === 'float64' ? Float64Array : Float32Array
  const isArray = ArrayBuffer.isView(data) && !isOfHalves(data)
  const held = isArray ? (data as Tensor['data']) : ArrayType.from(data)
  const found = dtypeOf(held)
  if (isHalf(precision) && found !== 'int32') assertHeld(held, precision, about)
  return { dtype: found ?? dtype, shape, data: held }
}

/** A Float16Array, where there is one. */
function isOfHalves(data: unknown): boolean {
  return (data as Tensor['data'])[Symbol.toStringTag] === ('Float16Array' as string)
}

/** Numbers of a wider format than was promised would hide how they were rounded. */
function assertHeld(data: ArrayLike<number>, half: Half, about: string): void {
  for (let i = 0; i < data.length; i++) {
    if (Object.is(roundTo(half, data[i]!), data[i])) continue
    throw new ImplementationFailure(
      `${about} holds ${data[i]}, which is no number of ${half}, as it says that it computes in ${half}`,
    )
  }
}

type Reasons = Readonly<Record<string, string>>

/** The element type of a typed array; `undefined` for those that the engine will not take. */
function dtypeOf(data: Tensor['data']): Tensor['dtype'] | undefined {
  if (data instanceof Float32Array) return 'float32'
  if (data instanceof Float64Array) return 'float64'
  return data instanceof Int32Array ? 'int32' : undefined
}

type Evaluator = (
  inputs: Readonly<Record<string, Tensor | HalfTensor>>,
  parameters: Parameters,
) => MaybePromise<Readonly<Record<string, AnsweredTensor>>>

/** An array from its shape and its elements in row-major order. */
export function tensor(shape: readonly number[], data: ArrayLike<number>): AnsweredTensor {
  if (elements(shape) !== data.length) {
    throw new RangeError(`${data.length} elements for the shape [${shape.join(', ')}]`)
  }
  return { shape, data }
}
