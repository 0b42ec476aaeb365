/** The publications that the clauses on distillation rest on. */
export const hinton = {
  title: 'Hinton, Vinyals, Dean (2015), Distilling the knowledge in a neural network',
} as const
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const informationTheory = {
  title: 'Cover, Thomas (2006), Elements of information theory',
} as const
export const lin = {
  title: 'Lin (1991), Divergence measures based on the Shannon entropy',
} as const
export const baCaruana = {
  title: 'Ba, Caruana (2014), Do deep nets really need to be deep?',
} as const
export const kroghVedelsby = {
  title: 'Krogh, Vedelsby (1995), Neural network ensembles, cross validation, and active learning',
} as const
export const bucila = {
  title: 'Buciluă, Caruana, Niculescu-Mizil (2006), Model compression',
} as const
