/** The publications that the clauses on federated learning rest on. */
export const fedAvg = {
  title:
    'McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), Communication-efficient learning of deep networks from decentralized data',
} as const
export const nonIid = {
  title: 'Li, Huang, Yang, Wang, Zhang (2020), On the convergence of FedAvg on non-IID data',
} as const
