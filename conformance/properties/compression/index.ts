import { clusterProperties } from './cluster.ts'
import { sharingProperties } from './sharing.ts'
import { sizeAccountingProperties } from './size-accounting.ts'

/** Every property of the clauses on compression in general and on shared weights. */
export const compressionProperties = [
  ...sizeAccountingProperties,
  ...sharingProperties,
  ...clusterProperties,
]
