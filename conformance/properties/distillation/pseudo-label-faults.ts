import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { pseudoLabels as reference } from '../../../reference/distillation/pseudo-label.ts'
import { pseudoLabels } from '../../../spec/distillation/pseudo-label.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(pseudoLabels, reference)

export const softensLabels = wrong.parameters('gives soft labels for hard ones', () => ({
  kind: 'soft',
}))

export const hardensLabels = wrong.parameters('gives hard labels for soft ones', () => ({
  kind: 'hard',
}))

export const asksOneMember = wrong.inputs('asks the first member alone', ({ predictions }) => {
  const [T, N, C] = predictions.shape as [number, number, number]
  return { predictions: build([T, N, C], (_, n, c) => predictions.at(0, n, c)) }
})

export const addsUp = wrong.outputs(
  'adds predictions up',
  ({ targets }, { parameters: { kind }, sizes: { T } }) => ({
    targets: changed(targets, (t) => (kind === 'soft' ? t * T! : t)),
  }),
)

/** Rows of an array turned around. */
const mirrored = (x: NumberArray<number>) => {
  const C = x.shape.at(-1)!
  return build(x.shape, (...at) => x.at(...at.with(-1, C - 1 - at.at(-1)!)))
}

export const takesTheLast = wrong.answer(
  'of classes that share the largest mean takes the last one',
  ({ inputs: { predictions }, parameters, right }) => ({
    targets: mirrored(right({ predictions: mirrored(predictions) }, parameters).targets),
  }),
)

export const marksAllOfThem = wrong.outputs(
  'marks every class that has the largest mean',
  ({ targets }, { inputs, parameters: { kind }, right }) => {
    if (kind === 'soft') return {}
    const average = right(inputs, { kind: 'soft' }).targets
    const [N, C] = average.shape as [number, number]
    const most = Array.from({ length: N }, (_, n) =>
      Math.max(...average.data.slice(n * C, (n + 1) * C)),
    )
    return { targets: build(targets.shape, (n, c) => (average.at(n, c) === most[n] ? 1 : 0)) }
  },
)

export const needsHalf = wrong.outputs(
  'gives no label where no mean is above ½',
  ({ targets }, { inputs, parameters: { kind }, right }) => {
    if (kind === 'soft') return {}
    const average = right(inputs, { kind: 'soft' }).targets
    return { targets: changed(targets, (t, at) => (average.data[at]! > 0.5 ? t : 0)) }
  },
)
