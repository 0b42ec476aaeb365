import { unasked } from '../../spec/language/gradient.ts'
import type { Operation, Parameters } from '../../spec/language/operation.ts'
import { type DType, elements, type Tensor } from '../../spec/language/tensor.ts'
import {
  ChangedInput,
  ImplementationError,
  ImplementationFailure,
  ImplementationGone,
  isUnsupported,
  MalformedAnswer,
  TimeOver,
  TooLate,
  UnstableAnswer,
  Unsupported,
  WrongType,
} from '../base/errors.ts'
import { messageOf } from '../base/message.ts'
import type { Answer, Question } from '../base/question.ts'
import { sameQuestion } from '../base/same-question.ts'
import { sameTensor, withinLarger } from '../base/tensor.ts'
import { declinedBy } from './domain.ts'
import { readEarlierAgain } from './earlier.ts'
import type { Implementation, Inputs } from './implementation.ts'
import { checkShapes } from './shapes.ts'
import { withheld } from './stateless.ts'
import type { Asked } from './trial.ts'
import type { Watch } from './watch.ts'

/** How the answers to a case are asked for. */
export interface Asking {
  readonly implementation: Implementation
  /** The element type of the arrays that it is given. */
  readonly dtype: DType
  /** How often every question is asked, to see that the answer is the same. */
  readonly times: number
  /** Whether it is given arrays that begin within a larger buffer. */
  readonly withinBuffer: boolean
  readonly watch: Watch
  /** Whether two answers that differ are both within the bound of the reference. */
  readonly bothWithin: (question: Question, first: Answer, second: Answer) => boolean
}

/** The questions asked of an implementation about one case, each remembered with its answer. */
export class Answers {
  /** In the order in which they were asked; refused ones as well. */
  readonly asked: Asked[] = []
  /** The answers that contain NaN or infinity. */
  readonly notFinite: { readonly question: Question; readonly answer: Answer }[] = []
  /** An output that was asked for and of which the bounds say nothing; `null` without one. */
  open: string | null = null
  readonly #answers: Promise<Answer>[] = []
  /** The places of those that this pass over the case has had. */
  readonly #taken = new Set<number>()

  constructor(readonly asking: Asking) {}

  /** Begins another pass over the case, which gets the answers of the one before to the same questions. */
  rewind(): void {
    this.#taken.clear()
  }

  ask(operation: Operation, inputs: Inputs, parameters: Parameters): Promise<Answer> {
    const question = { operation, inputs, parameters }
    const place = this.#placeOf(question)
    this.#taken.add(place)
    const before = this.#answers[place]
    if (before !== undefined) return before
    const answer = this.#ask(question, place)
    this.#answers[place] = answer
    return answer
  }

  /** Nearly always the next one; questions that wait for none of each other may come in another order. */
  #placeOf(question: Question): number {
    const isIt = ({ question: before }: Asked, place: number) =>
      !this.#taken.has(place) && sameQuestion(before, question)
    const next = this.#taken.size
    if (next < this.asked.length && isIt(this.asked[next]!, next)) return next
    const place = this.asked.findIndex(isIt)
    return place < 0 ? this.asked.length : place
  }

  async #ask(question: Question, number: number): Promise<Answer> {
    this.asked[number] = { question, answer: null }
    const answer = await this.#evaluate(question)
    this.asked[number] = { question, answer }
    checkShapes(question, answer)
    if (!allFinite(answer)) this.notFinite.push({ question, answer })
    for (let time = 1; time < this.asking.times; time++) {
      const again = await this.#evaluate(question)
      if (!this.#same(question, answer, again)) throw new UnstableAnswer(question, answer, again)
    }
    return answer
  }

  /** Whether two answers are the same, as far as the implementation says that they are. */
  #same(question: Question, first: Answer, second: Answer): boolean {
    const { implementation, bothWithin } = this.asking
    if (Object.keys(first).every((output) => sameTensor(first[output]!, second[output]!))) {
      return true
    }
    return implementation.reproducible === 'within-bound' && bothWithin(question, first, second)
  }

  async #evaluate(question: Question): Promise<Answer> {
    const { operation, inputs, parameters } = question
    const { implementation, watch, dtype, withinBuffer } = this.asking
    const reason = declinedBy(implementation, question)
    if (reason !== null) throw declining(implementation, question, reason)
    const evaluate = implementation.operations[operation.id]!
    // Copies: what an implementation does to them must not reach others that share the case.
    const given: Record<string, Tensor> = {}
    for (const name in inputs) {
      given[name] = withinBuffer ? withinLarger(inputs[name]!) : copyOf(inputs[name]!)
    }
    const ready = implementation.ready?.() ?? null
    if (ready !== null) await ready
    let answer: unknown
    try {
      answer = evaluate(given, parameters)
      if (isPromise(answer)) answer = await watch.wait(answer)
    } catch (cause) {
      if (passesThrough(cause)) throw cause
      if (isUnsupported(cause)) throw declining(implementation, question, cause.message)
      throw new ImplementationError(question, cause)
    }
    for (const name in inputs) {
      if (!sameTensor(inputs[name]!, given[name]!)) {
        throw new ChangedInput(`${operation.id}: it changed its input ${name}`)
      }
    }
    const left = [...withheld(implementation, operation), ...unasked(operation, inputs)]
    const formed = wellFormed(operation, answer, dtype, left)
    readEarlierAgain(implementation, question, answer as Answer, formed)
    return formed
  }
}

/** A question that is not taken; of a level that is claimed, none can be left out. */
function declining({ levels }: Implementation, question: Question, reason: string): Error {
  const { level } = question.operation
  if (!levels?.includes(level)) return new Unsupported(reason)
  const claimed = `it claims the level ${level}, and does not take this: ${reason}`
  return new ImplementationError(question, new Error(claimed))
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
  return [
    TooLate,
    TimeOver,
    ImplementationFailure,
    ImplementationGone,
    ChangedInput,
    WrongType,
  ].some((kind) => cause instanceof kind)
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}

function copyOf(tensor: Tensor): Tensor {
  return { ...tensor, shape: tensor.shape.slice(), data: tensor.data.slice() }
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
function wellFormed(
  operation: Operation,
  answer: unknown,
  promised: DType,
  /** The outputs that may be missing. */
  left: readonly string[],
): Answer {
  const outputs = answer as Record<string, Tensor> | null | undefined
  const malformed = (problem: string) => new MalformedAnswer(`${operation.id}: ${problem}`)
  const formed: Record<string, Tensor> = {}
  for (const output in operation.outputs) {
    const tensor = outputs?.[output]
    if ((tensor === undefined || tensor === null) && left.includes(output)) continue
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
      throw new WrongType(
        `${operation.id}: ${output} is ${messageOf(dtype)}; ${promised} was promised`,
      )
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
