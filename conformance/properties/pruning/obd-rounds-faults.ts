import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { brainDamage as reference } from '../../../reference/pruning/obd-rounds.ts'
import { brainDamage } from '../../../spec/pruning/obd-rounds.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(brainDamage, reference)

/**
 * Deletes by other numbers than saliencies: the round that trains with the mask that they give.
 * The numbers are told the weights that are left, which deletion looks at.
 */
const deleting = (
  name: string,
  score: (w: number, k: number, H: NumberArray<number>) => number,
  from: 'lowest' | 'highest' = 'lowest',
) =>
  wrong.answer(name, ({ inputs, parameters, right }) => {
    const { matrix, weights, mask } = inputs
    const scores = Array.from(weights.data, (w, k) => score(w, k, matrix))
    const sign = from === 'lowest' ? 1 : -1
    const order = [...scores.keys()]
      .filter((k) => mask.data[k] === 1)
      .sort((i, k) => sign * (scores[i]! - scores[k]!) || i - k)
    const stays = new Set(order.slice(parameters.remove))
    const { saliencies } = right(inputs, parameters)
    const left = build(mask.shape, (k) => (stays.has(k) ? 1 : 0))
    return { ...right({ ...inputs, mask: left }, { ...parameters, remove: 0 }), saliencies }
  })

const half = (w: number, k: number, H: NumberArray<number>) => 0.5 * H.at(k, k) * w * w

export const prunesByMagnitude = deleting('deletes the smallest magnitudes', (w) => Math.abs(w))

export const prunesByCurvature = deleting('deletes the smallest second derivatives', (_, k, H) =>
  H.at(k, k),
)

export const deletesHighest = deleting('deletes the highest saliencies', half, 'highest')

export const deletesByAbsolute = deleting(
  'deletes the saliencies of the smallest magnitude',
  (w, k, H) => Math.abs(half(w, k, H)),
)

export const takesLaterOfEqual = wrong.answer(
  'of equal saliencies deletes the higher index first',
  ({ inputs, parameters, right }) => {
    const turn = (array: NumberArray<number>) =>
      build(array.shape, (...at) => array.at(...at.map((k, axis) => array.shape[axis]! - 1 - k)))
    const { matrix, minimum, weights, mask } = inputs
    const turned = {
      matrix: turn(matrix),
      minimum: turn(minimum),
      weights: turn(weights),
      mask: turn(mask),
    }
    const found = right(turned, parameters)
    return {
      saliencies: turn(found.saliencies),
      mask: turn(found.mask),
      weights: turn(found.weights),
      loss: found.loss,
    }
  },
)

export const regrows = wrong.inputs(
  'forgets earlier rounds: weights with a high saliency come back',
  ({ mask }) => ({ mask: filled(mask.shape, 1) }),
)

export const trainsDeleted = wrong.answer(
  'trains what it deleted',
  ({ inputs, parameters, right }) => {
    const { mask, saliencies } = right(inputs, parameters)
    const all = filled(mask.shape, 1)
    const weights = changed(inputs.weights, (w, k) => (mask.data[k] === 0 ? 0 : w))
    const trained = right({ ...inputs, weights, mask: all }, { ...parameters, remove: 0 })
    return { ...trained, mask, saliencies }
  },
)

export const countsRemoved = wrong.parameters(
  'counts those removed before among those to delete',
  ({ remove }, { inputs: { mask } }) => ({
    remove: Math.max(0, remove - mask.data.filter((bit) => bit === 0).length),
  }),
)

export const keepsOne = wrong.parameters(
  'never deletes the last weight',
  ({ remove }, { inputs: { mask } }) => ({
    remove: Math.min(remove, Math.max(0, mask.data.filter((bit) => bit === 1).length - 1)),
  }),
)

export const doesNotTrain = wrong.parameters('does not train what is left', () => ({ steps: 0 }))

export const trainsFirst = wrong.answer(
  'trains before it deletes',
  ({ inputs, parameters, right }) => {
    const { weights } = right(inputs, { ...parameters, remove: 0 })
    return right({ ...inputs, weights }, { ...parameters, steps: 0 })
  },
)

export const forgetsHalf = wrong.outputs('leaves out the half', ({ saliencies }) => ({
  saliencies: changed(saliencies, (s) => 2 * s),
}))

export const takesRow = wrong.inputs(
  'takes the gradient from the rows of the matrix alone',
  ({ matrix }, { sizes: { P } }) => ({
    // The rest of the round sees the diagonal and the symmetric part, which this changes for some.
    matrix: build([P!, P!], (i, j) => (i <= j ? matrix.at(i, j) : matrix.at(j, i))),
  }),
)

export const acceptsShares = wrong.accepts(
  'accepts masks of other numbers than 0 and 1',
  ({ weights, mask }) => ({
    saliencies: weights!,
    mask: mask!,
    weights: weights!,
    loss: { ...weights!, shape: [], data: weights!.data.slice(0, 1) },
  }),
)
