import { build, type NumberArray, sum } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { plus } from '../../../reference/layers/addition.ts'
import {
  stackGradient as gradientReference,
  jacobianPaths as pathsReference,
  stack as reference,
} from '../../../reference/resnet/stack.ts'
import { jacobianPaths, stack, stackGradient } from '../../../spec/resnet/stack.ts'
import { changed, joined, part, permuted, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

/** Each of a row of matrices transposed. */
const transposed = (matrices: NumberArray<number>) => permuted(matrices, (l, i, j) => [l, j, i])

const wrong = faultsOf(stack, reference)
const wrongGradient = faultsOf(stackGradient, gradientReference)
const wrongPaths = faultsOf(jacobianPaths, pathsReference)

export const forgetsShortcuts = wrong.parameters('forgets the shortcuts', () => ({
  shortcut: 'none',
}))

export const skipsAlways = wrong.parameters('adds shortcuts to plain layers too', () => ({
  shortcut: 'identity',
}))

/** The weights of the 25th layer of fifty, a hundredth larger. */
const larger = ({ weights }: { weights: NumberArray<number> }) => ({
  weights: build(weights.shape, (l, i, j) => weights.at(l, i, j) * (l === 24 ? 1.01 : 1)),
})

export const layerOff = wrong.inputs('is off by a hundredth in the 25th layer', larger)

export const gradientLayerOff = wrongGradient.inputs(
  'is off by a hundredth in the 25th layer',
  larger,
)

export const stateSlips = wrong.answer(
  'is off by 2e-4 in the first unit after the 25th layer',
  ({ inputs: { x, weights, biases }, parameters, right }) => {
    const [L, D] = biases.shape as [number, number]
    const upTo = (from: number, to: number, start: NumberArray<number>) =>
      right(
        {
          x: start,
          weights: part(weights, [to - from, D, D], [from]),
          biases: part(biases, [to - from, D], [from]),
        },
        parameters,
      )
    if (L <= 25) return right({ x, weights, biases }, parameters)
    const before = upTo(0, 25, x)
    const off = changed(before.y, (v, i) => (i === 0 ? v * (1 + 2e-4) : v))
    const after = upTo(25, L, off)
    return {
      y: after.y,
      states: joined(0, part(before.states, [25, D]), after.states),
      branches: joined(0, before.branches, after.branches),
    }
  },
)

export const transposesWeights = wrong.inputs(
  'multiplies by the transposed weights',
  ({ weights }) => ({ weights: transposed(weights) }),
)

export const forgetsBiases = wrong.inputs('forgets the biases', ({ biases }) => ({
  biases: zeros(biases.shape),
}))

export const rectifiesSums = wrong.outputs(
  'applies the activation to the sum instead of the branch',
  (_, { inputs, parameters: { activation, shortcut }, sizes: { L, D } }) => {
    if (activation === 'linear' || shortcut === 'none') return {}
    const { x, weights, biases } = inputs
    const states = [x]
    for (let l = 0; l < L; l++) {
      const state = states[l]
      states.push(
        build([D], (i) => {
          let response = biases.at(l, i) + state.at(i)
          for (let j = 0; j < D; j++) response += weights.at(l, i, j) * state.at(j)
          return Math.tanh(response)
        }),
      )
    }
    return { y: states[L], states: build([L + 1, D], (l, i) => states[l].at(i)) }
  },
)

export const shortcutFromStart = wrong.answer(
  'adds the input of the stack to the last layer only',
  ({ inputs, parameters, right }) => {
    const plain = right(inputs, { ...parameters, shortcut: 'none' })
    if (parameters.shortcut === 'none') return plain
    return { ...plain, y: plus(number, inputs.x, plain.y) }
  },
)

export const gradientUnchanged = wrongGradient.outputs(
  'E-15 read literally: the gradient arrives unchanged',
  (_, { inputs: { dy }, parameters: { shortcut } }) => (shortcut === 'identity' ? { dx: dy } : {}),
)

export const gradientForgetsShortcuts = wrongGradient.outputs(
  'sends nothing back through the shortcuts',
  (_, { inputs: { weights, dy }, parameters: { shortcut }, sizes: { L, D } }) => {
    if (shortcut === 'none') return {}
    // The branches as they are, but each gradient is that of its branch alone.
    let dx = dy
    for (let l = L - 1; l >= 0; l--) {
      const later = dx
      dx = build([D], (j) => sum(number, [D], (i) => weights.at(l, i, j) * later.at(i)))
    }
    return { dx }
  },
)

export const gradientSkipsAlways = wrongGradient.outputs(
  'adds the gradient of the output in plain stacks too',
  ({ dx }, { inputs: { dy }, parameters: { shortcut } }) =>
    shortcut === 'identity' ? {} : { dx: plus(number, dx, dy) },
)

export const gradientFirstLayerFirst = wrongGradient.outputs(
  'multiplies the Jacobians in the order of the layers',
  (_, { inputs, parameters, right, sizes: { L } }) => {
    if (parameters.activation === 'tanh') return {}
    const weights = permuted(inputs.weights, (l, i, j) => [L - 1 - l, i, j])
    return { dx: right({ ...inputs, weights }, parameters).dx }
  },
)

export const gradientIgnoresSlope = wrongGradient.parameters(
  'leaves out the slope of tanh',
  () => ({
    activation: 'linear',
  }),
)

export const gradientForgetsTranspose = wrongGradient.outputs(
  'multiplies by the Jacobian instead of its transpose',
  (_, { inputs, parameters, right }) => {
    if (parameters.activation === 'tanh') return {}
    return { dx: right({ ...inputs, weights: transposed(inputs.weights) }, parameters).dx }
  },
)

export const pathsInOrder = wrongPaths.answer(
  'multiplies the Jacobians from left to right in the order of the layers',
  ({ inputs, right }) => {
    const { jacobian, paths } = right({ jacobians: transposed(inputs.jacobians) }, {})
    return {
      jacobian: permuted(jacobian, (i, j) => [j, i]),
      paths: transposed(paths),
    }
  },
)

export const pathsWithoutIdentity = wrongPaths.outputs(
  'leaves the identity out of the sum',
  ({ jacobian }) => ({
    jacobian: build(jacobian.shape, (i, j) => jacobian.at(i, j) - (i === j ? 1 : 0)),
  }),
)

export const pathsToFirstOrder = wrongPaths.outputs(
  'adds the identity and the single Jacobians, without their products',
  ({ jacobian, paths }, { sizes: { Paths } }) => {
    const single = (subset: number) => (subset & (subset - 1)) === 0
    return {
      jacobian: build(jacobian.shape, (i, j) =>
        sum(number, [Paths], (p) => (single(p) ? paths.at(p, i, j) : 0)),
      ),
    }
  },
)
