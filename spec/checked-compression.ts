import type { Checked } from './language/checked.ts'

/** Papers on smaller networks: pruned, shared, quantized, distilled, or built small. */
export const compression: readonly Checked[] = [
  {
    title:
      'Han, Pool, Tran, Dally (2015), Learning both weights and connections for efficient neural networks',
    where: [
      'section 3',
      'section 3.5',
      'sections 3 and 3.4',
      'section 3, with a share for the threshold',
      'section 4',
      'section 4.2, table 4',
      'table 4',
    ],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title:
      'Han, Mao, Dally (2016), Deep compression: compressing deep neural networks with pruning, trained quantization and Huffman coding',
    where: ['equation 1 and table 1', 'section 3 and equations 1 and 2'],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title:
      'Hassibi, Stork (1993), Second order derivatives for network pruning: Optimal brain surgeon',
    where: ['section 1'],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title:
      'Rastegari, Ordonez, Redmon, Farhadi (2016), XNOR-Net: ImageNet classification using binary convolutional neural networks',
    where: ['section 3.1, equations 2 to 6', 'section 3.2'],
    readIn: 'its PDF',
  },
  {
    title: 'Hinton, Vinyals, Dean (2015), Distilling the knowledge in a neural network',
    where: ['section 2', 'section 2.1', 'section 1', 'equation 1', 'section 2, equations 1 to 4'],
    readIn: 'the preprint, a PDF',
  },
  {
    title: 'Buciluă, Caruana, Niculescu-Mizil (2006), Model compression',
    where: ['section 2'],
    readIn: 'its PDF',
  },
  {
    title:
      'Zhang, Zhou, Lin, Sun (2018), ShuffleNet: an extremely efficient convolutional neural network for mobile devices',
    where: [
      'section 3.1',
      'sections 3.1 and 3.2',
      'section 3.1 and figure 1',
      'section 3.2',
      'section 3.2 and table 1',
    ],
    readIn: 'the preprint, a PDF',
  },
  {
    title:
      'Howard et al. (2017), MobileNets: efficient convolutional neural networks for mobile vision applications',
    where: [
      'section 3.1, equation 3',
      'section 3.1, equations 1 to 3, and figure 3',
      'section 3.1, equations 2, 4 and 5, and tables 1 and 2',
      'sections 3.3 and 3.4, equations 6 and 7, and tables 3, 6 and 7',
    ],
    readIn: 'the preprint, a PDF',
  },
  {
    title:
      'Iandola et al. (2016), SqueezeNet: AlexNet-level accuracy with 50× fewer parameters and < 0.5 MB model size',
    where: [
      'section 3.2 and figure 1',
      'section 3.2 and table 1',
      'sections 3.1 and 3.3, and table 1',
      'section 3.1, strategy 3',
    ],
    readIn: 'the version under review at a conference, a PDF',
  },
  {
    title:
      'Huang, Liu, van der Maaten, Weinberger (2017), Densely connected convolutional networks',
    where: [
      'section 3, equation 2',
      'section 3, growth rate, and table 1',
      'section 3, growth rate',
      'section 3, implicit deep supervision in section 5',
    ],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title:
      'Shoeybi et al. (2019), Megatron-LM: training multi-billion parameter language models using model parallelism',
    where: ['section 1'],
    readIn: 'the preprint, a PDF',
  },
  {
    title:
      'Jacob et al. (2018), Quantization and training of neural networks for efficient integer-arithmetic-only inference',
    where: [
      'equation 1 and section 3',
      'equation 1',
      'section 3',
      'sections 3 and 3.1, equations 12 and 13',
      'equations 4 and 7',
      'equations 3 to 5',
    ],
    readIn: 'the English of a bilingual copy in Markdown',
  },
  {
    title: 'Nagel et al. (2021), A white paper on neural network quantization',
    where: ['section 2.2', 'sections 2.2 and 3.1'],
    readIn: 'a copy in Markdown with a reader’s remarks, whose headings were counted',
  },
  {
    title: 'Micikevicius et al. (2018), Mixed precision training',
    where: ['section 3.3', 'section 3'],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title: 'Ba, Caruana (2014), Do deep nets really need to be deep?',
    where: ['section 2'],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title: 'IEEE 754-2019, IEEE standard for floating-point arithmetic',
    where: ['section 3.4 and table 3.5', 'sections 4.3.1 and 7.4', 'table 3.5'],
    readIn: 'the standard, a PDF',
  },
  {
    title:
      'Halko, Martinsson, Tropp (2011), Finding structure with randomness: probabilistic algorithms for constructing approximate matrix decompositions',
    where: ['algorithms 4.4 and 5.1'],
    readIn: 'programs that follow them by their numbers, one with the page',
  },
]
