/** The publications that the clauses on how generated samples are judged rest on. */
export const salimans = {
  title:
    'Salimans, Goodfellow, Zaremba, Cheung, Radford, Chen (2016), Improved techniques for training GANs',
} as const
export const heusel = {
  title:
    'Heusel, Ramsauer, Unterthiner, Nessler, Hochreiter (2017), GANs trained by a two time-scale update rule converge to a local Nash equilibrium',
} as const
export const dowson = {
  title: 'Dowson, Landau (1982), The Fréchet distance between multivariate normal distributions',
} as const
export const powersStormer = {
  title: 'Powers, Størmer (1970), Free states of the canonical anticommutation relations',
} as const
export const devroye = {
  title: 'Devroye, Györfi, Lugosi (1996), A probabilistic theory of pattern recognition',
} as const
export const clopperPearson = {
  title:
    'Clopper, Pearson (1934), The use of confidence or fiducial limits illustrated in the case of the binomial',
} as const
export const goodfellowTutorial = {
  title: 'Goodfellow (2016), NIPS 2016 tutorial: generative adversarial networks',
} as const
export const gatys = {
  title: 'Gatys, Ecker, Bethge (2015), A neural algorithm of artistic style',
} as const
export const sunSaenko = {
  title: 'Sun, Saenko (2016), Deep CORAL: correlation alignment for deep domain adaptation',
} as const
