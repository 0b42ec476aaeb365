/** The publications that the clauses on generative adversarial networks rest on. */
export const goodfellow = {
  title:
    'Goodfellow, Pouget-Abadie, Mirza, Xu, Warde-Farley, Ozair, Courville, Bengio (2014), Generative adversarial nets',
} as const
