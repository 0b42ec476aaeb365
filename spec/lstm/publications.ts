/** The publications that the clauses on long short-term memory rest on. */
export const learningToForget = {
  title: 'Gers, Schmidhuber, Cummins (2000), Learning to forget: continual prediction with LSTM',
} as const
export const spaceOdyssey = {
  title:
    'Greff, Srivastava, Koutník, Steunebrink, Schmidhuber (2017), LSTM: a search space odyssey',
} as const
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const longShortTermMemory = {
  title: 'Hochreiter, Schmidhuber (1997), Long short-term memory',
} as const
