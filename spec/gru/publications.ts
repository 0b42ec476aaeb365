/** The publications that the clauses on gated recurrent units rest on. */
export const encoderDecoder = {
  title:
    'Cho, van Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk, Bengio (2014), Learning phrase representations using RNN encoder–decoder for statistical machine translation',
} as const
export const evaluation = {
  title:
    'Chung, Gulcehre, Cho, Bengio (2014), Empirical evaluation of gated recurrent neural networks on sequence modeling',
} as const
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const keras = { title: 'Keras documentation' } as const
