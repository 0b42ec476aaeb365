/** The publications that the clauses on generative adversarial networks rest on. */
export const goodfellow = {
  title:
    'Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), Generative adversarial nets',
} as const
export const mirza = {
  title: 'Mirza, Osindero (2014), Conditional generative adversarial nets',
} as const
export const salimans = {
  title:
    'Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen (2016), Improved techniques for training GANs',
} as const
export const lin = {
  title: 'Lin (1991), Divergence measures based on the Shannon entropy',
} as const
export const wassersteinGan = {
  title: 'Arjovsky, Chintala, Bottou (2017), Wasserstein generative adversarial networks',
} as const
export const principledMethods = {
  title:
    'Arjovsky, Bottou (2017), Towards principled methods for training generative adversarial networks',
} as const
export const mescheder = {
  title: 'Mescheder, Geiger, Nowozin (2018), Which training methods for GANs do actually converge?',
} as const
export const gidel = {
  title:
    'Gidel, Berard, Vignoud, Vincent, Lacoste-Julien (2019), A variational inequality perspective on generative adversarial networks',
} as const
export const vallender = {
  title:
    'Vallender (1974), Calculation of the Wasserstein distance between probability distributions on the line',
} as const
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const dumoulinVisin = {
  title: 'Dumoulin, Visin (2016), A guide to convolution arithmetic for deep learning',
} as const
export const dcgan = {
  title:
    'Radford, Metz, Chintala (2016), Unsupervised representation learning with deep convolutional generative adversarial networks',
} as const
export const autoEncodingBayes = {
  title: 'Kingma, Welling (2014), Auto-encoding variational Bayes',
} as const
export const gulrajani = {
  title:
    'Gulrajani, Ahmed, Arjovsky, Dumoulin, Courville (2017), Improved training of Wasserstein GANs',
} as const
export const luFreundNesterov = {
  title:
    'Lu, Freund, Nesterov (2018), Relatively smooth convex optimization by first-order methods, and applications',
} as const
export const shoemake = {
  title: 'Shoemake (1985), Animating rotation with quaternion curves',
} as const
export const white = { title: 'White (2016), Sampling generative networks' } as const
export const batchNormalization = {
  title:
    'Ioffe, Szegedy (2015), Batch normalization: accelerating deep network training by reducing internal covariate shift',
} as const
