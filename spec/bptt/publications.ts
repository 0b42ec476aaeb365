/** The publications that the clauses on back-propagation through time rest on. */
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const difficulty = {
  title: 'Pascanu, Mikolov, Bengio (2013), On the difficulty of training recurrent neural networks',
} as const
