import type { Checked } from './language/checked.ts'

/** Papers on convolutional networks and on transfer. */
export const images: readonly Checked[] = [
  {
    title: 'Dumoulin, Visin (2016), A guide to convolution arithmetic for deep learning',
    where: [
      'section 1.1',
      'relationship 1',
      'relationships 2 and 3',
      'relationship 3',
      'relationship 6',
      'relationships 6 and 15',
      'section 2.2',
      'section 3',
      'section 4.1',
      'chapter 4',
      'sections 4.2 to 4.6',
      'relationships 13 and 14',
    ],
    readIn: 'its LaTeX',
  },
  {
    title: 'Odena, Dumoulin, Olah (2016), Deconvolution and checkerboard artifacts',
    where: ['section Deconvolution & overlap'],
    readIn: 'its Markdown',
  },
  {
    title: 'He, Zhang, Ren, Sun (2016), Deep residual learning for image recognition',
    where: [
      'section 1',
      'section 4.1',
      'equation 1',
      'section 3.1',
      'section 3.2',
      'sections 3.3 and 4.1, and figure 5, left',
      'section 4.1 and figure 5, right',
      'equation 2',
      'table 1',
      'section 3.3, design rules (i) and (ii)',
      'section 3.3',
    ],
    readIn: 'the preprint, a PDF',
  },
  {
    title: 'He, Zhang, Ren, Sun (2016), Identity mappings in deep residual networks',
    where: ['equation 5', 'equations 4 and 5'],
    readIn: 'its PDF',
  },
  {
    title:
      'Krizhevsky, Sutskever, Hinton (2012), ImageNet classification with deep convolutional neural networks',
    where: [
      'section 3.1',
      'section 3.4',
      'section 3.3',
      'section 3.3, by differentiation',
      'section 4.2',
      'section 4.1',
      'sections 3.5 and 4',
      'section 3.5',
    ],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title: 'Krizhevsky (2014), One weird trick for parallelizing convolutional neural networks',
    where: ['section 3'],
    readIn: 'its PDF',
  },
  {
    title:
      'Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov (2014), Dropout: a simple way to prevent neural networks from overfitting',
    where: ['section 4', 'section 10', 'section 6.1'],
    readIn: 'the paper of the journal, a PDF',
  },
  {
    title:
      'Yosinski, Clune, Bengio, Lipson (2014), How transferable are features in deep neural networks?',
    where: ['section 2', 'section 4'],
    readIn: 'the paper of the conference, a PDF',
  },
  {
    title: 'Szegedy et al. (2015), Going deeper with convolutions',
    where: ['section 5', 'table 1'],
    readIn: 'its PDF',
  },
  {
    title:
      'Long, Shelhamer, Darrell (2015), Fully convolutional networks for semantic segmentation',
    where: ['section 3.1'],
    readIn: 'the preprint, a PDF',
  },
  {
    title:
      'Simonyan, Zisserman (2015), Very deep convolutional networks for large-scale image recognition',
    where: ['section 2.3', 'table 1'],
    readIn: 'the preprint, version 6, a PDF',
  },
  {
    title:
      'LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document recognition',
    where: ['section II', 'section II.A'],
    readIn: 'the paper of the journal, a PDF',
  },
  {
    title: 'Lin, Chen, Yan (2014), Network in network',
    where: ['section 3.2'],
    readIn: 'its PDF',
  },
  {
    title:
      'Araujo, Norris, Sim (2019), Computing receptive fields of convolutional neural networks',
    where: ['equation 2'],
    readIn: 'its HTML',
  },
]
