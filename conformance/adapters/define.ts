import type { Precision } from '../../reference/arithmetic/precision.ts'
import { profiles } from '../../reference/arithmetic/profile.ts'
import type { OperationById } from '../../spec/index.ts'
import type { Level, Parameters, ParametersOf } from '../../spec/language/operation.ts'
import { elements, type Tensor } from '../../spec/language/tensor.ts'
import type {
  DeviceProof,
  Implementation,
  Inputs,
  MaybePromise,
  Reproducibility,
} from '../engine/implementation.ts'
import type { SupportOf } from '../engine/support.ts'

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

type Answer<Id extends keyof OperationById> = MaybePromise<
  {
    readonly [Output in Exclude<keyof OperationById[Id]['outputs'], StatesOf<Id>>]: AnsweredTensor
  } & {
    readonly [Output in keyof OperationById[Id]['outputs']]?: AnsweredTensor
  }
>

/** The operations that there are; provide any of them. */
export type Operations = {
  readonly [Id in keyof OperationById]?: (
    inputs: { readonly [Input in keyof OperationById[Id]['inputs']]: Tensor },
    parameters: ParametersOf<OperationById[Id]>,
  ) => Answer<Id>
}

export interface Definition {
  readonly name: string
  /** Of what is checked, not of the file that plugs it in. */
  readonly version?: string
  /** The format in which it computes; `float32` unless told otherwise. Arrays come in it. */
  readonly precision?: Precision
  /**
   * How accurate exp, tanh, division… are: `ieee`, a few ulp, or `wgsl`, what graphics units offer.
   * `transforms`, `tanh-sigmoid` and, for both, `library` are `ieee` with short cuts that cost accuracy:
   * convolutions by Winograd's algorithm or Fourier transforms, the sigmoid by tanh. `truncating`
   * is for sums that are not rounded to the nearest number.
   */
  readonly profile?: keyof typeof profiles
  /**
   * Whether the same question gets the same answer: `to-the-bit`, unless told otherwise, or
   * `within-bound`, where sums are added in an order that varies, as by atomic operations.
   */
  readonly reproducible?: Reproducibility
  /** What runs it, in words, for the report. */
  readonly device?: string
  readonly operations: Operations
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
   * Why an operation cannot return what it has on its way, by its id, of those that have such outputs: it
   * leaves them out, and is judged by the others.
   */
  readonly stateless?: {
    readonly [Id in keyof OperationById as StatesOf<Id> extends never ? never : Id]?: string
  }
  /** Levels that are provided whole: what is missing of one has no excuse. */
  readonly levels?: readonly Level[]
  /** Which convention it follows where libraries differ, by name. */
  readonly conventions?: Readonly<Record<string, string>>
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
export function defineImplementation(definition: Definition): Implementation {
  const { precision = 'float32', profile = 'ieee', operations, supports, ...rest } = definition
  const { unsupported, unchecked, stateless } = definition
  const ArrayType = precision === 'float64' ? Float64Array : Float32Array
  const dtype = precision === 'float64' ? 'float64' : 'float32'
  const tensor = (answered: AnsweredTensor): Tensor => {
    const { shape, data } = answered ?? {}
    // What is no array stays as it is; the engine says what is wrong with it.
    if (!Array.isArray(shape) || typeof data?.length !== 'number') return answered as Tensor
    const held = ArrayBuffer.isView(data) ? (data as Tensor['data']) : ArrayType.from(data)
    return { dtype: dtypeOf(held) ?? dtype, shape, data: held }
  }
  return {
    version: 'unknown',
    device: `in process, Node ${process.version}`,
    ...rest,
    precision,
    profile: profiles[profile],
    unsupported: (unsupported ?? {}) as Reasons,
    unchecked: (unchecked ?? {}) as Reasons,
    stateless: (stateless ?? {}) as Reasons,
    ...(supports && { supports: supports as NonNullable<Implementation['supports']> }),
    operations: Object.fromEntries(
      Object.entries(operations).map(([id, evaluate]) => [
        id,
        async (inputs: Inputs, parameters: Parameters) => {
          const answer = await (evaluate as unknown as Evaluator)(inputs, parameters)
          if (answer === null || typeof answer !== 'object') return answer as never
          return Object.fromEntries(
            Object.entries(answer).map(([name, value]) => [name, tensor(value)]),
          )
        },
      ]),
    ),
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
  inputs: Inputs,
  parameters: Parameters,
) => MaybePromise<Readonly<Record<string, AnsweredTensor>>>

/** An array from its shape and its elements in row-major order. */
export function tensor(shape: readonly number[], data: ArrayLike<number>): AnsweredTensor {
  if (elements(shape) !== data.length) {
    throw new RangeError(`${data.length} elements for the shape [${shape.join(', ')}]`)
  }
  return { shape, data }
}
