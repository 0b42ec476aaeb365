import {
  flip as flipReference,
  lightJitter as lightReference,
  pcaShift as pcaReference,
  augmentedSet as setReference,
} from '../../../reference/cnn/augment.ts'
import { augmentedSet, flip, lightJitter, pcaShift } from '../../../spec/cnn/augment.ts'
import { changed, filled, joined, permuted } from '../../kit/arrays.ts'
import { faultsOf } from '../../kit/faults.ts'

const wrongLight = faultsOf(lightJitter, lightReference)
const wrongShift = faultsOf(pcaShift, pcaReference)
const wrongFlip = faultsOf(flip, flipReference)
const wrongSet = faultsOf(augmentedSet, setReference)

export const doesNotClip = wrongLight.answer(
  'does not clip',
  ({ inputs: { x }, parameters: { contrast, brightness } }) => ({
    y: changed(x, (v) => contrast * v + brightness),
  }),
)

export const clipsAtTopOnly = wrongLight.answer(
  'clips at the top only',
  ({ inputs: { x }, parameters: { contrast, brightness, top } }) => ({
    y: changed(x, (v) => Math.min(top, contrast * v + brightness)),
  }),
)

export const brightensFirst = wrongLight.parameters(
  'adds the brightness before it multiplies: a (x + b)',
  ({ contrast, brightness }) => ({ brightness: contrast * brightness }),
)

export const wrapsAround = wrongLight.answer(
  'lets values beyond the top start again at 0, as bytes do',
  ({ inputs: { x }, parameters: { contrast, brightness, top } }) => ({
    y: changed(x, (v) => {
      const lit = Math.max(0, contrast * v + brightness)
      return lit > top ? lit % top : lit
    }),
  }),
)

export const wrapsAtByte = wrongLight.parameters('works in bytes, whatever the top', ({ top }) => ({
  top: Math.min(255, top),
}))

export const transposesComponents = wrongShift.inputs(
  'reads the components from the rows',
  ({ components }) => ({ components: permuted(components, (i, j) => [j, i]) }),
)

export const forgetsEigenvalues = wrongShift.inputs(
  'forgets the eigenvalues',
  ({ eigenvalues }) => ({ eigenvalues: filled(eigenvalues.shape, 1) }),
)

export const sharesDraws = wrongShift.inputs('takes one draw for all components', ({ draws }) => ({
  draws: permuted(draws, (n) => [n, 0]),
}))

export const shiftsAlike = wrongShift.inputs('shifts all images as the first', ({ draws }) => ({
  draws: permuted(draws, (_, k) => [0, k]),
}))

export const flipsRows = wrongFlip.answer(
  'exchanges top and bottom',
  ({ inputs: { x }, sizes: { H } }) => ({ y: permuted(x, (n, i, j, k) => [n, H - 1 - i, j, k]) }),
)

export const flipsChannels = wrongFlip.outputs(
  'exchanges the channels as well',
  ({ y }, { sizes: { K } }) => ({ y: permuted(y, (n, i, j, k) => [n, i, j, K - 1 - k]) }),
)

export const shiftsColumns = wrongFlip.answer(
  'counts columns from 1, so that one goes round',
  ({ inputs: { x }, sizes: { W } }) => ({
    y: permuted(x, (n, i, j, k) => [n, i, (2 * W - j) % W, k]),
  }),
)

export const relabels = wrongSet.outputs(
  'gives the copies classes of their own',
  ({ classes }, { sizes: { N } }) => ({
    classes: changed(classes, (label, m) => label + Math.floor(m / N)),
  }),
)

export const interleavesLabels = wrongSet.outputs(
  'repeats each class in place while the images go round',
  ({ classes }, { inputs: { labels }, parameters: { jitters } }) => ({
    classes: changed(classes, (_, m) => labels.at(Math.floor(m / jitters.length))),
  }),
)

export const oneJitterForAll = wrongSet.parameters(
  'gives every copy the first jitter',
  ({ jitters }) => ({ jitters: jitters.map(() => jitters[0]) }),
)

export const compounds = wrongSet.outputs(
  'jitters the copy before instead of the sample',
  (_, { inputs, parameters, right }) => {
    const copies = [inputs.x]
    for (const jitter of parameters.jitters) {
      const x = copies.at(-1)!
      copies.push(right({ ...inputs, x }, { ...parameters, jitters: [jitter] }).images)
    }
    return { images: joined(0, ...copies.slice(1)) }
  },
)
