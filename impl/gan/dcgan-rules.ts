import type { dcganRules as spec } from '../../spec/gan/dcgan-rules.ts'
import type { ParametersOf } from '../../spec/language/operation.ts'
import { counts, countsInRows } from '../layers/counts.ts'
import type { Fast } from '../operation.ts'

type Layer = ParametersOf<typeof spec>['generator'][number]
type Place = 'first' | 'between' | 'last' | 'only'

/** What a network asks of its layers: whether they are normalized, may be dense, and what follows them. */
interface Demands {
  readonly normalized: Readonly<Record<Place, boolean | undefined>>
  readonly dense: readonly Place[]
  readonly between: (layer: Layer) => boolean
  readonly end: (layer: Layer) => boolean
  /** Which rule is about its activations. */
  readonly activations: 3 | 4
}

const ofGenerator: Demands = {
  normalized: { first: true, between: true, last: false, only: false },
  dense: ['first', 'last', 'only'],
  between: (layer) => layer.activation === 'relu',
  end: (layer) => layer.activation === 'tanh',
  activations: 3,
}

const ofDiscriminator: Demands = {
  normalized: { first: false, between: true, last: undefined, only: false },
  dense: ['last', 'only'],
  between: (layer) => layer.activation === 'leaky-relu' && layer.slope === 0.2,
  end: (layer) => ['none', 'sigmoid'].includes(layer.activation),
  activations: 4,
}

/** A row of zeros and ones for each layer. */
function judged(layers: readonly Layer[], demands: Demands): number[][] {
  const end = layers.length - 1
  return layers.map((layer, at) => {
    const row = [0, 0, 0, 0, 0]
    if (layer.kind.endsWith('pooling')) return row.with(0, 1)
    const isEnd = at === end
    const place: Place = end === 0 ? 'only' : at === 0 ? 'first' : isEnd ? 'last' : 'between'
    const wanted = demands.normalized[place] ?? layer.normalized
    row[1] = Number(layer.normalized !== wanted)
    row[2] = Number(layer.kind === 'dense' && !demands.dense.includes(place))
    const keeps = isEnd ? demands.end : demands.between
    row[demands.activations] = Number(!keeps(layer))
    return row
  })
}

/**
 * Rules of DCGAN that a generator and a discriminator break.
 *
 * Clauses    gan.dcgan.rules
 * By         a table of what each network asks of a layer in its place
 */
export const dcganRules: Fast<typeof spec> = (_, { generator, discriminator }) => {
  const inGenerator = judged(generator, ofGenerator)
  const inDiscriminator = judged(discriminator, ofDiscriminator)
  const broken = [...inGenerator, ...inDiscriminator].reduce(
    (sums, row) => sums.map((sum, rule) => sum + row[rule]!),
    [0, 0, 0, 0, 0],
  )
  return {
    inGenerator: countsInRows(inGenerator),
    inDiscriminator: countsInRows(inDiscriminator),
    broken: counts(broken),
  }
}
