/** What parameters mean that are about clients that train together. */
export const federated: Readonly<Record<string, string>> = {
  clients: 'K, how many clients there are',
  'federated.points': 'N, places for points that a client has; how many are filled is an input',
  'federated.loss':
    'the loss: half the squared distance, or the cross-entropy of a softmax (logistic)',
  'federated.participants': 'm, clients that take part in a round',
  'federated.roundCosts.steps': 'T, steps of gradient descent in all',
  localSteps: 'L, local steps of a client in a round',
  'federated.batch': 'B, points of a batch',
  speeds: 'how fast each worker is, in proportion to the others',
  'federated.classes': 'C, classes that points have',
  'federated.powerLawSizes.exponent': 'α, the power with which the density of sizes falls off',
  'federated.powerLawSizes.least': 'm, the fewest points that a client has',
  'federated.powerLawSizes.most': 'the most points that a client has',
  reliable: 'whether clients do as they are told and do not drop out',
  available: 'whether clients are there almost always',
  rounds: 'T, rounds',
  trim: 'r, how many of the largest and of the smallest are left out of each number',
  attackers: 'f, how many attackers are allowed for',
  'federated.krum.kept':
    'k, of how many models with the lowest scores the mean is taken; 1 for Krum',
  modulus: 'R, modulo which numbers are added',
  bound: 'S, the length that no update exceeds',
  multiplier: 'z, the deviation of the noise as a multiple of the bound',
  'federated.clientSampling.rate': 'ρ, the share of the clients that take part, rounded up',
  'federated.batchStatistics.divisor': 'what the variance divides by',
  'federated.alternativeAggregate.rule':
    'how who is absent is made up for: by a factor, by the model that was sent, or not at all',
  'federated.weight': 'λ, how strongly models are pulled to their mean',
  'federated.alpha': 'α, the rate of the step by which a client adapts the common model',
}
