import { elements, type Tensor } from '../../../spec/language/tensor.ts'
import { Unsupported } from '../../base/errors.ts'
import type { Question } from '../../base/question.ts'
import type { Outputs } from '../../engine/implementation.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged } from './convert.ts'
import { isRecurrent } from './sequences.ts'

/**
 * A question about a recurrent layer for an implementation whose weights from the input and from the state
 * stand beside each other, in one array: `weights` in place of U and W. What it gives as the derivative by
 * it, `dWeights`, is taken apart again.
 */
export function convertRecurrentWeights(
  question: Question,
  { recurrentWeights = 'apart' }: Conventions,
): Converted {
  const { operation, inputs } = question
  const { U, W, ...others } = inputs
  // What does not fit is for whoever gets it to refuse.
  const isApart = recurrentWeights === 'apart' || !isRecurrent(operation)
  if (isApart || U === undefined || W === undefined || !areBeside(U, W)) return unchanged(question)
  const isInputFirst = recurrentWeights === '[x, h]'
  const weights = isInputFirst ? beside(U, W) : beside(W, U)
  const [I, H] = [U.shape.at(-1)!, W.shape.at(-1)!]
  return {
    question: { ...question, inputs: { ...others, weights } },
    back: ({ dWeights, ...answer }): Outputs => {
      if (dWeights?.shape?.at(-1) !== I + H || dWeights.data?.length !== elements(dWeights.shape)) {
        return dWeights === undefined ? answer : { ...answer, dWeights }
      }
      const [dU, dW] = isInputFirst
        ? [part(dWeights, 0, I), part(dWeights, I, H)]
        : [part(dWeights, H, I), part(dWeights, 0, H)]
      return { ...answer, dU, dW }
    },
  }
}

/** Whether two arrays differ in their last axis at most. */
function areBeside(first: Tensor, second: Tensor): boolean {
  const isWhole = ({ shape, data }: Tensor) => shape.length > 0 && data.length === elements(shape)
  if (!isWhole(first) || !isWhole(second) || first.dtype !== second.dtype) return false
  return first.shape.slice(0, -1).join() === second.shape.slice(0, -1).join()
}

/** Rows of two arrays, one beside the other. */
function beside(first: Tensor, second: Tensor): Tensor {
  const [m, n] = [first.shape.at(-1)!, second.shape.at(-1)!]
  const rows = elements(first.shape.slice(0, -1))
  const ArrayType = first.data.constructor as Float32ArrayConstructor
  const data = new ArrayType(rows * (m + n))
  for (let row = 0; row < rows; row++) {
    data.set(first.data.subarray(row * m, (row + 1) * m), row * (m + n))
    data.set(second.data.subarray(row * n, (row + 1) * n), row * (m + n) + m)
  }
  return { dtype: first.dtype, shape: first.shape.with(-1, m + n), data }
}

/** A part of each row. */
function part({ dtype, shape, data }: Tensor, from: number, count: number): Tensor {
  const width = shape.at(-1)!
  const taken = data.filter((_, at) => at % width >= from && at % width < from + count)
  return { dtype, shape: shape.with(-1, count), data: taken as Tensor['data'] }
}

/**
 * A question about long short-term memory for an implementation that adds 1 to the bias of the forget gate
 * at every step: it is given 1 less.
 *
 * @throws {Unsupported} a bias from which 1 cannot be taken away without rounding
 */
export function convertForgetBias(
  question: Question,
  { forgetBias = 'as given' }: Conventions,
): Converted {
  const { operation, inputs } = question
  const { b, U } = inputs
  if (forgetBias === 'as given' || !operation.id.startsWith('lstm.forward')) {
    return unchanged(question)
  }
  const given = b ?? zerosFor(U)
  if (given?.shape.length !== 2 || given.shape[0] !== 4) return unchanged(question)
  const H = given.shape[1]!
  const round = given.dtype === 'float32' ? Math.fround : (value: number) => value
  const data = given.data.map((value, at) => {
    if (Math.floor(at / H) !== 1) return value
    const one = round(value - 1)
    if (round(one + 1) !== value) throw new Unsupported('a bias from which 1 is not taken exactly')
    return one
  }) as Tensor['data']
  const less = { dtype: given.dtype, shape: given.shape, data }
  return unchanged({ ...question, inputs: { ...inputs, b: less } })
}

/** Biases that are left out are zeros, of as many units as have weights. */
function zerosFor(U: Tensor | undefined): Tensor | undefined {
  if (U?.shape.length !== 3) return undefined
  const shape = U.shape.slice(0, 2)
  const ArrayType = U.data.constructor as Float32ArrayConstructor
  return { dtype: U.dtype, shape, data: new ArrayType(elements(shape)) }
}
