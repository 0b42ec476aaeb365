import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  operation,
  type Parameters,
  share,
  type Usual,
} from '../language/operation.ts'
import { boolean, choice, list, real, record } from '../language/parameter.ts'
import { dcgan } from './publications.ts'

/** The rules, in the order in which they are judged. */
export const rules = [
  'no pooling and no unpooling',
  'normalization',
  'no fully connected hidden layers',
  'activations of the generator',
  'activations of the discriminator',
] as const

interface Layer {
  readonly kind: 'dense' | 'convolution' | 'transposed' | 'pooling' | 'unpooling'
  readonly normalized: boolean
  readonly activation: 'none' | 'relu' | 'leaky-relu' | 'tanh' | 'sigmoid'
  readonly slope: number
}

const layers = list(
  record({
    kind: choice('dense', 'convolution', 'transposed', 'pooling', 'unpooling'),
    normalized: boolean,
    activation: choice('none', 'relu', 'leaky-relu', 'tanh', 'sigmoid'),
    slope: real({ min: 0, max: 1, from: 0, to: 0.5, values: [0.2, 0.2, 0.2, 0.01] }),
  }),
  { min: 1, max: 12 },
)

const layer = (
  kind: Layer['kind'],
  normalized: boolean,
  activation: Layer['activation'],
): Layer => ({ kind, normalized, activation, slope: activation === 'leaky-relu' ? 0.2 : 0 })

const up = layer('transposed', true, 'relu')
const down = layer('convolution', true, 'leaky-relu')

/** The networks of the publication: five layers each. */
export const published = {
  generator: [layer('dense', true, 'relu'), up, up, up, layer('transposed', false, 'tanh')],
  discriminator: [
    layer('convolution', false, 'leaky-relu'),
    down,
    down,
    down,
    layer('dense', false, 'sigmoid'),
  ],
} as const

const { generator, discriminator } = published
const usual: readonly Usual[] = [
  { parameters: published },
  {
    parameters: { generator, discriminator: discriminator.with(4, layer('dense', false, 'none')) },
  },
  {
    parameters: { generator: generator.with(2, layer('unpooling', false, 'none')), discriminator },
  },
  { parameters: { generator: generator.with(4, up), discriminator } },
  { parameters: { generator, discriminator: discriminator.with(0, down) } },
]

type Both = CaseView['parameters']
const everyLayer = ({ parameters: p }: CaseView): readonly Layer[] => [
  ...p.generator,
  ...p.discriminator,
]
const some = (holds: (layer: Layer) => boolean) => (the: CaseView) => everyLayer(the).some(holds)
const last = (layers: readonly Layer[]) => layers.at(-1)!
const hidden = ({ generator, discriminator }: Both): readonly Layer[] => [
  ...generator.slice(1, -1),
  ...discriminator.slice(0, -1),
]

/** Which rules of DCGAN a description of both networks breaks, and in which layers. */
export const dcganRules = operation({
  id: 'gan.dcganRules',
  title: 'Rules of DCGAN that a generator and a discriminator break',
  level: 'core',
  dimensions: {
    GeneratorLayers: derived(
      (_, { generator }: Parameters) => generator.length,
      'layers of the generator',
    ),
    DiscriminatorLayers: derived(
      (_, { discriminator }: Parameters) => discriminator.length,
      'layers of the discriminator',
    ),
    Rules: derived(() => rules.length, 'rules'),
  },
  inputs: {},
  parameters: { generator: layers, discriminator: layers },
  usual,
  outputs: {
    inGenerator: share(
      '1 where a layer of the generator breaks a rule',
      'GeneratorLayers',
      'Rules',
    ),
    inDiscriminator: share('1 where one of the discriminator does', 'DiscriminatorLayers', 'Rules'),
    broken: array('how many layers of both break each rule', 'Rules'),
  },
  classes: {
    'a hidden layer that is dense': ({ parameters: p }: CaseView) =>
      hidden(p).some(({ kind }) => kind === 'dense'),
    'a generator that begins with a dense layer': ({ parameters: p }: CaseView) =>
      p.generator[0].kind === 'dense',
    'a discriminator that ends in a dense layer': ({ parameters: p }: CaseView) =>
      last(p.discriminator).kind === 'dense',
    'a network of one layer': ({ parameters: p }: CaseView) =>
      p.generator.length === 1 || p.discriminator.length === 1,
    pooling: some(({ kind }) => kind === 'pooling'),
    unpooling: some(({ kind }) => kind === 'unpooling'),
    'an output of the generator that is normalized': ({ parameters: p }: CaseView) =>
      last(p.generator).normalized,
    'an input layer of the discriminator that is normalized': ({ parameters: p }: CaseView) =>
      p.discriminator[0].normalized,
    'a last layer of the discriminator that is normalized': ({ parameters: p }: CaseView) =>
      p.discriminator.length > 1 && last(p.discriminator).normalized,
    'a leaky slope of 0.2': some((l) => l.activation === 'leaky-relu' && l.slope === 0.2),
    'another leaky slope': some((l) => l.activation === 'leaky-relu' && l.slope !== 0.2),
    'a discriminator that ends in a logit': ({ parameters: p }: CaseView) =>
      last(p.discriminator).activation === 'none',
  },
})

export const architecture = clause({
  id: 'gan.dcgan.rules',
  title: 'Five rules tell whether two networks are built as those of DCGAN',
  kind: 'decision',
  operations: [dcganRules],
  statement:
    'First: nothing is pooled, and nothing enlarged by repeating pixels; convolutions with strides make images smaller, and transposed ones larger. Second: every layer with weights is normalized over the batch, but not the last one of the generator, and not the first one of the discriminator, which must not be. Third: no hidden layer is fully connected; the projection of the noise, which is reshaped into an image, and the last layer of a network are no hidden ones. Fourth: a layer of the generator is rectified, and the last one goes through the hyperbolic tangent, so that images are between −1 and 1. Fifth: a layer of the discriminator is rectified with a slope of 0.2 below 0, and the last one is a sigmoid, or the logit that a loss takes. What breaks a rule is told layer by layer and rule by rule; the rules are of practice, and keeping them proves nothing of what comes out.',
  formula: String.raw`\begin{array}{l|ll} & G,\ l = 1, \dots, L & D,\ l = 1, \dots, L' \\ \hline 1 & \text{kind} \notin \{\text{pooling}, \text{unpooling}\} & \text{the same} \\ 2 & \text{normalized} \Leftrightarrow l < L & \text{not for } l = 1,\ \text{normalized for } 1 < l < L' \\ 3 & \text{dense} \Rightarrow l \in \{1, L\} & \text{dense} \Rightarrow l = L' \\ 4 & \mathrm{relu}\ (l < L),\ \tanh\ (l = L) & \\ 5 & & \max(x, 0.2\,x)\ (l < L'),\ \sigma \text{ or none } (l = L') \end{array}`,
  domain: 'Lists of 1 to 12 layers for each network.',
  conventions: [
    {
      choice:
        'Whether the last layer of a discriminator is normalized is free where it is not the first one, too.',
      others:
        'The publication names the first layer alone as an exception; its code has none at the last one either, and nothing follows from a single unit.',
    },
    {
      choice: 'A slope of 0.2 is the number nearest to it in double precision, and no other one.',
      others: 'PyTorch’s LeakyReLU has 0.01 unless it is told otherwise, Keras’ has 0.3.',
    },
    {
      choice:
        'First and last are those of the list. Pooling and unpooling have no weights, and are judged by the first rule alone.',
      others: 'Some code counts a layer as many as it calls: convolution, normalization, function.',
    },
    {
      choice: 'A last layer of the discriminator that gives logits keeps the fifth rule.',
      others:
        'The publication has a sigmoid there; losses that take logits have it within themselves.',
    },
  ],
  source: {
    notes: [
      [694, 694],
      [696, 696],
    ],
    publications: [{ ...dcgan, where: 'section 3, and section 4 on the slope' }],
  },
  errata: [],
})
