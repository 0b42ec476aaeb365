import { build, type NumberArray } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { networkCurvature as curvature } from '../../../reference/pruning/obd-network.ts'
import { networkSensitivity as reference } from '../../../reference/pruning/sensitivity-network.ts'
import { networkSensitivity } from '../../../spec/pruning/sensitivity-network.ts'
import { changed, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(networkSensitivity, reference)

export const takesSaliencies = wrong.outputs(
  'gives saliencies, as if the network had been trained to a minimum',
  (_, { inputs, parameters }) => {
    const h = curvature(number, inputs, { ...parameters, method: 'exact' })
    const of = (name: 'weights1' | 'weights2') =>
      changed(h[name], (h, at) => 0.5 * h * inputs[name].data[at]! ** 2)
    return { changes1: of('weights1'), changes2: of('weights2') }
  },
)

export const reversesSign = wrong.outputs(
  'gives the loss before minus the loss after',
  ({ changes1, changes2 }) => ({
    changes1: changed(changes1, (d) => -d),
    changes2: changed(changes2, (d) => -d),
  }),
)

export const givesLosses = wrong.outputs(
  'gives the losses without each weight, not what they have more',
  ({ loss, changes1, changes2 }) => ({
    changes1: changed(changes1, (d) => d + loss.at()),
    changes2: changed(changes2, (d) => d + loss.at()),
  }),
)

export const takesAbsolute = wrong.outputs(
  'gives the magnitudes of the changes',
  ({ changes1, changes2 }) => ({
    changes1: changed(changes1, Math.abs),
    changes2: changed(changes2, Math.abs),
  }),
)

export const removesUnits = wrong.outputs(
  'removes the whole hidden unit that a weight belongs to',
  ({ loss, changes1, changes2 }, { inputs, parameters, right }) => {
    const change = (unit: number) => {
      const weights2 = build(inputs.weights2.shape, (j, c) =>
        j === unit ? 0 : inputs.weights2.at(j, c),
      )
      return right({ ...inputs, weights2 }, parameters).loss.at() - loss.at()
    }
    return {
      changes1: build(changes1.shape, (_, j) => change(j)),
      changes2: build(changes2.shape, (j) => change(j)),
    }
  },
)

export const forgetsToRestore = wrong.outputs(
  'leaves weights at 0 once they were tried',
  ({ loss, changes1 }, { inputs, parameters, right }) => {
    let at = inputs
    const tried = (position: number) => {
      const weights1: NumberArray<number> = changed(at.weights1, (w, k) => (k === position ? 0 : w))
      at = { ...at, weights1 }
      return right(at, parameters).loss.at() - loss.at()
    }
    return { changes1: changed(changes1, (_, position) => tried(position)) }
  },
)

export const alwaysLinear = wrong.parameters('takes the outputs for linear ones', () => ({
  outputs: 'linear',
}))

export const sumsSamples = wrong.outputs(
  'sums over samples instead of taking their mean',
  ({ loss, changes1, changes2 }, { sizes: { N } }) => ({
    loss: scalar(loss.at() * N!),
    changes1: changed(changes1, (d) => d * N!),
    changes2: changed(changes2, (d) => d * N!),
  }),
)

export const firstLayerOnly = wrong.outputs(
  'tries the weights of the first layer alone',
  ({ changes2 }) => ({ changes2: zeros(changes2.shape) }),
)
