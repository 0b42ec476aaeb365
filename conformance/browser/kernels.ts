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

/** The files of functions that only kernels of text, ragged and sparse arrays call, which are left out. */
export const unusedFunctions =
  /tfjs-backend-cpu.dist.kernels.(Ragged|Sparse(Fill|Reshape|Segment)|String)\w+_impl\.js$/

/** The functions of a file by name, none of which does anything. */
export function withoutFunctions(file: string): string {
  const names = [...file.matchAll(/^export function (\w+)/gm)].map(([, name]) => name)
  const refusal = "{ throw new Error('This function is left out of the page') }"
  return names.map((name) => `export function ${name}() ${refusal}`).join('\n')
}

/** The description of a kernel, whose code is then used by nothing, and says so to who calls it all the same. */
export function withoutCode(kernel: string): string {
  const refusal = "kernelFunc() { throw new Error('This kernel is left out of the page') }"
  return kernel.replace(/kernelFunc(: \w+)?(?=[,\s}])/, refusal)
}
