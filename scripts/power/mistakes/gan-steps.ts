import { half, inOrder, summing } from '../arithmetics.ts'
import { change, ofCallBefore, remains, whole } from '../arrays.ts'
import { lasting, type Mistake, mistake } from '../mistake.ts'

/** Mistakes of generators and discriminators, and of the steps that train them. */
export const ganStepMistakes: readonly Mistake[] = [
  mistake(
    'gan.generate',
    'size',
    'leaves noise behind the last whole eight units out',
    (the) => {
      const { Z } = the.sizes
      if (!remains(Z, 8)) return
      return the.but({ noise: change(the.inputs.noise, (v, _, j) => (j < whole(Z, 8) ? v : 0)) })
    },
    { sizes: { M: 2, Z: 11, Hg: 3, X: 2 } },
  ),
  mistake(
    'gan.generate',
    'shape',
    'reads the weights of the output by columns where they are square',
    (the) => {
      const V = the.inputs.generatorOutput
      if (the.sizes.Hg !== the.sizes.X) return
      return the.but({ generatorOutput: change(V, (_, i, j) => V.at(j, i)) })
    },
    { sizes: { Hg: 3, X: 3 } },
  ),
  mistake('gan.generate', 'numeric', 'adds up in half precision', (the) =>
    the.in(summing(inOrder(half))),
  ),
  mistake('gan.generate', 'range', 'clips samples to ±1, as images are', (the) => ({
    x: change(the.right.x, (v) => Math.max(-1, Math.min(1, v))),
  })),
  lasting('gan.generate', 'state', 'gives samples of the noise of the call before', () => {
    const before = ofCallBefore()
    return (the) => the.but({ noise: before(the.inputs.noise) })
  }),
]
