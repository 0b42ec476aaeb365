/** The publications that the clauses on transfer learning rest on. */
export const transferNotes = {
  title: 'Stanford CS231n, course notes: Transfer learning',
} as const
export const yosinski = {
  title:
    'Yosinski, Clune, Bengio, Lipson (2014), How transferable are features in deep neural networks?',
} as const
export const offTheShelf = {
  title:
    'Razavian, Azizpour, Sullivan, Carlsson (2014), CNN features off-the-shelf: an astounding baseline for recognition',
} as const
