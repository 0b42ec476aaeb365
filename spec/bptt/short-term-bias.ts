import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  derived,
  operation,
  type Parameters,
  ranged,
} from '../language/operation.ts'
import { integer, real } from '../language/parameter.ts'
import { difficulty } from './publications.ts'

const noMoreThanAll = {
  says: 'no more of the last steps than there are',
  argument: 'last',
  holds: (_: unknown, { last, steps }: Parameters) => last <= steps,
  repair: (parameters: Parameters) => ({
    ...parameters,
    last: Math.min(parameters.last, parameters.steps),
  }),
  violate: (parameters: Parameters) => ({ ...parameters, last: parameters.steps + 1 }),
}

/** How much the state at the end depends on the input of each step, of one unit without activation. */
export const shortTermShare = operation({
  id: 'bptt.shortTermShare',
  title: 'Share of the last steps in what a state depends on',
  level: 'core',
  dimensions: { Steps: derived((_, { steps }) => steps, 'steps') },
  inputs: {},
  parameters: {
    weight: real({ min: -2, max: 2, from: -1.1, to: 1.1, values: [0, 0.5, 0.9, 1, -0.5, -1] }),
    steps: integer({ min: 1, upTo: 10, max: 1000 }),
    last: integer({ min: 0, upTo: 10, max: 1000 }),
  },
  constraints: [noMoreThanAll],
  usual: [
    { parameters: { weight: 0.9, steps: 100, last: 10 } },
    { parameters: { weight: 0.5, steps: 20, last: 5 } },
    { parameters: { weight: 0.99, steps: 50, last: 10 } },
  ],
  work: (_, { steps }) => 8 * steps,
  outputs: {
    contributions: array(
      'the size of the derivative of the last state by the input of each step',
      'Steps',
    ),
    share: ranged([0, 1], array('the share of the last steps in their sum')),
  },
  classes: {
    'one step': ({ parameters }: CaseView) => parameters.steps === 1,
    'several steps': ({ parameters }: CaseView) => parameters.steps > 1,
    'none of the steps': ({ parameters }: CaseView) => parameters.last === 0,
    'all steps': ({ parameters }: CaseView) => parameters.last === parameters.steps,
    'some of the steps': ({ parameters: { last, steps } }: CaseView) => last > 0 && last < steps,
    fading: ({ parameters }: CaseView) => Math.abs(parameters.weight) < 1,
    'neither fading nor growing': ({ parameters }: CaseView) => Math.abs(parameters.weight) === 1,
    growing: ({ parameters }: CaseView) => Math.abs(parameters.weight) > 1,
    'a negative weight': ({ parameters }: CaseView) => parameters.weight < 0,
    'no weight': ({ parameters }: CaseView) => parameters.weight === 0,
  },
})

export const shortTermBias = clause({
  id: 'bptt.short-term-bias',
  title: 'Where gradients fade, the last steps have nearly all of them',
  kind: 'theorem',
  operations: [shortTermShare],
  statement:
    'Of one unit without activation, $h^{(t)} = a h^{(t-1)} + x^{(t)}$, the last state depends on the input of step $s$ by $a^{T-s}$. Of all of it the last $m$ of $T$ steps have a share that depends, where $|a| < 1$ and the sequence is long, on $m$ and $|a|$ alone: $1 - |a|^m$. Where $|a| = 1$, each step has the same.',
  formula: String.raw`\Bigl|\frac{\partial h^{(T)}}{\partial x^{(s)}}\Bigr| = |a|^{T-s},\qquad \frac{\sum_{s > T - m} |a|^{T-s}}{\sum_{s = 1}^{T} |a|^{T-s}} = \frac{1 - |a|^m}{1 - |a|^T}\ \ (|a| \ne 1)`,
  domain: 'Any weight between −2 and 2, and $0 \\le m \\le T$; $0^0 = 1$.',
  conventions: [],
  evaluations: [{ way: 'powers by a power function, in place of one product after the other' }],
  source: {
    notes: [
      [395, 395],
      [397, 397],
    ],
    publications: [{ ...difficulty, where: 'section 2.1' }],
  },
  errata: [],
})
