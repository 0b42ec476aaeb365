/** The publications that the clauses on residual networks rest on. */
export const residualLearning = {
  title: 'He, Zhang, Ren, Sun (2016), Deep residual learning for image recognition',
} as const
export const identityMappings = {
  title: 'He, Zhang, Ren, Sun (2016), Identity mappings in deep residual networks',
} as const
