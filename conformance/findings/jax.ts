import type { Finding } from './finding.ts'

/** In `call`, `jax` is the library, on the processor. */
export const jaxFindings: readonly Finding[] = [
  {
    library: 'JAX',
    version: '0.10.2',
    call: "jax.grad(lambda f: jax.lax.conv_general_dilated(jax.numpy.ones((17, 1, 1, 1)), f, (2, 1), ((1, 0), (0, 0)), dimension_numbers=('NHWC', 'HWIO', 'NHWC')).sum())(jax.numpy.ones((1, 1, 1, 1))).item()",
    clause: 'cnn.backprop.filter-gradient',
    case: 'Seventeen images of one pixel, 1, under a row of zeros, and a filter of one weight with a stride of 2 down: each window lies on a zero, and the gradient is 0. With sixteen images it is. Such a gradient is a convolution of 17 channels, padded by one row above and by −1 below, which by itself is as wrong.',
    expected: '0.0',
    actual: '17.0',
    upstream: null,
  },
  {
    library: 'JAX',
    version: '0.10.2',
    call: 'jax.grad(jax.nn.leaky_relu)(0.0, 0.25).item()',
    clause: 'cnn.activation.elementwise',
    alsoIn: ['gan.gen.through-discriminator'],
    case: 'The derivative at 0, where it is a matter of convention: the specification, PyTorch and TensorFlow take the slope, here 0.25, as jax.nn.relu itself takes 0. JAX counts 0 among the positive numbers, as its documentation has it.',
    expected: '0.25',
    actual: '1.0',
    upstream: null,
  },
  {
    library: 'JAX',
    version: '0.10.2',
    call: "['%.2f' % x for x in jax.nn.standardize(jax.numpy.float32([10000, 10001]))]",
    clause: 'gan.dcgan.batch-normalization',
    case: "Two numbers that are one apart, of the variance ¼. It is the mean of the squares less the square of the mean, both near 10⁸, in which single precision has steps of 8: 0 is left of it, and the root of ε alone divides. As its documentation has it of what it does unless told otherwise; with `algorithm='stable'` it is right.",
    expected: '[-0.99998, 0.99998], in five digits',
    actual: "['-158.11', '158.11']",
    upstream: null,
  },
  {
    library: 'JAX',
    version: '0.10.2',
    call: 'jax.lax.reduce_window(jax.numpy.ones(2), 0.0, jax.lax.add, (1,), (1,), ((-1, 0),))',
    clause: 'cnn.pool.avg',
    alsoIn: ['cnn.pool.max'],
    case: 'Windows of one of two numbers, with an amount of padding of −1: it is to be rejected, or to crop, as it does under windows of two. With lax.max alike.',
    expected: 'throws, or [1.]',
    actual: 'crashes: it was killed by SIGABRT',
    upstream: null,
  },
]
