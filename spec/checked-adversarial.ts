import type { Checked } from './language/checked.ts'

/** Papers on generative networks. */
export const adversarial: readonly Checked[] = [
  {
    title:
      'Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), Generative adversarial nets',
    where: [
      'section 3 and equation 1',
      'section 3',
      'equation 1',
      'section 4.1',
      'section 4 and equation 3',
      'proposition 1, equations 2 and 3',
      'equation 1 and section 4.1',
      'theorem 1, equations 4 to 6',
      'theorem 1',
      'proposition 2',
      'proposition 2 and the remark behind it',
      'algorithm 1',
      'section 3 and algorithm 1',
      'section 1',
      'section 4 and theorem 1',
    ],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title:
      'Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen (2016), Improved techniques for training GANs',
    where: [
      'section 3.4',
      'section 4',
      'section 3.1, for the part of the means',
      'section 3.2, and section 3.4 on smoothed targets',
    ],
    readIn: 'the preprint, a PDF',
  },
  {
    title:
      'Arjovsky, Bottou (2017), Towards principled methods for training generative adversarial networks',
    where: ['theorem 2.5', 'theorems 2.1 and 2.2'],
    readIn: 'the version under review at a conference, a PDF',
  },
  {
    title:
      'Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville (2017), Improved training of Wasserstein GANs',
    where: ['equation 3 and algorithm 1'],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title: 'Mirza, Osindero (2014), Conditional generative adversarial nets',
    where: ['equation 2'],
    readIn: 'the preprint, a PDF',
  },
  {
    title: 'Kingma, Welling (2014), Auto-encoding variational Bayes',
    where: ['section 2.3'],
    readIn: 'its PDF',
  },
]
