/** The publications that the clauses on low-rank layers rest on. */
export const matrixComputations = {
  title: 'Golub, Van Loan (2013), Matrix computations, fourth edition',
} as const
export const linearStructure = {
  title:
    'Denton, Zaremba, Bruna, LeCun, Fergus (2014), Exploiting linear structure within convolutional networks for efficient evaluation',
} as const
export const eckartYoung = {
  title: 'Eckart, Young (1936), The approximation of one matrix by another of lower rank',
} as const
export const mirsky = {
  title: 'Mirsky (1960), Symmetric gauge functions and unitarily invariant norms',
} as const
export const accuracy = {
  title: 'Higham (2002), Accuracy and stability of numerical algorithms, second edition',
} as const
export const subspaceAngles = {
  title: 'Björck, Golub (1973), Numerical methods for computing angles between linear subspaces',
} as const
export const wedin = {
  title: 'Wedin (1972), Perturbation bounds in connection with singular value decomposition',
} as const
export const davisKahan = {
  title: 'Davis, Kahan (1970), The rotation of eigenvectors by a perturbation III',
} as const
export const halko = {
  title:
    'Halko, Martinsson, Tropp (2011), Finding structure with randomness: probabilistic algorithms for constructing approximate matrix decompositions',
} as const
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
