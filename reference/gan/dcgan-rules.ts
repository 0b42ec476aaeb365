import type { dcganRules as spec } from '../../spec/gan/dcgan-rules.ts'
import type { ParametersOf } from '../../spec/language/operation.ts'
import { build } from '../arithmetic/array.ts'
import type { Reference } from '../reference.ts'

type Layer = ParametersOf<typeof spec>['generator'][number]

/**
 * Rules of DCGAN that a generator and a discriminator break.
 *
 * Formula    inGenerator[l, r] = 1 where layer l of the generator breaks rule r, inDiscriminator likewise;
 *            broken[r] = Σ_l inGenerator[l, r] + Σ_l inDiscriminator[l, r]
 * Clauses    gan.dcgan.rules
 * Shapes     → inGenerator: [L, 5], inDiscriminator: [L', 5], broken: [5]
 * Edges      the only layer of a network is its first and its last
 * Source     Radford, Metz, Chintala (2016), section 3
 * Example    a generator of one transposed convolution with tanh, and a discriminator of one convolution that is
 *            normalized and gives a logit → broken = 0, 1, 0, 0, 0
 */
export const dcganRules: Reference<typeof spec> = ({ exact }, _, { generator, discriminator }) => {
  const [L, M] = [generator.length, discriminator.length]
  const ofGenerator = generator.map((layer, l) => brokenByGenerator(layer, l, L))
  const ofDiscriminator = discriminator.map((layer, l) => brokenByDiscriminator(layer, l, M))
  const all = [...ofGenerator, ...ofDiscriminator]
  const told = (isBroken: boolean) => exact(isBroken ? 1 : 0)
  return {
    inGenerator: build([L, 5], (l, r) => told(ofGenerator[l]![r]!)),
    inDiscriminator: build([M, 5], (l, r) => told(ofDiscriminator[l]![r]!)),
    broken: build([5], (r) => exact(all.filter((layer) => layer[r]).length)),
  }
}

const hasWeights = ({ kind }: Layer) => kind !== 'pooling' && kind !== 'unpooling'

function brokenByGenerator(layer: Layer, l: number, L: number): readonly boolean[] {
  const { kind, normalized, activation } = layer
  if (!hasWeights(layer)) return [true, false, false, false, false]
  const isFirst = l === 0
  const isLast = l === L - 1
  return [
    false,
    normalized === isLast,
    kind === 'dense' && !isFirst && !isLast,
    activation !== (isLast ? 'tanh' : 'relu'),
    false,
  ]
}

function brokenByDiscriminator(layer: Layer, l: number, L: number): readonly boolean[] {
  const { kind, normalized, activation, slope } = layer
  if (!hasWeights(layer)) return [true, false, false, false, false]
  const isFirst = l === 0
  const isLast = l === L - 1
  const leaks = activation === 'leaky-relu' && slope === 0.2
  return [
    false,
    isFirst ? normalized : !isLast && !normalized,
    kind === 'dense' && !isLast,
    false,
    isLast ? activation !== 'sigmoid' && activation !== 'none' : !leaks,
  ]
}
