/**
 * Kernels of TensorFlow.js that nothing here calls, neither the implementation nor the bare library: of images,
 * text, ragged and sparse arrays, three-dimensional convolution and Fourier transforms. A page is smaller without.
 */
const unused = [
  'NonMaxSuppressionV[345]',
  'CropAndResize',
  'RotateWithOffset',
  'Transform',
  'Resize(Bilinear|NearestNeighbor)(Grad)?',
  'Draw',
  'FromPixels',
  'I?FFT',
  'Dilation2D(Backprop(Filter|Input))?',
  'Conv3D(Backprop(Filter|Input)V2)?',
  '(Avg|Max)Pool3D(Grad)?',
  'Sparse(FillEmptyRows|Reshape|SegmentMean|SegmentSum|ToDense)',
  'String(NGrams|Split|ToHashBucketFast)',
  'StaticRegexReplace',
  'Ragged(Gather|Range|TensorToTensor)',
  '(Dense)?Bincount',
  'UnsortedSegmentSum',
  'SearchSorted',
  'Multinomial',
]

/** The files of these kernels. */
export const unusedKernels = new RegExp(
  `tfjs-backend-\\w+.dist.kernels.(${unused.join('|')})\\.js$`,
)

/** The description of a kernel, whose code is then used by nothing, and says so to who calls it all the same. */
export function withoutCode(kernel: string): string {
  const refusal = "kernelFunc() { throw new Error('This kernel is left out of the page') }"
  return kernel.replace(/kernelFunc(: \w+)?(?=[,\s}])/, refusal)
}
