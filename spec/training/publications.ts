/** The publications that the clauses on training diagnosis rest on. */
export const deepLearning = {
  title: 'Goodfellow, Bengio, Courville (2016), Deep Learning',
} as const
export const convexOptimization = {
  title: 'Nesterov (2004), Introductory lectures on convex optimization',
} as const
export const cs231n = {
  title: 'Stanford CS231n, course notes',
} as const
