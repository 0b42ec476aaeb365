import type { NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { lossGradient as wholeReference } from '../../../reference/bptt/loss.ts'
import { truncatedGradient as reference } from '../../../reference/bptt/truncated.ts'
import { truncatedGradient } from '../../../spec/bptt/truncated.ts'
import { changed, part, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(truncatedGradient, reference)

export const neverTruncates = wrong.parameters(
  'goes back to the first step',
  (_, { sizes: { T } }) => ({ window: T!, every: 1 }),
)

export const oneStepFarther = wrong.parameters(
  'goes back one step farther than the window',
  ({ window }) => ({ window: window + 1 }),
)

export const oneStepLess = wrong.parameters(
  'goes back one step less than the window',
  ({ window, every }) => ({ window: Math.max(every, window - 1) }),
)

export const passForEach = wrong.parameters(
  'makes a pass for every step, whatever is asked for',
  () => ({ every: 1 }),
)

export const dropsRest = wrong.inputs(
  'leaves out the steps that do not fill a block',
  ({ dE }, { parameters: { every }, sizes: { T } }) => ({
    dE: changed(dE, (v, t) => (t < T! - (T! % every) ? v : 0)),
  }),
)

export const truncatesOutput = wrong.outputs(
  'gives the gradients by V and c of the last window only',
  (_, { inputs, parameters, right, sizes: { T } }) => {
    const dE = changed(inputs.dE, (v, t) => (t >= T! - parameters.window ? v : 0))
    const { dV, dc } = right({ ...inputs, dE }, parameters)
    return { dV, dc }
  },
)

export const wholeForFirstState = wrong.outputs(
  'gives the whole gradient by the first state',
  (_, { inputs, parameters: { activation } }) => ({
    dH0: wholeReference(number, inputs, { activation }).dH0,
  }),
)

export const forgetsStates = wrong.outputs(
  'begins every piece of the sequence from a state of zeros',
  ({ dW }, { inputs, parameters, right, sizes: { T } }) => {
    const { window, every } = parameters
    if (every !== window || window >= T!) return {}
    const { x, y, dE, h0 } = inputs
    let found = zeros(dW.shape)
    for (let from = 0; from < T!; from += every) {
      const length = Math.min(every, T! - from)
      const cut = (array: NumberArray<number>) => part(array, array.shape.with(0, length), [from])
      const start = from === 0 ? h0 : zeros(h0.shape)
      const piece = right({ ...inputs, x: cut(x), y: cut(y), dE: cut(dE), h0: start }, parameters)
      found = changed(found, (v, at) => v + piece.dW.data[at]!)
    }
    return { dW: found }
  },
)
