/** The publications that the clauses on recurrent networks rest on. */
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const identityRecurrence = {
  title:
    'Le, Jaitly, Hinton (2015), A simple way to initialize recurrent networks of rectified linear units',
} as const
export const keras = { title: 'Keras documentation' } as const
export const deepRecurrent = {
  title: 'Pascanu, Gulcehre, Cho, Bengio (2014), How to construct deep recurrent neural networks',
} as const
export const bidirectionalNetworks = {
  title: 'Schuster, Paliwal (1997), Bidirectional recurrent neural networks',
} as const
export const regularization = {
  title: 'Zaremba, Sutskever, Vinyals (2014), Recurrent neural network regularization',
} as const
