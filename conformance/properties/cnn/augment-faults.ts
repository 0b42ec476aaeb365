import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  flip as flipReference,
  lightJitter as lightReference,
  pcaShift as pcaReference,
  augmentedSet as setReference,
} from '../../../reference/cnn/augment.ts'
import { augmentedSet, flip, lightJitter, pcaShift } from '../../../spec/cnn/augment.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongLightJitter = faultsOf(lightJitter, lightReference)
const wrongPcaShift = faultsOf(pcaShift, pcaReference)
const wrongFlip = faultsOf(flip, flipReference)
const wrongAugmentedSet = faultsOf(augmentedSet, setReference)

export const doesNotClip = wrongLightJitter.answer('does not clip', ({ inputs, parameters }) => ({
  y: changed(inputs.x, (v) => parameters.contrast * v + parameters.brightness),
}))

export const clipsAtTopOnly = wrongLightJitter.answer(
  'clips at the top only',
  ({ inputs, parameters }) => ({
    y: changed(inputs.x, (v) =>
      Math.min(parameters.top, parameters.contrast * v + parameters.brightness),
    ),
  }),
)

export const brightensFirst = wrongLightJitter.parameters(
  'adds the brightness before it multiplies: a (x + b)',
  ({ contrast, brightness }) => ({ brightness: contrast * brightness }),
)

export const wrapsAround = wrongLightJitter.answer(
  'lets values beyond the top start again at 0, as bytes do',
  ({ inputs, parameters }) => ({
    y: changed(inputs.x, (v) => {
      const lit = Math.max(0, parameters.contrast * v + parameters.brightness)
      return lit > parameters.top ? lit % parameters.top : lit
    }),
  }),
)

export const wrapsAtByte = wrongLightJitter.parameters(
  'works in bytes, whatever the top',
  ({ top }) => ({ top: Math.min(255, top) }),
)

export const transposesComponents = wrongPcaShift.inputs(
  'reads the components from the rows',
  ({ components }) => {
    const transposed = build(components.shape, (i, j) => components.at(j, i))
    return { components: transposed }
  },
)

export const forgetsEigenvalues = wrongPcaShift.inputs(
  'forgets the eigenvalues',
  ({ eigenvalues }) => ({ eigenvalues: changed(eigenvalues, () => 1) }),
)

export const sharesDraws = wrongPcaShift.inputs(
  'takes one draw for all components',
  ({ draws }) => {
    return { draws: build(draws.shape, (n) => draws.at(n, 0)) }
  },
)

export const shiftsAlike = wrongPcaShift.inputs('shifts all images as the first', ({ draws }) => {
  return { draws: build(draws.shape, (_, k) => draws.at(0, k)) }
})

export const flipsRows = wrongFlip.answer('exchanges top and bottom', ({ inputs: { x } }) => {
  const H = x.shape[1]!
  return { y: build(x.shape, (n, i, j, k) => x.at(n, H - 1 - i, j, k)) }
})

export const flipsChannels = wrongFlip.outputs('exchanges the channels as well', ({ y }) => {
  const K = y.shape[3]!
  return { y: build(y.shape, (n, i, j, k) => y.at(n, i, j, K - 1 - k)) }
})

export const shiftsColumns = wrongFlip.answer(
  'counts columns from 1, so that one goes round',
  ({ inputs: { x } }) => {
    const W = x.shape[2]!
    return { y: build(x.shape, (n, i, j, k) => x.at(n, i, (2 * W - j) % W, k)) }
  },
)

export const relabels = wrongAugmentedSet.outputs(
  'gives the copies classes of their own',
  ({ images, classes }, { inputs }) => {
    const N = inputs.labels.shape[0]!
    return { images, classes: changed(classes, (label, m) => label + Math.floor(m / N)) }
  },
)

export const interleavesLabels = wrongAugmentedSet.outputs(
  'repeats each class in place while the images go round',
  ({ images }, { inputs, parameters }) => {
    const R = parameters.jitters.length
    const classes = build([images.shape[0]!], (m) => inputs.labels.at(Math.floor(m / R)))
    return { images, classes }
  },
)

export const oneJitterForAll = wrongAugmentedSet.parameters(
  'gives every copy the first jitter',
  ({ jitters }) => {
    const [first] = jitters
    return { jitters: jitters.map(() => first!) }
  },
)

export const compounds = wrongAugmentedSet.answer(
  'jitters the copy before instead of the sample',
  ({ inputs, parameters, right }) => {
    const N = inputs.x.shape[0]!
    const all: number[] = []
    let x = inputs.x
    for (const jitter of parameters.jitters) {
      x = right({ ...inputs, x }, { ...parameters, jitters: [jitter] }).images
      all.push(...x.data)
    }
    const shape = [N * parameters.jitters.length, ...inputs.x.shape.slice(1)]
    return { images: fromData(shape, all), classes: right(inputs, parameters).classes }
  },
)
