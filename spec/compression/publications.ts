/** The publications that the clauses on compression rest on. */
export const deepCompression = {
  title:
    'Han, Mao, Dally (2016), Deep compression: compressing deep neural networks with pruning, trained quantization and Huffman coding',
} as const
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const lloyd = {
  title: 'Lloyd (1982), Least squares quantization in PCM',
} as const
export const megatron = {
  title:
    'Shoeybi et al. (2019), Megatron-LM: training multi-billion parameter language models using model parallelism',
} as const
export const nowlan = {
  title: 'Nowlan, Hinton (1992), Simplifying neural networks by soft weight-sharing',
} as const
