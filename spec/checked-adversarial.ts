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
  {
    title:
      'Heusel, Ramsauer, Unterthiner, Nessler, Hochreiter (2017), GANs trained by a two time-scale update rule converge to a local Nash equilibrium',
    where: [
      'experiments, performance measure, and appendix A1',
      'experiments, the definition of the Fréchet inception distance',
    ],
    readIn: 'its text in Markdown, without the formulas',
  },
  {
    title: 'Arjovsky, Chintala, Bottou (2017), Wasserstein generative adversarial networks',
    where: [
      'equations 1 to 3 and algorithm 1',
      'equation 2',
      'algorithm 1 and section 3',
      'section 2, example 1',
    ],
    readIn: 'the English of a bilingual copy of the preprint in Markdown',
  },
  {
    title:
      'Radford, Metz, Chintala (2016), Unsupervised representation learning with deep convolutional generative adversarial networks',
    where: ['figure 1 and section 3', 'section 5.1, for the features', 'section 6.1 and figure 4'],
    readIn: 'the English of an annotated copy in Markdown',
  },
  {
    title:
      'Ioffe, Szegedy (2015), Batch normalization: accelerating deep network training by reducing internal covariate shift',
    where: ['algorithms 1 and 2'],
    readIn: 'a summary of the paper, which has both algorithms by their numbers',
  },
]
