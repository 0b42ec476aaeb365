import { build, fromData } from '../../../reference/arithmetic/array.ts'
import {
  flip as flipReference,
  lightJitter as lightReference,
  pcaShift as pcaReference,
  augmentedSet as setReference,
} from '../../../reference/cnn/augment.ts'
import { augmentedSet, flip, lightJitter, pcaShift } from '../../../spec/cnn/augment.ts'
import { fault, mapArray } from '../../kit/fault.ts'

export const doesNotClip = fault(
  lightJitter,
  lightReference,
  'does not clip',
  ({ inputs, parameters }) => ({
    y: mapArray(inputs.x, (v) => parameters.contrast * v + parameters.brightness),
  }),
)

export const clipsAtTopOnly = fault(
  lightJitter,
  lightReference,
  'clips at the top only',
  ({ inputs, parameters }) => ({
    y: mapArray(inputs.x, (v) =>
      Math.min(parameters.top, parameters.contrast * v + parameters.brightness),
    ),
  }),
)

export const brightensFirst = fault(
  lightJitter,
  lightReference,
  'adds the brightness before it multiplies: a (x + b)',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, brightness: parameters.contrast * parameters.brightness }),
)

export const wrapsAround = fault(
  lightJitter,
  lightReference,
  'lets values beyond the top start again at 0, as bytes do',
  ({ inputs, parameters }) => ({
    y: mapArray(inputs.x, (v) => {
      const lit = Math.max(0, parameters.contrast * v + parameters.brightness)
      return lit > parameters.top ? lit % parameters.top : lit
    }),
  }),
)

export const wrapsAtByte = fault(
  lightJitter,
  lightReference,
  'works in bytes, whatever the top',
  ({ inputs, parameters, right }) =>
    right(inputs, { ...parameters, top: Math.min(255, parameters.top) }),
)

export const transposesComponents = fault(
  pcaShift,
  pcaReference,
  'reads the components from the rows',
  ({ inputs, parameters, right }) => {
    const { components } = inputs
    const transposed = build(components.shape, (i, j) => components.at(j, i))
    return right({ ...inputs, components: transposed }, parameters)
  },
)

export const forgetsEigenvalues = fault(
  pcaShift,
  pcaReference,
  'forgets the eigenvalues',
  ({ inputs, parameters, right }) =>
    right({ ...inputs, eigenvalues: mapArray(inputs.eigenvalues, () => 1) }, parameters),
)

export const sharesDraws = fault(
  pcaShift,
  pcaReference,
  'takes one draw for all components',
  ({ inputs, parameters, right }) => {
    const { draws } = inputs
    return right({ ...inputs, draws: build(draws.shape, (n) => draws.at(n, 0)) }, parameters)
  },
)

export const shiftsAlike = fault(
  pcaShift,
  pcaReference,
  'shifts all images as the first',
  ({ inputs, parameters, right }) => {
    const { draws } = inputs
    return right({ ...inputs, draws: build(draws.shape, (_, k) => draws.at(0, k)) }, parameters)
  },
)

export const flipsRows = fault(
  flip,
  flipReference,
  'exchanges top and bottom',
  ({ inputs: { x } }) => {
    const H = x.shape[1]!
    return { y: build(x.shape, (n, i, j, k) => x.at(n, H - 1 - i, j, k)) }
  },
)

export const flipsChannels = fault(
  flip,
  flipReference,
  'exchanges the channels as well',
  ({ inputs, parameters, right }) => {
    const { y } = right(inputs, parameters)
    const K = y.shape[3]!
    return { y: build(y.shape, (n, i, j, k) => y.at(n, i, j, K - 1 - k)) }
  },
)

export const shiftsColumns = fault(
  flip,
  flipReference,
  'counts columns from 1, so that one goes round',
  ({ inputs: { x } }) => {
    const W = x.shape[2]!
    return { y: build(x.shape, (n, i, j, k) => x.at(n, i, (2 * W - j) % W, k)) }
  },
)

export const relabels = fault(
  augmentedSet,
  setReference,
  'gives the copies classes of their own',
  ({ inputs, parameters, right }) => {
    const { images, classes } = right(inputs, parameters)
    const N = inputs.labels.shape[0]!
    return { images, classes: mapArray(classes, (label, m) => label + Math.floor(m / N)) }
  },
)

export const interleavesLabels = fault(
  augmentedSet,
  setReference,
  'repeats each class in place while the images go round',
  ({ inputs, parameters, right }) => {
    const { images } = right(inputs, parameters)
    const R = parameters.jitters.length
    const classes = build([images.shape[0]!], (m) => inputs.labels.at(Math.floor(m / R)))
    return { images, classes }
  },
)

export const oneJitterForAll = fault(
  augmentedSet,
  setReference,
  'gives every copy the first jitter',
  ({ inputs, parameters, right }) => {
    const [first] = parameters.jitters
    return right(inputs, { ...parameters, jitters: parameters.jitters.map(() => first!) })
  },
)

export const compounds = fault(
  augmentedSet,
  setReference,
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
