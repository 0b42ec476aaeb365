import { build, fromData } from '../../../reference/arithmetic/array.ts'
import { number } from '../../../reference/arithmetic/number.ts'
import { plus } from '../../../reference/layers/addition.ts'
import {
  stackGradient as gradientReference,
  jacobianPaths as pathsReference,
  stack as reference,
} from '../../../reference/resnet/stack.ts'
import { jacobianPaths, stack, stackGradient } from '../../../spec/resnet/stack.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongStack = faultsOf(stack, reference)
const wrongStackGradient = faultsOf(stackGradient, gradientReference)
const wrongJacobianPaths = faultsOf(jacobianPaths, pathsReference)

export const forgetsShortcuts = wrongStack.parameters('forgets the shortcuts', () => ({
  shortcut: 'none',
}))

export const skipsAlways = wrongStack.parameters('adds shortcuts to plain layers too', () => ({
  shortcut: 'identity',
}))

export const transposesWeights = wrongStack.inputs(
  'multiplies by the transposed weights',
  ({ weights }) => {
    const turned = build(weights.shape, (l, i, j) => weights.at(l, j, i))
    return { weights: turned }
  },
)

export const forgetsBiases = wrongStack.inputs('forgets the biases', ({ biases }) => ({
  biases: changed(biases, () => 0),
}))

export const rectifiesSums = wrongStack.answer(
  'applies the activation to the sum instead of the branch',
  ({ inputs, parameters, right }) => {
    if (parameters.activation === 'linear' || parameters.shortcut === 'none') {
      return right(inputs, parameters)
    }
    const { x, weights, biases } = inputs
    const [L, D] = biases.shape as [number, number]
    const states = [x]
    for (let l = 0; l < L; l++) {
      const state = states[l]!
      states.push(
        build([D], (i) => {
          let response = biases.at(l, i) + state.at(i)
          for (let j = 0; j < D; j++) response += weights.at(l, i, j) * state.at(j)
          return Math.tanh(response)
        }),
      )
    }
    const answer = right(inputs, parameters)
    const all = fromData(
      answer.states.shape,
      states.flatMap(({ data }) => data),
    )
    return { ...answer, y: states.at(-1)!, states: all }
  },
)

export const shortcutFromStart = wrongStack.answer(
  'adds the input of the stack to the last layer only',
  ({ inputs, parameters, right }) => {
    if (parameters.shortcut === 'none') return right(inputs, parameters)
    const plain = right(inputs, { ...parameters, shortcut: 'none' })
    return { ...plain, y: plus(number, inputs.x, plain.y) }
  },
)

export const gradientUnchanged = wrongStackGradient.answer(
  'E-15 read literally: the gradient arrives unchanged',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    return parameters.shortcut === 'identity' ? { ...answer, dx: inputs.dy } : answer
  },
)

export const gradientForgetsShortcuts = wrongStackGradient.answer(
  'sends nothing back through the shortcuts',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    if (parameters.shortcut === 'none') return answer
    // The branches as they are, but each gradient is that of its branch alone.
    const { weights, dy } = inputs
    const [L, D] = inputs.biases.shape as [number, number]
    let g = dy
    for (let l = L - 1; l >= 0; l--) {
      const later = g
      g = build([D], (j) => {
        let back = 0
        for (let i = 0; i < D; i++) back += weights.at(l, i, j) * later.at(i)
        return back
      })
    }
    return { ...answer, dx: g }
  },
)

export const gradientSkipsAlways = wrongStackGradient.answer(
  'adds the gradient of the output in plain stacks too',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    if (parameters.shortcut === 'identity') return answer
    return { ...answer, dx: plus(number, answer.dx, inputs.dy) }
  },
)

export const gradientFirstLayerFirst = wrongStackGradient.answer(
  'multiplies the Jacobians in the order of the layers',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    const { weights } = inputs
    const L = weights.shape[0]!
    const reversed = build(weights.shape, (l, i, j) => weights.at(L - 1 - l, i, j))
    const other = right({ ...inputs, weights: reversed }, { ...parameters, activation: 'linear' })
    return parameters.activation === 'linear' ? { ...answer, dx: other.dx } : answer
  },
)

export const gradientIgnoresSlope = wrongStackGradient.parameters(
  'leaves out the slope of tanh',
  () => ({ activation: 'linear' }),
)

export const gradientForgetsTranspose = wrongStackGradient.answer(
  'multiplies by the Jacobian instead of its transpose',
  ({ inputs, parameters, right }) => {
    const answer = right(inputs, parameters)
    if (parameters.activation === 'tanh') return answer
    const { weights } = inputs
    const turned = build(weights.shape, (l, i, j) => weights.at(l, j, i))
    return { ...answer, dx: right({ ...inputs, weights: turned }, parameters).dx }
  },
)

export const pathsInOrder = wrongJacobianPaths.answer(
  'multiplies the Jacobians from left to right in the order of the layers',
  ({ inputs, parameters, right }) => {
    const { jacobians } = inputs
    const turned = build(jacobians.shape, (l, i, j) => jacobians.at(l, j, i))
    const { jacobian, paths } = right({ jacobians: turned }, parameters)
    return {
      jacobian: build(jacobian.shape, (i, j) => jacobian.at(j, i)),
      paths: build(paths.shape, (p, i, j) => paths.at(p, j, i)),
    }
  },
)

export const pathsWithoutIdentity = wrongJacobianPaths.outputs(
  'leaves the identity out of the sum',
  ({ jacobian, paths }) => {
    return {
      paths,
      jacobian: build(jacobian.shape, (i, j) => jacobian.at(i, j) - (i === j ? 1 : 0)),
    }
  },
)

export const pathsToFirstOrder = wrongJacobianPaths.outputs(
  'adds the identity and the single Jacobians, without their products',
  ({ jacobian, paths }) => {
    const single = (subset: number) => (subset & (subset - 1)) === 0
    return {
      paths,
      jacobian: build(jacobian.shape, (i, j) => {
        let sum = 0
        for (let p = 0; p < paths.shape[0]!; p++) if (single(p)) sum += paths.at(p, i, j)
        return sum
      }),
    }
  },
)
