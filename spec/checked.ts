import type { Publication } from './language/clause.ts'

/** Places of a publication that were read, and found to say what clauses cite them for. */
export interface Checked {
  readonly title: Publication['title']
  /** The places, as clauses cite them. */
  readonly where: readonly Publication['where'][]
  /** In which form the publication was open. */
  readonly readIn: string
}

/**
 * Every citation that was compared with its publication. What is not here was not checked: nobody had the
 * publication open, and the number of a section or an equation may be wrong. A test refuses what no clause cites.
 */
export const checked: readonly Checked[] = [
  {
    title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
    where: [
      'equation 9.7',
      'equation 9.7, where it is 1',
      'equations 9.4 to 9.6',
      'equation 9.8',
      'section 9.2',
      'section 9.5, unshared convolution',
      'section 7.1.1, equation 7.2',
      'section 7.1.1, equations 7.3 to 7.5',
      'section 7.1.1, equations 7.10 to 7.13',
      'section 7.1, equation 7.1',
      'section 7.1.2, equation 7.23',
      'equations 10.8 and 10.9',
      'equations 10.8 to 10.11',
      'equation 10.10',
      'equations 10.8 and 10.10',
      'equations 10.10 and 10.11',
      'equations 10.12 to 10.14',
      'equations 10.18 to 10.28',
      'equation 10.26',
      'equations 10.18, 10.22 and 10.24',
      'equations 10.19 to 10.21',
      'equation 10.21',
      'equations 10.25 and 10.28',
      'section 10.2.2',
      'equations 10.48 and 10.49',
      'section 10.10.2',
      'equations 3.9 and 3.10',
      'equations 3.51 and 6.30',
      'equations 3.51 and 10.12',
      'equations 6.30, 10.12 and 10.18',
      'section 10.1 and equation 10.5',
      'equation 6.29 and section 4.1',
      'section 4.1 and equation 6.29',
    ],
    readIn: 'the LaTeX of a translation, whose formulas and their numbers are those of the book',
  },
  {
    title: 'Dumoulin, Visin (2016), A guide to convolution arithmetic for deep learning',
    where: [
      'section 1.1',
      'relationship 1',
      'relationships 2 and 3',
      'relationship 3',
      'relationship 6',
      'relationships 6 and 15',
      'section 2.2',
      'section 3',
      'section 4.1',
      'chapter 4',
      'sections 4.2 to 4.6',
      'relationships 13 and 14',
    ],
    readIn: 'its LaTeX',
  },
  {
    title: 'Stanford CS231n, course notes: Transfer learning',
    where: ['ConvNet as fixed feature extractor', 'When and how to fine-tune?'],
    readIn: 'its Markdown',
  },
  {
    title: 'Odena, Dumoulin, Olah (2016), Deconvolution and checkerboard artifacts',
    where: ['section Deconvolution & overlap'],
    readIn: 'its Markdown',
  },
  {
    title: 'NumPy, documentation of random.Generator.pareto',
    where: ['description'],
    readIn: 'the page of the function',
  },
  {
    title: 'ONNX, operator schemas',
    where: ['QuantizeLinear', 'DynamicQuantizeLinear'],
    readIn: 'the page of the operator, versions 25 and 11',
  },
  {
    title: 'ONNX operators, ConvTranspose',
    where: ['version 22, summary and auto_pad'],
    readIn: 'the page of the operator',
  },
]

/** In which form a citation was compared with its publication; `null` if it was not. */
export function readIn({ title, where }: Publication): string | null {
  const found = checked.find((it) => it.title === title && it.where.includes(where))
  return found?.readIn ?? null
}

/** What stands beside a citation that was not compared with its publication. */
export const unchecked = 'not checked against the publication'
