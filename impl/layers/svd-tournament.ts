/** Who meets whom in a round, each by the place of the other. */
export type Round = readonly number[]

/**
 * Who sits where in the next round of a tournament, for an even number of players: the first stays, and the
 * others move on in a circle. The first half of the seats plays the second; after so many rounds as there are
 * players, less one, everybody has met everybody and sits in the first place again.
 */
function moved(players: number): readonly number[] {
  const half = players / 2
  const circle = [
    ...Array.from({ length: half - 1 }, (_, i) => i + 1),
    ...Array.from({ length: half }, (_, i) => players - 1 - i),
  ]
  const before = new Map(circle.map((place, i) => [place, circle.at(i - 1)!]))
  return Array.from({ length: players }, (_, place) => before.get(place) ?? 0)
}

/** The rounds in which each row of one block meets each of another, the rows of both one after the other. */
export function roundsAcross(block: number): readonly Round[] {
  return Array.from({ length: block }, (_, r) =>
    Array.from({ length: 2 * block }, (_, i) =>
      i < block ? block + ((i + r) % block) : (i - r) % block,
    ),
  )
}

/** The rounds in which the rows of each of two blocks meet each other; a block has one row or an even number. */
export function roundsWithin(block: number): readonly Round[] {
  const rounds: Round[] = []
  let seats: readonly number[] = Array.from({ length: block }, (_, i) => i)
  const next = moved(block)
  for (let round = 1; round < block; round++) {
    const opponent: number[] = []
    for (let place = 0; place < block / 2; place++) {
      const [one, other] = [seats[place]!, seats[place + block / 2]!]
      opponent[one] = other
      opponent[other] = one
    }
    rounds.push([...opponent, ...opponent.map((place) => block + place)])
    seats = next.map((place) => seats[place]!)
  }
  return rounds
}
