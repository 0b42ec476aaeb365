import { clause } from '../language/clause.ts'
import { array, type CaseView, operation } from '../language/operation.ts'
import { codeParameters, codeRange, narrowHasTwoBits } from './codes.ts'
import { integerOnly, whitePaper } from './publications.ts'

/** The codes that some bits hold. */
export const levels = operation({
  id: 'quantization.levels',
  title: 'Codes of some bits',
  level: 'core',
  dimensions: {},
  inputs: {},
  parameters: codeParameters,
  constraints: [narrowHasTwoBits],
  usual: [1, 2, 4, 8, 16].map((bits) => ({ parameters: { bits, range: 'signed' } })),
  outputs: {
    least: array('the least code'),
    largest: array('the largest code'),
    count: array('how many codes there are'),
    compression: array('how many times as many bits a float32 has'),
  },
  classes: {
    'signed codes': ({ parameters }: CaseView) => parameters.range === 'signed',
    'unsigned codes': ({ parameters }: CaseView) => parameters.range === 'unsigned',
    'narrow codes': ({ parameters }: CaseView) => parameters.range === 'narrow',
    'one bit': ({ parameters }: CaseView) => parameters.bits === 1,
    'eight bits': ({ parameters }: CaseView) => parameters.bits === 8,
    'sixteen bits': ({ parameters }: CaseView) => parameters.bits === 16,
    'bits that do not divide 32': ({ parameters }: CaseView) => 32 % parameters.bits !== 0,
    'as many codes below 0 as above': ({ parameters }: CaseView) => {
      const [low, high] = codeRange(parameters)
      return low === -high
    },
  },
})

export const counts = clause({
  id: 'quantization.int-levels.counts',
  title: 'So many bits hold so many codes, and take as much less room than 32',
  kind: 'count',
  operations: [levels],
  statement:
    'There are $2^b$ codes of $b$ bits: 65536, 256, 16, 4 and 2 of 16, 8, 4, 2 bits and of one. Signed ones go from $-2^{b-1}$ to $2^{b-1} - 1$, unsigned ones from 0 to $2^b - 1$; the narrow range leaves the least signed one out. Against 32 bits they take $32 / b$ times less room. One bit more doubles the codes, and never makes the steps of a range larger.',
  formula: String.raw`|\{q_{\min}, \dots, q_{\max}\}| = q_{\max} - q_{\min} + 1 = 2^b \text{ (narrow: } 2^b - 1),\qquad \frac{32}{b}`,
  domain: '1 to 16 bits; of a narrow range at least 2.',
  conventions: [
    {
      choice: 'One signed bit has the codes −1 and 0.',
      others: 'Binary networks let their bit stand for −1 and +1, which is another encoding.',
    },
    {
      choice: 'Only the codes are counted.',
      others: 'Scales and zero points take room as well, one or two numbers a layer or a channel.',
    },
  ],
  source: {
    notes: [[280, 280]],
    publications: [
      { ...integerOnly, where: 'section 3' },
      { ...whitePaper, where: 'section 2.2' },
    ],
  },
  errata: [],
})
