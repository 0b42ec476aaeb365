import { gradientName } from '../../../spec/language/gradient.ts'
import type { Operation } from '../../../spec/language/operation.ts'
import { elements, type Tensor } from '../../../spec/language/tensor.ts'
import { Unsupported } from '../../base/errors.ts'
import type { Question } from '../../base/question.ts'
import type { Outputs } from '../../engine/implementation.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged } from './convert.ts'

/** Whether an operation goes through sequences of which steps may be padding. */
export const isRecurrent = ({ inputs, parameters }: Operation): boolean =>
  'padded' in inputs && 'direction' in parameters

/**
 * A question about sequences of several lengths for an implementation that is told which steps are there, or
 * how many, or that gives zeros for states of steps that are padding.
 *
 * @throws {Unsupported} it has no form there: what is neither 0 nor 1 in a mask, padding before a step in lengths
 */
export function convertSequences(
  question: Question,
  { sequences = 'padded', paddedStates = 'kept' }: Conventions,
): Converted {
  const { operation, inputs } = question
  const { padded } = inputs
  if (!isRecurrent(operation) || padded === undefined) return unchanged(question)
  const { question: asked, back } =
    paddedStates === 'zeros' ? withZeros(question, padded) : unchanged(question)
  if (sequences === 'padded') return { question: asked, back }
  const { padded: _, ...others } = asked.inputs
  const told = sequences === 'mask' ? { mask: maskOf(padded) } : { lengths: lengthsOf(question) }
  return { question: { ...asked, inputs: { ...others, ...told } }, back }
}

/** 1 where a step is there. */
function maskOf(padded: Tensor): Tensor {
  const data = padded.data.map((bit) => 1 - bit) as Tensor['data']
  if (!data.every((bit) => bit === 0 || bit === 1))
    throw new Unsupported('a mask of other than bits')
  return { ...padded, data }
}

/** How many steps of each sequence are there. */
function lengthsOf({ inputs: { x, padded } }: Question): Tensor {
  const { shape, data } = padded!
  const [T, N] = shape as [number, number]
  if (shape.length !== 2 || T !== x?.shape[0] || data.length !== T * N) {
    throw new Unsupported('padding that is not of the steps')
  }
  const counts = Int32Array.from({ length: N }, (_, n) => {
    const column = Array.from({ length: T }, (_, t) => data[t * N + n]!)
    const length = column.filter((bit) => bit === 0).length
    const isBehind = column.every((bit, t) => bit === (t < length ? 0 : 1))
    if (!isBehind) throw new Unsupported('padding before a step, of which lengths tell nothing')
    return length
  })
  return { dtype: 'int32', shape: [N], data: counts }
}

/** The states of an operation, T × N × H each, by the names of what they begin from. */
const statesOf = ({ derivative, inputs, states = [] }: Operation) =>
  (derivative?.of.states ?? states)
    .filter((state) => `${state}0` in inputs)
    .map((state) => ({ state, first: `${state}0` }))

/** Zeros are read as the state before, and what arrives at them is told to that one. */
function withZeros(question: Question, padded: Tensor): Converted {
  const { operation, inputs, parameters } = question
  const [T = 0, N = 0] = padded.shape
  const inTime = Array.from({ length: T }, (_, t) => t)
  const steps = parameters.direction === 'reverse' ? inTime.toReversed() : inTime
  const isPadding = (t: number, n: number) => padded.data[t * N + n] === 1
  const isOf = (array: Tensor | undefined): array is Tensor =>
    array?.shape.length === 3 && array.shape[0] === T && array.shape[1] === N && isWhole(array)
  const layer = { N, steps, isPadding }
  const moved: Record<string, Tensor> = { ...inputs }
  const added: Record<string, Float64Array> = {}
  for (const { state, first } of statesOf(operation)) {
    const arriving = inputs[gradientName(state)]
    if (!isOf(arriving)) continue
    const { array, atFirst } = arrivingBefore(arriving, layer)
    moved[gradientName(state)] = array
    added[gradientName(first)] = atFirst
  }
  const back = (answer: Outputs) => {
    const read: Record<string, Tensor> = { ...answer }
    for (const { state, first } of statesOf(operation)) {
      const given = read[state]
      if (isOf(given)) read[state] = keptStates(given, inputs[first], layer)
    }
    for (const [name, more] of Object.entries(added)) {
      const given = read[name]
      if (given === undefined || given.data.length !== more.length) continue
      const data = given.data.map((value, at) => value + more[at]!) as Tensor['data']
      read[name] = { ...given, data }
    }
    return read
  }
  return { question: { ...question, inputs: moved }, back }
}

const isWhole = ({ shape, data }: Tensor) => data?.length === elements(shape)

interface Layer {
  readonly N: number
  readonly steps: readonly number[]
  readonly isPadding: (t: number, n: number) => boolean
}

/** The states before in place of zeros at steps that are padding; what is no zero there stays. */
function keptStates(array: Tensor, first: Tensor | undefined, layer: Layer): Tensor {
  const { N, steps, isPadding } = layer
  const H = array.shape[2]!
  const data = array.data.slice()
  for (let n = 0; n < N; n++) {
    let before = first?.data.slice(n * H, (n + 1) * H) ?? new Float32Array(H)
    for (const t of steps) {
      const from = (t * N + n) * H
      const state = data.slice(from, from + H)
      if (isPadding(t, n) && state.every((value) => value === 0)) data.set(before, from)
      before = data.slice(from, from + H)
    }
  }
  return { ...array, data }
}

/** What arrives at the state of a step that is padding, added to what arrives at the state before. */
function arrivingBefore(array: Tensor, { N, steps, isPadding }: Layer) {
  const H = array.shape[2]!
  const data = array.data.slice()
  const atFirst = new Float64Array(N * H)
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < H; i++) {
      let later = 0
      for (const t of steps.toReversed()) {
        const at = (t * N + n) * H + i
        later += array.data[at]!
        if (isPadding(t, n)) continue
        data[at] = later
        later = 0
      }
      atFirst[n * H + i] = later
    }
  }
  return { array: { ...array, data }, atFirst }
}
