import { clause } from '../language/clause.ts'
import { array, type CaseView, derived, operation, type Parameters } from '../language/operation.ts'
import { choice, integer } from '../language/parameter.ts'
import { transferNotes, yosinski } from './publications.ts'

const size = choice('small', 'large')

/** What to do with a trained network for a new data set. */
export const strategy = operation({
  id: 'transfer.strategy',
  title: 'Strategies of transfer for a new data set',
  level: 'core',
  dimensions: {
    Strategies: derived(
      () => 4,
      'linear classifier on higher features, on lower features, fine-tuning, training from scratch',
    ),
  },
  inputs: {},
  parameters: { size, similarity: choice('similar', 'different') },
  outputs: { suitable: array('1 for each strategy that suits, else 0', 'Strategies') },
  classes: {
    'small and similar': ({ parameters: p }: CaseView) =>
      p.size === 'small' && p.similarity === 'similar',
    'large and similar': ({ parameters: p }: CaseView) =>
      p.size === 'large' && p.similarity === 'similar',
    'small and different': ({ parameters: p }: CaseView) =>
      p.size === 'small' && p.similarity === 'different',
    'large and different': ({ parameters: p }: CaseView) =>
      p.size === 'large' && p.similarity === 'different',
  },
})

const withinLevels = {
  says: 'a similarity that is not above the highest level',
  argument: 'similarity',
  holds: (_: unknown, { similarity, levels }: Parameters) => similarity <= levels,
  repair: (parameters: Parameters) => ({
    ...parameters,
    similarity: Math.min(parameters.similarity, parameters.levels),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, similarity: parameters.levels + 1 }),
}

/** From which layer to take features, when they are to be taken at all. */
export const extractionLayer = operation({
  id: 'transfer.extractionLayer',
  title: 'Layer from which features are taken',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    size,
    similarity: integer({ min: 0, upTo: 6 }),
    levels: integer({ min: 1, upTo: 6 }),
    layers: integer({ min: 1, upTo: 12 }),
  },
  constraints: [withinLevels],
  usual: [{ parameters: { levels: 4, layers: 16 } }, { parameters: { levels: 5, layers: 5 } }],
  outputs: { layer: array('the layer, the lowest one counting as 1; 0 for none') },
  classes: {
    'small data set': ({ parameters: p }: CaseView) => p.size === 'small',
    'large data set': ({ parameters: p }: CaseView) => p.size === 'large',
    'least similar': ({ parameters: p }: CaseView) => p.similarity === 0,
    'most similar': ({ parameters: p }: CaseView) => p.similarity === p.levels,
    'in between': ({ parameters: p }: CaseView) => p.similarity > 0 && p.similarity < p.levels,
    'one layer': ({ parameters: p }: CaseView) => p.layers === 1,
  },
})

const rules = { ...transferNotes, where: 'When and how to fine-tune?' } as const

export const table = clause({
  id: 'transfer.decision.table',
  title: 'Size and similarity of the new data set decide how to transfer',
  kind: 'decision',
  operations: [strategy],
  statement:
    'For every combination there is an answer. Small and similar: a linear classifier on features of a higher layer. Small and different: a linear classifier on features of a lower layer. Large and similar: fine-tuning, which starts warm. Large and different: training from scratch or fine-tuning; only here is training from scratch a first choice.',
  formula: String.raw`\begin{array}{l|cc} & \text{similar} & \text{different} \\ \hline \text{small} & \{\text{higher features}\} & \{\text{lower features}\} \\ \text{large} & \{\text{fine-tune}\} & \{\text{fine-tune}, \text{from scratch}\} \end{array}`,
  domain: 'Two sizes and two similarities; anything else is rejected.',
  conventions: [
    {
      choice: 'First choices only.',
      others:
        'Training from scratch is possible on any large data set, and comes second where the new one is similar.',
    },
  ],
  source: {
    notes: [[144, 147]],
    publications: [rules],
  },
  errata: [
    {
      id: 'E-59',
      lines: [147, 147],
      says: 'On a large and very different data set the weights of another task are no better start, after fine-tuning was named as a choice.',
      counterexample:
        'Large and different: without an advantage of a warm start, only training from scratch would be left; fine-tuning suits as well.',
      correction:
        'Both suit: with enough data one can train from scratch, and in practice starting from trained weights still often helps.',
      settledBy: rules,
    },
  ],
})

export const smallRule = clause({
  id: 'transfer.decision.small-rule',
  title: 'Small data sets get features, from a higher layer the more similar they are',
  kind: 'decision',
  operations: [extractionLayer, strategy],
  statement:
    'On a small data set the network always serves as a feature extractor. The layer rises with similarity: features of the lowest layer when nothing is alike, of the highest when the tasks are alike. Similarity is given as a level from 0 to $S$, and the layer rises in proportion, rounded down. Large data sets get no features.',
  formula: String.raw`\ell(s) = 1 + \Bigl\lfloor \frac{s (L - 1)}{S} \Bigr\rfloor,\qquad s \le s' \Rightarrow \ell(s) \le \ell(s'),\qquad \ell(0) = 1,\; \ell(S) = L`,
  domain: 'Any number of layers and levels.',
  conventions: [
    {
      choice: 'The layer rises in proportion to the level, rounded down.',
      others:
        'In practice it is chosen by validation; any rule that never falls agrees with the notes.',
    },
  ],
  source: {
    notes: [[149, 149]],
    publications: [rules, { ...yosinski, where: 'section 4' }],
  },
  errata: [],
})
