import { build } from '../../../reference/arithmetic/array.ts'
import { pushforward as reference } from '../../../reference/gan/pushforward.ts'
import { pushforward } from '../../../spec/gan/pushforward.ts'
import { changed, filled } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrong = faultsOf(pushforward, reference)

export const keepsLastWeight = wrong.outputs(
  'keeps the weight of the last noise that is put at a point, instead of adding up',
  ({ generated }, { inputs: { noise, images } }) => ({
    generated: build(generated.shape, (n) => {
      const last = images.data.lastIndexOf(n)
      return last < 0 ? 0 : noise.at(last)
    }),
  }),
)
export const countsNoise = wrong.outputs(
  'counts the noise that is put at a point, whatever it weighs',
  ({ generated }, { inputs: { images } }) => ({
    generated: build(generated.shape, (n) => images.data.filter((at) => at === n).length),
  }),
)
export const divides = wrong.outputs('gives shares', ({ generated }, { inputs: { noise } }) => ({
  generated: changed(generated, (w) => w / noise.data.reduce((sum, v) => sum + v, 0)),
}))
export const pointsAlike = wrong.outputs(
  'takes the mean over the points that are generated, each once',
  (_, { inputs: { images, ...inputs }, parameters, right }) => {
    const first = changed(images, (n, z) => (images.data.indexOf(n) === z ? 1 : 0))
    return { overPoints: right({ ...inputs, images, noise: first }, parameters).overPoints }
  },
)
export const noiseAlike = wrong.outputs(
  'takes the mean over the noise without its weights',
  (_, { inputs, parameters, right }) => ({
    overNoise: right({ ...inputs, noise: filled(inputs.noise.shape, 1) }, parameters).overNoise,
  }),
)
export const ofReal = wrong.outputs(
  'takes the expectation of ln D',
  (_, { inputs, parameters, right }) => ({
    overNoise: right({ ...inputs, logits: changed(inputs.logits, (a) => -a) }, parameters)
      .overNoise,
  }),
)
export const undivided = wrong.outputs(
  'does not divide by the weights',
  ({ overNoise, overPoints }, { inputs: { noise } }) => {
    const all = noise.data.reduce((sum, v) => sum + v, 0)
    return {
      overNoise: changed(overNoise, (v) => v * all),
      overPoints: changed(overPoints, (v) => v * all),
    }
  },
)
export const fromOne = wrong.outputs('takes the point 0 for padding', ({ generated }) => ({
  generated: changed(generated, (w, n) => (n === 0 ? 0 : w)),
}))
