/** The publications that the clauses on pruning rest on. */
export const han = {
  title:
    'Han, Pool, Tran, Dally (2015), Learning both weights and connections for efficient neural networks',
} as const
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const tibshirani = {
  title: 'Tibshirani (1996), Regression shrinkage and selection via the lasso',
} as const
export const yuan = {
  title: 'Yuan, Lin (2006), Model selection and estimation in regression with grouped variables',
} as const
export const parikh = {
  title: 'Parikh, Boyd (2014), Proximal algorithms',
} as const
export const scardapane = {
  title:
    'Scardapane, Comminiello, Hussain, Uncini (2017), Group sparse regularization for deep neural networks',
} as const
export const li = {
  title: 'Li, Kadav, Durdanovic, Samet, Graf (2017), Pruning filters for efficient ConvNets',
} as const
export const mozer = {
  title:
    'Mozer, Smolensky (1989), Skeletonization: a technique for trimming the fat from a network via relevance assessment',
} as const
export const lecun = {
  title: 'LeCun, Denker, Solla (1990), Optimal brain damage',
} as const
export const saad = {
  title: 'Saad (2003), Iterative methods for sparse linear systems, 2nd edition',
} as const
export const mishra = {
  title: 'Mishra et al. (2021), Accelerating sparse deep neural networks',
} as const
export const hassibi = {
  title:
    'Hassibi, Stork (1993), Second order derivatives for network pruning: Optimal brain surgeon',
} as const
export const krizhevsky = {
  title:
    'Krizhevsky, Sutskever, Hinton (2012), ImageNet classification with deep convolutional neural networks',
} as const
export const whitley = {
  title:
    'Whitley, Starkweather, Bogart (1990), Genetic algorithms and neural networks: optimizing connections and connectivity',
} as const
export const beyer = {
  title: 'Beyer, Schwefel (2002), Evolution strategies: a comprehensive introduction',
} as const
