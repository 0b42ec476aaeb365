import type { Checked } from './language/checked.ts'

/** Papers on federated learning. */
export const federated: readonly Checked[] = [
  {
    title:
      'McMahan, Moore, Ramage, Hampson, Agüera y Arcas (2017), Communication-efficient learning of deep networks from decentralized data',
    where: [
      'section 1, privacy',
      'section 2, figure 1: models from one start and from two',
      'algorithm 1',
      'section 1',
      'section 1, equation 1',
      'algorithm 1, which takes max(C K, 1) clients',
      'algorithm 1, ClientUpdate',
      'section 2 and algorithm 1',
      'algorithm 1, its sum taken over participants',
      'section 2, FedSGD',
      'section 3',
    ],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title: 'Kairouz, McMahan et al. (2021), Advances and open problems in federated learning',
    where: [
      'section 1, table 1, datacenter distributed learning',
      'section 1, table 1',
      'section 2.1, table 3',
    ],
    readIn: 'the preprint of 2019, a PDF',
  },
  {
    title:
      'Finn, Abbeel, Levine (2017), Model-agnostic meta-learning for fast adaptation of deep networks',
    where: ['section 2.2', 'section 5.2, first-order approximation'],
    readIn: 'its PDF',
  },
  {
    title:
      'Bonawitz et al. (2017), Practical secure aggregation for privacy-preserving machine learning',
    where: ['section 4.0.1, masking with one-time pads'],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title: 'Li, Huang, Yang, Wang, Zhang (2020), On the convergence of FedAvg on non-IID data',
    where: [
      'section 3.4, choice of E, and the degree of heterogeneity in section 3.1',
      'assumption 6',
      'section 2',
      'section 2, on partial participation, where clients are of one size',
      'section 3.3, schemes I and II',
      'section 4, theorem 4',
    ],
    readIn: 'the paper of the conference, read from its pages into Markdown',
  },
  {
    title:
      'Blanchard, El Mhamdi, Guerraoui, Stainer (2017), Machine learning with adversaries: Byzantine tolerant gradient descent',
    where: ['section 3, on linear combinations', 'section 4, the Krum function'],
    readIn: 'the text of the preprint, version 1',
  },
]
