import type { Tensor } from '../../../spec/language/tensor.ts'
import { elements } from '../../../spec/language/tensor.ts'
import type { Question } from '../../base/question.ts'
import { mapValues } from '../../base/records.ts'
import type { Outputs } from '../../engine/implementation.ts'
import type { Conventions } from '../../protocol/conventions.ts'
import { type Converted, unchanged } from './convert.ts'

/** Along which axes each array is put back to front. */
type Axes = Readonly<Record<string, readonly number[]>>

interface Turning {
  readonly inputs: Axes
  readonly outputs: Axes
  /** Indices of so many, which are counted from the other end then. */
  readonly places?: { readonly of: string; readonly count: number }
}

/** What decides between equal magnitudes by their index, and along which axes that counts. */
const turnings: Readonly<Record<string, Turning>> = {
  'pruning.twoOfFour': {
    inputs: { weights: [2] },
    outputs: { pruned: [2], values: [2], places: [2] },
    places: { of: 'places', count: 4 },
  },
  'pruning.brainDamage': {
    inputs: { matrix: [0, 1], minimum: [0], weights: [0], mask: [0] },
    outputs: { saliencies: [0], mask: [0], weights: [0] },
  },
  'pruning.keepUnits': {
    inputs: { weights1: [1], bias1: [0], weights2: [0] },
    outputs: { units: [0], weights1: [1], bias1: [0], weights2: [0] },
  },
  'pruning.keepFilters': {
    inputs: { filters: [3], bias: [0], next: [2] },
    outputs: { left: [0], filters: [3], bias: [0], next: [2] },
  },
}

/**
 * A question about pruning for an implementation that removes the higher index first where magnitudes are
 * equal: everything is put back to front, so that its rule is ours.
 */
export function convertTies(
  question: Question,
  { prunedFirst = 'lower index' }: Conventions,
): Converted {
  if (prunedFirst === 'lower index') return unchanged(question)
  if (question.operation.id === 'pruning.byPercentage') return convertLayers(question)
  const turning = turnings[question.operation.id]
  if (turning === undefined) return unchanged(question)
  const { inputs, outputs, places } = turning
  return {
    question: { ...question, inputs: turned(question.inputs, inputs) },
    back: (answer) => {
      const read = turned(answer, outputs)
      if (places === undefined || read[places.of] === undefined) return read
      const last = places.count - 1
      return { ...read, [places.of]: each(read[places.of]!, (place) => last - place) }
    },
  }
}

/** Both layers back to front, and so the second before the first. */
function convertLayers(question: Question): Converted {
  const { weights1, weights2 } = question.inputs
  if (!isMatrix(weights1) || !isMatrix(weights2)) return unchanged(question)
  return {
    question: {
      ...question,
      inputs: { weights1: backwards(weights2), weights2: backwards(weights1) },
    },
    back: ({ mask1, mask2, pruned1, pruned2, removed, ...others }) => ({
      ...others,
      mask1: backwards(mask2!),
      mask2: backwards(mask1!),
      pruned1: backwards(pruned2!),
      pruned2: backwards(pruned1!),
      removed: flipped(removed!, [0]),
    }),
  }
}

const isMatrix = (tensor: Tensor | undefined): tensor is Tensor => tensor?.shape.length === 2

/** A matrix of which all elements are in the opposite order, with as many rows as there were columns. */
function backwards(matrix: Tensor): Tensor {
  if (!isMatrix(matrix)) return matrix
  return {
    ...matrix,
    shape: matrix.shape.toReversed(),
    data: matrix.data.toReversed() as Tensor['data'],
  }
}

const turned = (arrays: Outputs, axes: Axes): Outputs =>
  mapValues(arrays, (tensor, name) => {
    const along = axes[name]
    return along === undefined ? tensor : flipped(tensor, along)
  })

/** An array back to front along some axes; as it is where it lacks them. */
function flipped(tensor: Tensor, axes: readonly number[]): Tensor {
  const { shape, data } = tensor
  const lacks = axes.some((axis) => shape[axis] === undefined) || data.length !== elements(shape)
  if (lacks) return tensor
  return {
    ...tensor,
    data: data.map((_, at) => data[opposite(shape, axes, at)]!) as Tensor['data'],
  }
}

/** The position of the element that stands opposite along some axes. */
function opposite(shape: readonly number[], axes: readonly number[], at: number): number {
  let [rest, position, stride] = [at, 0, 1]
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!
    const index = rest % size
    rest = Math.floor(rest / size)
    position += stride * (axes.includes(axis) ? size - 1 - index : index)
    stride *= size
  }
  return position
}

const each = (tensor: Tensor, value: (element: number) => number): Tensor => ({
  ...tensor,
  data: tensor.data.map(value) as Tensor['data'],
})
