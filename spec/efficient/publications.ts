/** The publications that the clauses on efficient architectures rest on. */
export const mobileNets = {
  title:
    'Howard et al. (2017), MobileNets: efficient convolutional neural networks for mobile vision applications',
} as const
export const squeezeNet = {
  title:
    'Iandola et al. (2016), SqueezeNet: AlexNet-level accuracy with 50× fewer parameters and < 0.5 MB model size',
} as const
export const shuffleNet = {
  title:
    'Zhang, Zhou, Lin, Sun (2018), ShuffleNet: an extremely efficient convolutional neural network for mobile devices',
} as const
export const denseNet = {
  title: 'Huang, Liu, van der Maaten, Weinberger (2017), Densely connected convolutional networks',
} as const
export const torchvision = {
  title: 'torchvision documentation, models and pre-trained weights',
} as const
