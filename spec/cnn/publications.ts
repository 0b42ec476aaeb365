/** The publications that settle the clauses on convolution layers. */
export const goodfellow = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const dumoulinVisin = {
  title: 'Dumoulin, Visin (2016), A guide to convolution arithmetic for deep learning',
} as const
export const lecun = {
  title:
    'LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document recognition',
} as const
