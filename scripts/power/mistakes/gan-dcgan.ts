import { build } from '../../../reference/arithmetic/array.ts'
import { change } from '../arrays.ts'
import { type Mistake, mistake } from '../mistake.ts'

/** Mistakes of the rules by which a DCGAN is built. */
export const dcganMistakes: readonly Mistake[] = [
  mistake(
    'gan.dcganRules',
    'range',
    'looks at the first eight layers of a generator',
    (the) => {
      if (the.sizes.GeneratorLayers <= 8) return
      const inGenerator = change(the.right.inGenerator, (v, l) => (l! >= 8 ? 0 : v))
      const lost = (r: number) =>
        the.right.inGenerator.data.reduce((n, v, at) => (at >= 40 && at % 5 === r ? n + v : n), 0)
      return { inGenerator, broken: change(the.right.broken, (v, r) => v - lost(r!)) }
    },
    { parameters: { generator: Array.from({ length: 9 }, () => layer('pooling')) } },
  ),
  mistake(
    'gan.dcganRules',
    'logic',
    'lets the only layer of a discriminator be normalized, as the last one of several',
    (the) => {
      const [only] = the.parameters.discriminator
      if (the.sizes.DiscriminatorLayers > 1 || the.right.inDiscriminator.at(0, 1) === 0) return
      return the.but({}, { discriminator: [{ ...only!, normalized: false }] })
    },
    { parameters: { discriminator: [{ ...layer('convolution'), normalized: true }] } },
  ),
  mistake(
    'gan.dcganRules',
    'special',
    'takes every slope up to 0.2 for the right one',
    (the) =>
      the.but(
        {},
        {
          discriminator: the.parameters.discriminator.map((each) =>
            each.slope < 0.2 ? { ...each, slope: 0.2 } : each,
          ),
        },
      ),
    { parameters: { discriminator: [layer('convolution'), layer('dense')] } },
  ),
  mistake(
    'gan.dcganRules',
    'term',
    'leaves out of the counts what pooling breaks in the discriminator',
    (the) => {
      const pools = the.parameters.discriminator.filter(({ kind }) => kind === 'pooling').length
      return { broken: build([5], (r) => the.right.broken.at(r) - (r === 0 ? pools : 0)) }
    },
    { parameters: { discriminator: [layer('pooling')] } },
  ),
]

function layer(kind: 'convolution' | 'dense' | 'pooling') {
  return { kind, normalized: false, activation: 'leaky-relu', slope: 0.01 } as const
}
