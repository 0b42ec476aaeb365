import type { Operation, Parameters } from '../../spec/language/operation.ts'
import { type DType, elements, type Tensor } from '../../spec/language/tensor.ts'
import {
  ChangedInput,
  ImplementationError,
  ImplementationFailure,
  ImplementationGone,
  MalformedAnswer,
  TimeOver,
  TooLate,
  UnstableAnswer,
} from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import type { Question } from '../base/question.ts'
import { sameTensor } from '../base/tensor.ts'
import { readEarlierAgain } from './earlier.ts'
import type { Implementation, Inputs } from './implementation.ts'
import type { Watch } from './watch.ts'

type Answer = Readonly<Record<string, Tensor>>

/** The questions asked of an implementation about one case, each asked once and remembered. */
export class Answers {
  /** In the order in which they were asked. */
  readonly questions: Question[] = []
  /** The answers that contain NaN or infinity. */
  readonly notFinite: { readonly question: Question; readonly answer: Answer }[] = []
  readonly #answers: Promise<Answer>[] = []
  #asked = 0

  constructor(
    readonly implementation: Implementation,
    /** The element type of the arrays that it is given. */
    readonly dtype: DType,
    /** Whether every question is asked twice, to see that the answer is the same. */
    readonly twice: boolean,
    readonly watch: Watch,
    /** Whether it is given arrays that begin within a larger buffer. */
    readonly within = false,
  ) {}

  /** Starts the count of questions again; a second pass over a case asks the same ones. */
  rewind(): void {
    this.#asked = 0
  }

  ask(operation: Operation, inputs: Inputs, parameters: Parameters): Promise<Answer> {
    const number = this.#asked++
    const before = this.#answers[number]
    if (before !== undefined) return before
    const question = { operation, inputs, parameters }
    this.questions[number] = question
    const answer = this.#ask(question)
    this.#answers[number] = answer
    return answer
  }

  async #ask(question: Question): Promise<Answer> {
    const answer = await this.#evaluate(question)
    if (!allFinite(answer)) this.notFinite.push({ question, answer })
    if (!this.twice) return answer
    const again = await this.#evaluate(question)
    for (const output in answer) {
      const [first, second] = [answer[output]!.data, again[output]!.data]
      const position = first.findIndex((v, i) => !Object.is(v, second[i]))
      if (position >= 0) {
        const values = `${first[position]}, then ${second[position]}`
        throw new UnstableAnswer(
          `${question.operation.id}: ${output}, element ${position}: ${values}`,
        )
      }
    }
    return answer
  }

  async #evaluate(question: Question): Promise<Answer> {
    const { operation, inputs, parameters } = question
    const evaluate = this.implementation.operations[operation.id]!
    // Copies: what an implementation does to them must not reach others that share the case.
    const given: Record<string, Tensor> = {}
    for (const name in inputs) {
      given[name] = this.within ? copyWithin(inputs[name]!) : copyOf(inputs[name]!)
    }
    let answer: unknown
    try {
      answer = evaluate(given, parameters)
      if (isPromise(answer)) answer = await this.watch.wait(answer)
    } catch (cause) {
      if (passesThrough(cause)) throw cause
      throw new ImplementationError(question, cause)
    }
    for (const name in inputs) {
      if (!sameTensor(inputs[name]!, given[name]!)) {
        throw new ChangedInput(`${operation.id}: it changed its input ${name}`)
      }
    }
    const formed = wellFormed(operation, answer, this.dtype)
    readEarlierAgain(this.implementation, operation.id, answer as Answer, formed)
    return formed
  }
}

function allFinite(answer: Answer): boolean {
  for (const output in answer) {
    const { data } = answer[output]!
    // The difference of a number and itself is 0, of NaN and infinity NaN.
    for (let i = 0; i < data.length; i++) if (data[i]! - data[i]! !== 0) return false
  }
  return true
}

function passesThrough(cause: unknown): boolean {
  return [TooLate, TimeOver, ImplementationFailure, ImplementationGone].some(
    (kind) => cause instanceof kind,
  )
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}

function copyOf({ dtype, shape, data }: Tensor): Tensor {
  return { dtype, shape: shape.slice(), data: data.slice() }
}

/** A copy between numbers that are none, as a part of a larger array is. */
function copyWithin({ dtype, shape, data }: Tensor): Tensor {
  const larger = new (data.constructor as Float32ArrayConstructor)(data.length + 4).fill(Number.NaN)
  larger.set(data, 2)
  return { dtype, shape: shape.slice(), data: larger.subarray(2, 2 + data.length) }
}

const arrayTypes: Readonly<Record<DType, string>> = {
  float32: 'Float32Array',
  float64: 'Float64Array',
  int32: 'Int32Array',
}

/**
 * The outputs of an operation, copied: what is returned may be a view of memory that is used again.
 * Numbers of a wider format than was promised would hide how they were rounded.
 */
function wellFormed(operation: Operation, answer: unknown, promised: DType): Answer {
  const outputs = answer as Record<string, Tensor> | null | undefined
  const malformed = (problem: string) => new MalformedAnswer(`${operation.id}: ${problem}`)
  const formed: Record<string, Tensor> = {}
  for (const output in operation.outputs) {
    const tensor = outputs?.[output]
    if (tensor === undefined || tensor === null) {
      throw malformed(`the answer has no array named ${output}`)
    }
    const { dtype, shape, data } = tensor
    if (!Array.isArray(shape) || !ArrayBuffer.isView(data)) {
      throw malformed(`the answer has no array named ${output}`)
    }
    if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
      throw malformed(`${output} has the shape [${shape.map(messageOf).join(', ')}]`)
    }
    if (dtype !== promised && dtype !== 'int32') {
      throw malformed(`${output} is ${messageOf(dtype)}; ${promised} was promised`)
    }
    const type = (data as Tensor['data'])[Symbol.toStringTag]
    if (type !== arrayTypes[dtype]) throw malformed(`${output} is ${dtype}, but lies in a ${type}`)
    if (data.length !== elements(shape)) {
      throw malformed(`${output} has ${data.length} elements for the shape [${shape.join(', ')}]`)
    }
    formed[output] = copyOf(tensor)
  }
  return formed
}
