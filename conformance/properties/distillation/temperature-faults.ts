import { build } from '../../../reference/arithmetic/array.ts'
import {
  distillationLossGradient as gradientReference,
  distillationLoss as reference,
} from '../../../reference/distillation/temperature.ts'
import {
  distillationLoss,
  distillationLossGradient,
} from '../../../spec/distillation/temperature.ts'
import { changed, scalar, zeros } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(distillationLoss, reference)
const wrongGradient = faultsOf(distillationLossGradient, gradientReference)

export const noSquare = wrong.outputs(
  'leaves the square of the temperature out',
  ({ loss }, { inputs, parameters, right }) => {
    const { share, temperature } = parameters
    const ofTeacher = right(inputs, { ...parameters, share: 1 }).loss.at()
    return { loss: changed(loss, (v) => v - share * ofTeacher * (1 - temperature ** -2)) }
  },
)

export const weighsTargets = wrong.parameters('lets the share weigh the targets', ({ share }) => ({
  share: 1 - share,
}))

export const asksTheTeacher = wrong.inputs(
  'takes the student for the teacher and the teacher for the student',
  ({ z, v }) => ({ z: v, v: z }),
)

export const teacherIsNotSoftened = wrong.inputs(
  'takes the teacher at temperature 1',
  ({ v }, { parameters: { temperature } }) => ({ v: changed(v, (score) => score * temperature) }),
)

export const softensTargets = wrong.answer(
  'takes the cross-entropy with the targets at the temperature as well',
  ({ inputs, parameters, right }) => {
    const { share, temperature } = parameters
    const heated = changed(inputs.z, (score) => score / temperature)
    const ofTeacher = right(inputs, { ...parameters, share: 1 }).loss.at()
    const ofTargets = right({ ...inputs, z: heated }, { ...parameters, share: 0 }).loss.at()
    return { loss: scalar(share * ofTeacher + (1 - share) * ofTargets) }
  },
)

export const sumsSamples = wrong.outputs(
  'takes the sum over the samples',
  ({ loss }, { sizes: { N } }) => ({ loss: changed(loss, (v) => v * N!) }),
)

export const forgetsEntropy = wrong.parameters(
  'leaves the entropy of the teacher in the divergence',
  () => ({ divergence: 'cross-entropy' }),
)

export const gradientHasSquare = wrongGradient.answer(
  'multiplies the gradient by the square of the temperature and forgets the inner derivative',
  ({ inputs, parameters, right }) => {
    const { share, temperature } = parameters
    const whole = right(inputs, parameters)
    const ofTeacher = right(inputs, { ...parameters, share: 1 }).dz
    const more = share * (temperature - 1)
    return { ...whole, dz: changed(whole.dz, (v, i) => v + more * ofTeacher.data[i]!) }
  },
)

export const teacherIsConstant = wrongGradient.outputs(
  'takes the teacher for a constant',
  ({ dv }) => ({ dv: zeros(dv.shape) }),
)

export const onTheSimplex = wrongGradient.outputs(
  'takes targets to add up to 1',
  ({ dz }, question) => {
    const { inputs, parameters, right } = question
    const [N, C] = inputs.z.shape as [number, number]
    const completed = build([N, C], (n, c) => {
      const others = Array.from({ length: C - 1 }, (_, k) => inputs.targets.at(n, k))
      const rest = 1 - others.reduce((sum, t) => sum + t, 0)
      return c === C - 1 ? rest : inputs.targets.at(n, c)
    })
    const on = right({ ...inputs, targets: completed }, parameters).dz
    const factor = (inputs.dLoss.at() * (1 - parameters.share)) / N
    return {
      dz: build(dz.shape, (n, c) => {
        const moved = completed.at(n, c) - inputs.targets.at(n, c)
        return on.at(n, c) + factor * moved
      }),
    }
  },
)

export const gradientSums = wrongGradient.inputs(
  'gives the gradient of a sum over the samples',
  ({ dLoss, z }) => ({ dLoss: changed(dLoss, (g) => g * z.shape[0]!) }),
)

export const targetsFall = wrongGradient.outputs(
  'gives the targets the gradient with the sign of the scores',
  ({ dTargets }) => ({ dTargets: changed(dTargets, (v) => -v) }),
)
