import type { Checked } from './language/checked.ts'

/** Papers on recurrent networks. */
export const sequences: readonly Checked[] = [
  {
    title:
      'Pascanu, Mikolov, Bengio (2013), On the difficulty of training recurrent neural networks',
    where: [
      'section 2.1',
      'equations 5 and 6',
      'algorithm 1',
      'equations 4 and 5',
      'sections 2 and 3',
      'section 3.3, equation 9',
    ],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title:
      'Greff, Srivastava, Koutník, Steunebrink, Schmidhuber (2017), LSTM: a search space odyssey',
    where: [
      'section II',
      'section II A',
      'section II B',
      'section II A, on the weights of a layer, and section IV C on CIFG and NP',
    ],
    readIn: 'the preprint, version 2, a PDF',
  },
  {
    title:
      'Chung, Gulcehre, Cho, Bengio (2014), Empirical evaluation of gated recurrent neural networks on sequence modeling',
    where: ['section 3.2', 'section 3.3', 'section 3'],
    readIn: 'its PDF',
  },
  {
    title: 'Hochreiter, Schmidhuber (1997), Long short-term memory',
    where: ['section 4'],
    readIn: 'the revised report, its pages as pictures',
  },
  {
    title:
      'Cho, van Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk, Bengio (2014), Learning phrase representations using RNN encoder–decoder for statistical machine translation',
    where: ['section 2.3'],
    readIn: 'its text in Markdown, without the formulas',
  },
  {
    title: 'Zaremba, Sutskever, Vinyals (2014), Recurrent neural network regularization',
    where: ['section 3.2'],
    readIn: 'the English of a bilingual copy in Markdown',
  },
]
