import { clause } from '../language/clause.ts'
import { array, type CaseView, free, nonnegative, operation } from '../language/operation.ts'
import { choice, real } from '../language/parameter.ts'
import { gradientProfile } from './gradient-profile.ts'
import { difficulty } from './publications.ts'

const view = ({ inputs, parameters }: CaseView) => {
  const norms = Array.from(inputs.norms!.data)
  return { norms, ...(parameters as { readonly limit: number; readonly faded: number }) }
}

/** What the norms of gradients over time say. */
export const gradientDiagnosis = operation({
  id: 'bptt.gradientDiagnosis',
  title: 'Diagnosis of gradients over time',
  level: 'core',
  dimensions: { States: free(1, 6, 'states, the earliest first') },
  inputs: { norms: nonnegative('the norm of the gradient by each state', 'States') },
  parameters: {
    limit: real({ min: 0, open: true, from: 0.5, to: 8, values: [1, 10, 100] }),
    faded: real({ min: 0, max: 1, from: 0, to: 1, values: [0.001, 0.01, 0.5] }),
  },
  usual: [
    { sizes: { States: 6 }, parameters: { limit: 100, faded: 0.001 } },
    { sizes: { States: 20 }, parameters: { limit: 10, faded: 0.01 } },
  ],
  outputs: {
    finite: array('1 if every norm is a finite number, else 0'),
    exploding: array('1 if some norm is above the limit or no finite number, else 0'),
    vanishing: array('1 if all are finite, and the first one is a small share of the last, else 0'),
  },
  classes: {
    'one state': ({ sizes }: CaseView) => sizes.States === 1,
    exploding: (the: CaseView) => view(the).norms.some((p) => p > view(the).limit),
    vanishing: (the: CaseView) => view(the).norms[0]! < view(the).faded * view(the).norms.at(-1)!,
    neither: (the: CaseView) => {
      const { norms, limit, faded } = view(the)
      return norms.every((p) => p <= limit) && norms[0]! >= faded * norms.at(-1)!
    },
    'no gradient': (the: CaseView) => view(the).norms.every((p) => p === 0),
    'a norm at the limit': (the: CaseView) => view(the).norms.includes(view(the).limit),
  },
})

/** After how many steps a gradient that grows is no longer a finite number. */
export const overflowStep = operation({
  id: 'bptt.overflowStep',
  title: 'Step at which a growing gradient overflows',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: {
    growth: real({ min: 1.001, max: 1024, from: 1.01, to: 8, values: [2, 4, 16, 1.5, 1.1] }),
    format: choice('float16', 'bfloat16', 'float32', 'float64'),
  },
  usual: [
    { parameters: { growth: 2, format: 'float32' } },
    { parameters: { growth: 1.1, format: 'float32' } },
  ],
  outputs: { steps: array('the steps after which it is infinite') },
  classes: {
    'half precision': ({ parameters }: CaseView) => parameters.format === 'float16',
    bfloat16: ({ parameters }: CaseView) => parameters.format === 'bfloat16',
    'single precision': ({ parameters }: CaseView) => parameters.format === 'float32',
    'double precision': ({ parameters }: CaseView) => parameters.format === 'float64',
    'a power of 2': ({ parameters }: CaseView) => Number.isInteger(Math.log2(parameters.growth)),
  },
})

export const explosionDetectable = clause({
  id: 'bptt.explosion-detectable',
  title:
    'Exploding gradients end in what is no finite number, vanishing ones show in their profile only',
  kind: 'decision',
  operations: [gradientDiagnosis, overflowStep, gradientProfile],
  statement:
    'Gradients explode where a norm is above a limit, or is no finite number. One that is multiplied by $\\rho > 1$ at each step, from 1 on, is infinite after $\\lceil e / \\log_2 \\rho \\rceil$ steps, where numbers end at $2^e$. Gradients that vanish are finite everywhere, so that no test for what is not finite ever notices them: they vanish where the norm at the earliest state is less than a given share of that at the last one.',
  formula: String.raw`\text{exploding} \iff \neg \max_k p_k \le \theta,\qquad \text{vanishing} \iff \max_k p_k < \infty \,\wedge\, p_0 < \varepsilon\, p_T,\qquad n = \Bigl\lceil \frac{e}{\log_2 \rho} \Bigr\rceil,\ e = 16, 128, 1024`,
  domain:
    'Norms that are not negative; infinities and NaN are no finite numbers. The exponent is 16 in half precision, 128 in bfloat16 and single, 1024 in double precision.',
  conventions: [
    {
      choice: 'A norm that is equal to the limit is not above it.',
      others: 'Where limits are estimates, equality makes no difference.',
    },
  ],
  source: {
    notes: [
      [382, 382],
      [390, 390],
    ],
    publications: [{ ...difficulty, where: 'sections 2 and 3' }],
  },
  errata: [
    {
      id: 'E-90',
      lines: [390, 390],
      says: 'Nobody can tell from small gradients that they vanish.',
      counterexample:
        'Norms 1/1024, 1/32 and 1 at the earliest state, in the middle and at the last one: all are finite, and the first is less than a hundredth of the last.',
      correction:
        'The norms of the gradients by every state, side by side, tell it; a single number does not.',
      settledBy: { ...difficulty, where: 'section 3.3, equation 9' },
    },
  ],
})
