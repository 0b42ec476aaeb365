import { quantizedLayer as reference } from '../../../reference/quantization/applies-to.ts'
import { quantizedLayer } from '../../../spec/quantization/applies-to.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

const wrong = faultsOf(quantizedLayer, reference)

type Asked = Question<typeof quantizedLayer>

/** What the layer gives if another array than the one that was asked for is quantized. */
const asIf = ({ inputs, parameters, right }: Asked, of: 'weights' | 'activations' | 'gradients') =>
  right(inputs, { ...parameters, of })

export const alwaysWeights = wrong.parameters('quantizes the weights, whatever is asked', () => ({
  of: 'weights',
}))

export const forgetsGradients = wrong.outputs('leaves gradients as they are', (right, question) => {
  if (question.parameters.of !== 'gradients') return {}
  const fine = question.right(
    { ...question.inputs, scale: changed(question.inputs.scale, (s) => s / 1024) },
    { ...question.parameters, bits: 16 },
  )
  return { ...right, dx: fine.dx, dWeights: fine.dWeights }
})

export const forwardsOnly = wrong.outputs(
  'multiplies by the weights as they were on the way back',
  (_, question) => ({ dx: asIf(question, 'activations').dx }),
)

export const backwardsToo = wrong.outputs(
  'takes activations as they were for the derivative by the weights',
  (_, question) => ({ dWeights: asIf(question, 'weights').dWeights }),
)

export const stopsBack = wrong.outputs(
  'lets no derivative through, as that of a step function is 0',
  (right, { parameters: { of } }) => ({
    ...(of === 'weights' && { dWeights: changed(right.dWeights, () => 0) }),
    ...(of === 'activations' && { dx: changed(right.dx, () => 0) }),
  }),
)

export const stopsCutOff = wrong.outputs(
  'lets no derivative through where it cuts off',
  (right, { inputs, parameters: { of, bits } }) => {
    const most = (2 ** (bits - 1) - 1) * inputs.scale.at()
    const isOut = (value: number) => Math.abs(value) > most
    return {
      ...(of === 'weights' && {
        dWeights: changed(right.dWeights, (d, at) => (isOut(inputs.weights.data[at]!) ? 0 : d)),
      }),
      ...(of === 'activations' && {
        dx: changed(right.dx, (d, at) => (isOut(inputs.x.data[at]!) ? 0 : d)),
      }),
    }
  },
)

export const oneBitLess = wrong.parameters('has one bit less', ({ bits }) => ({
  bits: Math.max(2, bits - 1),
}))

export const forgetsScale = wrong.outputs(
  'does not multiply codes by the scale',
  (right, { inputs: { scale }, parameters: { of } }) => ({
    ...(of !== 'gradients' && { y: changed(right.y, (v) => v / scale.at()) }),
  }),
)

export const roundsOutput = wrong.outputs(
  'quantizes what the layer gives',
  (right, { inputs: { scale } }) => ({
    y: changed(right.y, (v) => scale.at() * Math.round(v / scale.at())),
  }),
)
