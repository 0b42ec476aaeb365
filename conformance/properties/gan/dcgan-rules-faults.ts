import { dcganRules as reference } from '../../../reference/gan/dcgan-rules.ts'
import { dcganRules } from '../../../spec/gan/dcgan-rules.ts'
import { changed } from '../../kit/arrays.ts'
import { faultsOf, type Question } from '../../kit/faults.ts'

const wrong = faultsOf(dcganRules, reference)

type Networks = Question<typeof dcganRules>['parameters']
type Layer = Networks['generator'][number]
type Change = (layer: Layer, l: number, L: number) => Partial<Layer>

const altered = (layers: readonly Layer[], change: Change): Layer[] =>
  layers.map((layer, l) => ({ ...layer, ...change(layer, l, layers.length) }))

/** What is made of layers of either network before they are judged. */
const of =
  (generator: Change | null, discriminator: Change | null) =>
  (both: Networks): Partial<Networks> => ({
    ...(generator && { generator: altered(both.generator, generator) }),
    ...(discriminator && { discriminator: altered(both.discriminator, discriminator) }),
  })

export const normalizesOutput = wrong.parameters(
  'wants the output of the generator normalized, like everything else',
  of(({ normalized }, l, L) => (l === L - 1 ? { normalized: !normalized } : {}), null),
)

export const normalizesInput = wrong.parameters(
  'wants the first layer of the discriminator normalized, like everything else',
  of(null, ({ normalized }, l) => (l === 0 ? { normalized: !normalized } : {})),
)

export const normalizesLast = wrong.outputs(
  'wants the last layer of the discriminator normalized',
  ({ inDiscriminator }, { parameters: { discriminator } }) => {
    const end = discriminator.length - 1
    const misses = end > 0 && !discriminator[end]!.normalized
    return {
      inDiscriminator: changed(inDiscriminator, (v, at) => (misses && at === 5 * end + 1 ? 1 : v)),
    }
  },
)

export const overlooksPooling = wrong.parameters(
  'takes pooling for a layer that is as it should be',
  of(null, ({ kind }, l, L) =>
    kind === 'pooling'
      ? {
          kind: 'convolution',
          normalized: l > 0,
          activation: l === L - 1 ? 'none' : 'leaky-relu',
          slope: 0.2,
        }
      : {},
  ),
)

export const overlooksUnpooling = wrong.parameters(
  'takes unpooling for a transposed convolution',
  of(({ kind }) => (kind === 'unpooling' ? { kind: 'transposed' } : {}), null),
)

export const forbidsDense = wrong.outputs(
  'forbids dense layers at the ends as well',
  ({ inGenerator, inDiscriminator }, { parameters: { generator, discriminator } }) => {
    const asked = (flags: typeof inGenerator, layers: readonly Layer[]) =>
      changed(flags, (v, at) => (at % 5 === 2 && layers[(at - 2) / 5]!.kind === 'dense' ? 1 : v))
    return {
      inGenerator: asked(inGenerator, generator),
      inDiscriminator: asked(inDiscriminator, discriminator),
    }
  },
)

export const allowsDense = wrong.parameters(
  'lets hidden layers of the discriminator be dense',
  of(null, ({ kind }) => (kind === 'dense' ? { kind: 'convolution' } : {})),
)

export const anySlope = wrong.parameters(
  'takes any leak for the right one',
  of(null, () => ({ slope: 0.2 })),
)

export const rectifiesBoth = wrong.parameters(
  'takes a rectifier of the discriminator for one that leaks',
  of(null, ({ activation }) =>
    activation === 'relu' ? { activation: 'leaky-relu', slope: 0.2 } : {},
  ),
)

export const sigmoidImages = wrong.parameters(
  'wants images between 0 and 1, from a sigmoid',
  of(
    ({ activation }, l, L) =>
      l < L - 1 || (activation !== 'sigmoid' && activation !== 'tanh')
        ? {}
        : { activation: activation === 'tanh' ? 'sigmoid' : 'tanh' },
    null,
  ),
)

export const forbidsLogits = wrong.parameters(
  'wants a sigmoid at the end of the discriminator, also where a loss takes logits',
  of(null, ({ activation }, l, L) =>
    l === L - 1 && activation === 'none' ? { activation: 'tanh' } : {},
  ),
)

export const swapsNetworks = wrong.parameters(
  'takes one network for the other',
  ({ generator, discriminator }) => ({ generator: discriminator, discriminator: generator }),
)

export const tellsWhether = wrong.outputs(
  'tells whether a rule is broken, not in how many layers',
  ({ broken }) => ({ broken: changed(broken, (count) => Math.min(count, 1)) }),
)

export const countsGenerator = wrong.outputs(
  'counts broken rules of the generator alone',
  ({ inGenerator, broken }) => ({
    broken: changed(broken, (_, r) =>
      inGenerator.data.reduce((sum, v, at) => (at % 5 === r ? sum + v : sum), 0),
    ),
  }),
)
