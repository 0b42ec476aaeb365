import type { Property } from '../engine/property.ts'

/** What an area states of its clauses, loaded when it is asked for. */
export async function statedIn(area: string): Promise<readonly Property[]> {
  const { [`${area}Properties`]: stated } = await import(`./${area}/index.ts`)
  return stated
}
