/** The publications that the clauses on quantization rest on. */
export const integerOnly = {
  title:
    'Jacob et al. (2018), Quantization and training of neural networks for efficient integer-arithmetic-only inference',
} as const
export const whitePaper = {
  title: 'Nagel et al. (2021), A white paper on neural network quantization',
} as const
export const onnxOperators = {
  title: 'ONNX, operator schemas',
} as const
export const ieee754 = {
  title: 'IEEE 754-2019, IEEE standard for floating-point arithmetic',
} as const
export const bfloat16Format = {
  title: 'Kalamkar et al. (2019), A study of bfloat16 for deep learning training',
} as const
export const micikevicius = {
  title: 'Micikevicius et al. (2018), Mixed precision training',
} as const
export const xnorNet = {
  title:
    'Rastegari, Ordonez, Redmon, Farhadi (2016), XNOR-Net: ImageNet classification using binary convolutional neural networks',
} as const
