import { flip } from '../../../spec/cnn/augment.ts'
import { toBits } from '../arithmetics.ts'
import { change, reread } from '../arrays.ts'
import { careless, type Mistake, mistake, rightly } from '../mistake.ts'

/** Mistakes of what makes more images of given ones. */
export const augmentationMistakes: readonly Mistake[] = [
  mistake(
    'cnn.lightJitter',
    'range',
    'takes a top of 255 for 256',
    (the) => {
      if (the.parameters.top === 255) return the.but({}, { top: 256 })
    },
    { parameters: { top: 255, contrast: 300 } },
  ),
  mistake(
    'cnn.lightJitter',
    'range',
    'a contrast of 0 leaves the image as it is',
    (the) => {
      if (the.parameters.contrast === 0) return the.but({}, { contrast: 1 })
    },
    { parameters: { contrast: 0 } },
  ),
  mistake(
    'cnn.lightJitter',
    'special',
    'values at exactly the top count as beyond it and start again',
    (the) => {
      const { top } = the.parameters
      return {
        y: change(the.right.y, (v, ...at) =>
          the.inputs.x.at(...at) * the.parameters.contrast + the.parameters.brightness === top
            ? 0
            : v,
        ),
      }
    },
    { parameters: { contrast: 1, brightness: 0, top: 1 }, elements: { x: () => 1 } },
  ),
  mistake(
    'cnn.pcaShift',
    'size',
    'knows three channels, the fourth and later stay as they are',
    (the) => ({
      y: change(the.right.y, (v, ...at) => (at[3] >= 3 ? the.inputs.x.at(...at) : v)),
    }),
    { sizes: { K: 4 } },
  ),
  mistake('cnn.pcaShift', 'numeric', 'keeps the components in 8 bits', (the) =>
    the.but({ components: change(the.inputs.components, toBits(8)) }),
  ),
  mistake(
    'cnn.flip',
    'size',
    'turns rows round in blocks of 8 columns',
    (the) => {
      const { W } = the.sizes
      if (W > 8)
        return {
          y: reread(the.inputs.x, 2, (j) => Math.min(W - 1, Math.floor(j / 8) * 8 + 7 - (j % 8))),
        }
    },
    { sizes: { W: 9 } },
  ),
  careless(
    'cnn.flip',
    'state',
    'turns the given image round in place',
    () => {
      const right = rightly(flip)
      return async (inputs, parameters) => {
        const { y } = await right(inputs, parameters)
        inputs.x.data.set(y.data)
        return { y }
      }
    },
    { sizes: { W: 2 } },
  ),
  mistake(
    'cnn.augmentedSet',
    'size',
    'from the third jitter on, does not turn images round',
    (the) => {
      const { jitters } = the.parameters
      return the.but(
        {},
        { jitters: jitters.map((jitter, r) => (r < 2 ? jitter : { ...jitter, flip: false })) },
      )
    },
  ),
  mistake(
    'cnn.augmentedSet',
    'numeric',
    'keeps classes in a byte',
    (the) => ({
      classes: change(the.right.classes, (c) => c % 256),
    }),
    { elements: { labels: (c) => Math.floor(c) + 256 } },
  ),
  mistake(
    'cnn.lightJitter',
    'numeric',
    'works in steps of 1/255, as images of bytes do',
    (the) => ({
      y: change(the.right.y, (v) => Math.round(v * 255) / 255),
    }),
  ),
]
