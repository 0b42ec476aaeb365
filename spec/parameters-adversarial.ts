/** What parameters mean that are about a generator and a discriminator. */
export const adversarial: Readonly<Record<string, string>> = {
  // Transposed convolutions
  'gan.padding':
    'P, how much of the result is cut off: rows above and below, columns to the left and right',
  'gan.convolutionMatrix.padding':
    'P, rows of zeros above and below, columns of zeros to the left and right',
  'gan.tconvOutputSize.padding': 'P, how much of the result is cut off before and behind',
  outputPadding: 'rows kept at the bottom, and columns kept to the right, that would be cut off',
  'gan.tconvOutputSize.outputPadding': 'how many places behind are kept that would be cut off',
  'gan.size': 'H_o, places of the input along the axis',
  'gan.kernel': 'H′, taps of the kernel along the axis',
  'gan.stride': 'S, how many places of the result lie from one input to the next',
  'gan.dilation': 'D, how many places lie from one tap of the kernel to the next',
  call: 'what a library is told, in its own words',
  'call.pytorch': 'a call of PyTorch',
  'call.pytorch.padding': 'how much is cut off at both ends',
  'call.pytorch.outputPadding': 'how many places behind are given back',
  'call.onnx': 'a node ConvTranspose of ONNX',
  'call.onnx.pads': 'how much is cut off before and behind',
  'call.onnx.outputPadding': 'how many places are added behind',
  'call.onnx.autoPad': 'by which rule the amounts that are cut off are found',
  'call.onnx.outputShape': 'the size of the result',
  'call.keras': 'a layer of Keras',
  'call.keras.padding': 'the word for its padding',
  'call.keras.outputPadding': 'o, which fixes the size of the result',
  // Networks
  'gan.noise': 'Z, numbers of a noise vector',
  'gan.rows': 'rows of what the noise is projected to',
  'gan.columns': 'columns of what the noise is projected to',
  'gan.channels': 'channels of what the noise is projected to',
  'gan.bias': 'whether the projection has a bias for each unit',
  'gan.normalized': 'whether the projection is normalized over the batch',
  'gan.layers': 'the transposed convolutions, the first one behind the projection',
  'gan.layers.channels': 'channels of what it gives',
  'gan.layers.kernel': 'rows, and as many columns, of the kernel',
  'gan.layers.stride': 'by how many places the kernel moves over the result',
  'gan.layers.padding': 'how much of the result is cut off on all sides',
  'gan.layers.outputPadding': 'rows and columns kept at the bottom and right',
  'gan.layers.bias': 'whether it has a bias for each channel',
  'gan.layers.normalized': 'whether it is normalized over the batch',
  'gan.generator': 'the layers of the generator, the one on the noise first',
  'gan.discriminator': 'the layers of the discriminator, the one on the image first',
  ...network('generator'),
  ...network('discriminator'),
  'gan.activation': 'the activation of the samples that come out; identity is none',
  // Normalization
  epsilon: 'ε, what is added to the variance before its root is taken',
  'gan.momentum': 'the share of the new statistics in the running ones',
  divisor: 'what a variance of n numbers divides by',
  // The game
  'gan.loss':
    'what the generator descends on: the term of the game (saturating), or −ln D of its samples',
  cut: 'what is cut off where a logarithm would be infinite: nothing, logarithms, or probabilities',
  'gan.points': 'N, points that samples can be',
  'gan.penalty': 'γ, the factor of half the squared slope of the logit at the data',
  'gan.order': 'whether both step from the same point, or the second answers the first',
  iterations: 'T, iterations, each of which ends with a step of the generator',
  ascents: 'k, steps of the discriminator in an iteration',
  'gan.batch': 'm, samples of a batch',
  halvings: 'how often the way is halved, which leaves 2 to that power pieces',
  realTarget: 'α, the target for real samples',
  generatedTarget: 'β, the target for generated samples',
  'gan.limit': 'c, the magnitude that no weight of the critic exceeds',
  'gan.slopeBound.widths': 'units of the input, and of each layer of the critic',
  'gan.weight': 'λ, the factor of the penalty of slopes',
  // What came of it
  splits: 'S, into how many parts the samples are divided',
  matrix: 'which matrix of features is compared beside their means',
  modes: 'C, how many modes there are',
  'gan.least': 'how many samples a mode has at the least when it counts as covered',
  trials: 'how many answers of a judge there are',
}

function network(name: string): Readonly<Record<string, string>> {
  return {
    [`gan.${name}.kind`]: 'what the layer is',
    [`gan.${name}.normalized`]: 'whether it is normalized over the batch',
    [`gan.${name}.activation`]: 'its activation; none leaves numbers as they are',
    [`gan.${name}.slope`]: 'what a leaky rectifier multiplies numbers below 0 by',
  }
}
