import { clause } from '../language/clause.ts'
import {
  array,
  type CaseView,
  free,
  operation,
  type Parameters,
  type Range,
  ranged,
} from '../language/operation.ts'
import { choice } from '../language/parameter.ts'
import { deepLearning, difficulty } from './publications.ts'

/** The activations whose slopes the notes compare. */
export const activation = choice('sigmoid', 'tanh', 'relu')

/** Between which numbers a slope lies. */
export const slopes = ({ activation }: Parameters): Range =>
  activation === 'sigmoid' ? [0, 0.25] : [0, 1]

/** What the exponentials of a slope cost, in products. */
export const effort = ({ activation }: Parameters) => (activation === 'relu' ? null : 12)

const some = (holds: (x: number) => boolean) => (the: CaseView) =>
  Array.from(the.inputs.x!.data).some(holds)

/** The slopes of an activation, number by number. */
export const derivative = operation({
  id: 'activation.derivative',
  title: 'Derivative of an activation',
  level: 'core',
  dimensions: { P: free(1, 8, 'numbers') },
  inputs: { x: array('what enters the activation', 'P') },
  parameters: { activation },
  usual: [
    { parameters: { activation: 'sigmoid' }, sizes: { P: 8 } },
    { parameters: { activation: 'tanh' }, sizes: { P: 8 } },
    { parameters: { activation: 'relu' }, sizes: { P: 8 } },
  ],
  effort,
  outputs: { slope: ranged(slopes, array('the derivative there', 'P')) },
  classes: {
    sigmoid: ({ parameters }: CaseView) => parameters.activation === 'sigmoid',
    tanh: ({ parameters }: CaseView) => parameters.activation === 'tanh',
    rectifier: ({ parameters }: CaseView) => parameters.activation === 'relu',
    zero: some((x) => x === 0),
    'a positive number': some((x) => x > 0),
    'a negative number': some((x) => x < 0),
    saturated: some((x) => Math.abs(x) > 100),
    'nearly linear': some((x) => x !== 0 && Math.abs(x) < 2 ** -12),
  },
})

export const derivatives = clause({
  id: 'activation.derivatives',
  title: 'The slope of the sigmoid is a quarter at most, that of tanh one',
  kind: 'gradient',
  operations: [derivative],
  statement:
    "The slope of the sigmoid is $\\sigma(x)(1 - \\sigma(x))$: never more than a quarter, which it is at 0 only. The slope of tanh is $1 - \\tanh^2 x$: 1 at 0, and less elsewhere; it is a half at $|x| = 0.8814$ and below that farther out. Both are the same for $x$ and $-x$, and $\\tanh'(x) = 4\\,\\sigma'(2x)$. Far from 0 they vanish as $e^{-|x|}$ and $4 e^{-2|x|}$.",
  formula: String.raw`\sigma'(x) = \sigma(x)\,(1 - \sigma(x)) \in (0, \tfrac14],\qquad \tanh'(x) = 1 - \tanh^2 x \in (0, 1],\qquad \tanh'(x) = 4\,\sigma'(2x)`,
  domain: 'Finite numbers of any size.',
  conventions: [
    {
      choice:
        'A slope is as accurate as a number beside 1 can be: it may be 0 where it is smaller than what is lost in $1 - y^2$.',
      others:
        'Libraries compute it from the activation itself, which they have, and lose all digits of it where that is 1 but for rounding.',
    },
  ],
  evaluations: [{ way: 'from what the activation gave: $y (1 - y)$ and $1 - y^2$' }],
  source: {
    notes: [
      [386, 386],
      [403, 403],
    ],
    publications: [
      { ...deepLearning, where: 'equation 3.34 and section 6.3.2' },
      { ...difficulty, where: 'section 2.1' },
    ],
  },
  errata: [
    {
      id: 'E-39',
      lines: [403, 403],
      says: 'There is a restricted range of arguments in which the sigmoid does not make gradients smaller.',
      counterexample: 'At 0, where it is steepest, the sigmoid has the slope 0.25.',
      correction:
        'It divides every gradient by four at least. That of tanh is left as it is at 0 only.',
      settledBy: { ...difficulty, where: 'section 2.1' },
    },
  ],
})
