import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import {
  lossGradient as gradientReference,
  loss as reference,
} from '../../../reference/bptt/loss.ts'
import { loss, lossGradient } from '../../../spec/bptt/loss.ts'
import { changed, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(loss, reference)
const wrongGradient = faultsOf(lossGradient, gradientReference)
const transposed = (W: NumberArray<number>) => permuted(W, (i, j) => [j, i])
/** dE of one step alone, or of the steps from one on. */
const only = (dE: NumberArray<number>, counts: (t: number) => boolean) =>
  changed(dE, (v, t) => (counts(t) ? v : 0))

export const averagesSequences = wrong.outputs(
  'averages over the sequences of a batch',
  ({ E }, { sizes: { N } }) => ({ E: changed(E, (v) => v / N!) }),
)

export const recurrentForOutput = wrong.inputs(
  'makes scores with W in place of V where both fit',
  ({ W, V }, { sizes: { H, O } }) => ({ V: H === O ? W : V }),
)

export const transposesWeights = wrong.inputs('multiplies by W transposed', ({ W }) => ({
  W: transposed(W),
}))

export const lossOfLastStep = wrong.outputs('gives the loss of the last step at each', ({ E }) => ({
  E: changed(E, () => E.at(E.shape[0]! - 1)),
}))

export const averagesSteps = wrongGradient.inputs(
  'averages over the steps that count',
  ({ dE }) => {
    const count = dE.data.filter((v) => v !== 0).length
    return { dE: changed(dE, (v) => v / Math.max(1, count)) }
  },
)

export const lastStepForV = wrongGradient.outputs(
  'gives the gradients by V and c of the last step alone, without a sum over time',
  (_, { inputs, parameters, right, sizes: { T } }) => {
    const { dV, dc } = right({ ...inputs, dE: only(inputs.dE, (t) => t === T! - 1) }, parameters)
    return { dV, dc }
  },
)

export const decays = wrongGradient.outputs(
  'adds the biases of the scores to the gradient by them, as weight decay does',
  ({ dc }, { inputs: { c } }) => ({ dc: build(dc.shape, (k) => dc.at(k) + c.at(k)) }),
)

export const recurrentOnTheWayBack = wrongGradient.inputs(
  'uses W in place of V where both fit',
  ({ W, V }, { sizes: { H, O } }) => ({ V: H === O ? W : V }),
)

export const ownStepOnly = wrongGradient.outputs(
  'stops every gradient at the step of its loss',
  (_, { inputs, parameters, right, sizes: { T } }) => {
    // The gradient of a step by its own input alone.
    const dx = build(inputs.x.shape, (t, n, j) => {
      const own = right({ ...inputs, dE: only(inputs.dE, (s) => s === t) }, parameters)
      return own.dx.at(t, n, j)
    })
    return T! > 1 ? { dx } : {}
  },
)

export const transposedBack = wrongGradient.inputs('multiplies by W transposed', ({ W }) => ({
  W: transposed(W),
}))

export const transposesGradient = wrongGradient.outputs(
  'gives the gradient by W transposed',
  ({ dW }) => ({
    dW: transposed(dW),
  }),
)

export const withoutFirstState = wrongGradient.outputs(
  'begins the sum over time with the second step',
  (_, { inputs, parameters, right }) => {
    const { dW } = right({ ...inputs, h0: zeros(inputs.h0.shape) }, parameters)
    return { dW }
  },
)

export const lastStepForU = wrongGradient.outputs(
  'gives the gradients by U and b of the last loss alone',
  (_, { inputs, parameters, right, sizes: { T } }) => {
    const { dU, db } = right({ ...inputs, dE: only(inputs.dE, (t) => t === T! - 1) }, parameters)
    return { dU, db }
  },
)

export const biasIntoU = wrongGradient.outputs(
  'adds what belongs to the bias to the gradient by U',
  ({ dU, db }) => ({ dU: build(dU.shape, (i, j) => dU.at(i, j) + db.at(i)) }),
)

export const ignoresSlope = wrongGradient.parameters('leaves the activation out', () => ({
  activation: 'linear',
}))

export const firstStateUntouched = wrongGradient.outputs(
  'gives no gradient by the first state',
  ({ dH0 }) => ({ dH0: zeros(dH0.shape) }),
)

export const firstStateAsBias = wrongGradient.outputs(
  'E-63 taken at its word: gives the gradient by the bias for that by the first state',
  ({ db, dH0 }) => ({ dH0: build(dH0.shape, (_, i) => db.at(i)) }),
)
