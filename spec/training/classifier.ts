import { clause } from '../language/clause.ts'
import { array, type CaseView, free, nonnegative, operation } from '../language/operation.ts'
import { real } from '../language/parameter.ts'
import { descend } from './descent.ts'
import { cs231n } from './publications.ts'

const ends = ({ inputs: { losses } }: CaseView) => {
  const { data } = losses!
  return { first: data[0]!, last: data[data.length - 1]! }
}

/** What a curve of training losses says of the learning rate. */
export const diagnoseRate = operation({
  id: 'training.diagnoseRate',
  title: 'Diagnosis of the learning rate from a curve of losses',
  level: 'core',
  dimensions: { T: free(2, 12, 'epochs') },
  inputs: { losses: nonnegative('the training loss of each epoch', 'T') },
  parameters: {
    growth: real({ min: 1, from: 1, to: 3, values: [2] }),
    progress: real({ min: 0, max: 1, from: 0, to: 0.5, values: [0.1] }),
  },
  usual: [
    { sizes: { T: 10 }, parameters: { growth: 2, progress: 0.1 } },
    { parameters: { growth: 2, progress: 0.5 } },
    { parameters: { growth: 3, progress: 0.25 } },
  ],
  outputs: { diagnosis: array('0 diverging, 1 too low, 2 good, 3 none of these') },
  classes: {
    'ends above its start': (the: CaseView) => ends(the).last > ends(the).first,
    'ends below its start': (the: CaseView) => ends(the).last < ends(the).first,
    'the published thresholds': ({ parameters }) =>
      parameters.growth === 2 && parameters.progress === 0.1,
    'two epochs': ({ sizes }) => sizes.T === 2,
  },
})

export const classifier = clause({
  id: 'training.lr.classifier',
  title: 'A curve of losses says whether the learning rate is too high, too low or good',
  kind: 'decision',
  operations: [diagnoseRate, descend],
  statement:
    'The first of these that holds is the diagnosis. Diverging: a loss is not finite, or the last one is more than $c_1$ times the first. Too low: the loss never rises, and all in all falls by less than the share $c_2$ of the first. Good: it falls by that share or more, and falls still in the last epoch. None of these: everything else, such as a curve that has become flat. Unless something else is asked for, $c_1 = 2$ and $c_2 = 1/10$.',
  formula: String.raw`\exists t: E_t \notin \mathbb{R} \,\lor\, E_T > c_1 E_1 \Rightarrow 0;\qquad E_1 \ge \dots \ge E_T \land E_1 - E_T < c_2 E_1 \Rightarrow 1;\qquad E_1 - E_T \ge c_2 E_1 \land E_T < E_{T-1} \Rightarrow 2;\qquad \text{else } 3`,
  domain:
    'Curves of at least two epochs, losses that are not negative; NaN and infinity are values of a loss that diverged.',
  conventions: [
    {
      choice: 'The thresholds are numbers, 2 and 1/10, and so the diagnosis is a function.',
      others: 'In practice curves are judged by eye.',
    },
  ],
  source: {
    notes: [
      [92, 92],
      [94, 94],
    ],
    publications: [{ ...cs231n, where: 'Neural networks part 3, loss function' }],
  },
  errata: [],
})
