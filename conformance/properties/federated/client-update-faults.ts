import { clientUpdate as reference } from '../../../reference/federated/client-update.ts'
import { clientUpdate } from '../../../spec/federated/client-update.ts'
import { changed, joined, part } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(clientUpdate, reference)

export const sumsBatch = wrong.parameters(
  'E-47 read literally: adds up the gradients of a batch',
  ({ rate }, { sizes: { B } }) => ({ rate: rate * B! }),
)

export const takesFirst = wrong.inputs(
  'E-46 read as a number alone: takes the first B points, whichever were drawn',
  ({ batches }, { sizes: { B } }) => ({ batches: changed(batches, (_, at) => at % B!) }),
)

export const repeatsBatch = wrong.inputs(
  'draws one batch for all steps',
  ({ batches }, { sizes: { B } }) => ({
    batches: changed(batches, (_, at) => batches.data[at % B!]!),
  }),
)

export const divides = wrong.parameters(
  'divides by the number of points instead of the size of the batch',
  ({ rate }, { inputs: { count }, sizes: { B } }) => ({
    rate: (rate * B!) / Math.max(1, count.at()),
  }),
)

export const climbs = wrong.parameters('adds the gradient', ({ rate }) => ({ rate: -rate }))

export const forgetsBias = wrong.outputs('leaves the biases as they are', (right, { inputs }) => ({
  b: changed(right.b, (_, at) => inputs.b.data[at % inputs.b.data.length]!),
}))

export const keepsGradient = wrong.answer(
  'takes every step against the gradient at the model that it was sent',
  ({ inputs, parameters, right, sizes: { L, B } }) => {
    const steps = Array.from({ length: L! }, (_, l) =>
      right({ ...inputs, batches: part(inputs.batches, [1, B!], [l]) }, parameters),
    )
    const moved = (name: 'w' | 'b', size: number) =>
      joined(
        0,
        ...steps.map((_, l) =>
          changed(steps[0]![name], (_, at) =>
            steps
              .slice(0, l + 1)
              .reduce(
                (sum, taken) => sum + taken[name].data[at]! - inputs[name].data[at % size]!,
                inputs[name].data[at % size]!,
              ),
          ),
        ),
      )
    return { w: moved('w', inputs.w.data.length), b: moved('b', inputs.b.data.length) }
  },
)

export const readsPadding = wrong.inputs(
  'takes padding for points',
  ({ count }, { parameters: { points } }) => ({
    count: changed(count, (n) => (n > 0 ? points : n)),
  }),
)

export const squaresOnly = wrong.parameters('trains on squares, whatever the loss is', () => ({
  loss: 'squares',
}))

export const stopsEarly = wrong.outputs(
  'does one step less where several are to be done',
  (right, { sizes: { L } }) => {
    if (L === 1) return {}
    const early = (array: typeof right.w) =>
      changed(array, (v, at) => {
        const size = array.data.length / L!
        return at >= array.data.length - size ? array.data[at - size]! : v
      })
    return { w: early(right.w), b: early(right.b) }
  },
)

export const trainsWithout = wrong.inputs(
  'trains on padding where a client has no points',
  ({ count }) => ({ count: changed(count, (n) => Math.max(1, n)) }),
)

export const acceptsAnyPlace = wrong.accepts(
  'accepts batches of places that there are not',
  ({ w, b, batches }) => {
    const L = batches!.shape[0]!
    const zeros = (shape: readonly number[]) => ({
      dtype: 'float32' as const,
      shape: [L, ...shape],
      data: new Float32Array(shape.reduce((product, size) => product * size, L)),
    })
    return { w: zeros(w!.shape), b: zeros(b!.shape) }
  },
)
