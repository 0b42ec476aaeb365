import { build, memberOf, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { network } from '../../../reference/rnn/network.ts'
import {
  sequenceToOneGradient as gradientReference,
  sequenceToOne as reference,
} from '../../../reference/rnn/sequence-to-one.ts'
import { sequenceToOne, sequenceToOneGradient } from '../../../spec/rnn/sequence-to-one.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(sequenceToOne, reference)
const wrongGradient = faultsOf(sequenceToOneGradient, gradientReference)

export const lastInTime = wrong.answer(
  'takes the step that comes last in time, in reverse, too',
  ({ inputs, parameters, sizes: { T } }) => {
    const { o, y } = network(number, inputs, parameters)
    return { o: memberOf(o, T! - 1), y: memberOf(y, T! - 1) }
  },
)

export const averagesStates = wrong.answer(
  'averages the outputs of all steps',
  ({ inputs, parameters, sizes: { T } }) => {
    const answer = network(number, inputs, parameters)
    const mean = (of: NumberArray<number>) =>
      build(of.shape.slice(1), (n, k) => {
        let sum = 0
        for (let t = 0; t < T!; t++) sum += of.at(t, n, k)
        return sum / T!
      })
    return { o: mean(answer.o), y: mean(answer.y) }
  },
)

export const countsPadding = wrong.inputs('takes padding for inputs', ({ padded }) => ({
  padded: zeros(padded.shape),
}))

export const recurrentForOutput = wrong.inputs(
  'makes scores with W where V is as large',
  ({ V, W }, { sizes: { H, O } }) => ({ V: H === O ? W : V }),
)

export const everyStepCounts = wrongGradient.outputs(
  'lets the gradient arrive at every state',
  (_, { inputs, parameters, right, sizes: { T } }) => {
    // The gradients of shorter and shorter sequences, from the same beginning.
    if (parameters.direction === 'reverse') return {}
    const each = Array.from({ length: T! }, (_unused, t) => {
      const padded = build(inputs.padded.shape, (s, n) => (s > t ? 1 : inputs.padded.at(s, n)))
      return right({ ...inputs, padded }, parameters)
    })
    const sum = (name: 'dW' | 'dU') =>
      build(each[0]![name].shape, (i, j) => each.reduce((all, d) => all + d[name].at(i, j), 0))
    return { dW: sum('dW'), dU: sum('dU') }
  },
)

export const stopsAtLast = wrongGradient.outputs(
  'goes back no further than the last state',
  ({ dx }, { parameters, sizes: { T } }) => {
    const last = parameters.direction === 'forward' ? T! - 1 : 0
    return { dx: build(dx.shape, (t, n, j) => (t === last ? dx.at(t, n, j) : 0)) }
  },
)

export const transposesOutput = wrongGradient.outputs(
  'gives the gradient by the weights of the output transposed, where they are square',
  ({ dV }, { sizes: { H, O } }) => ({ dV: H === O ? permuted(dV, (k, i) => [i, k]) : dV }),
)

export const averagesSequences = wrongGradient.outputs(
  'averages over the sequences of a batch',
  ({ dV, dc, dW }, { sizes: { N } }) => {
    const mean = (d: NumberArray<number>) => changed(d, (v) => v / N!)
    return { dV: mean(dV), dc: mean(dc), dW: mean(dW) }
  },
)
