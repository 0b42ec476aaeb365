import manifest from '../../package.json' with { type: 'json' }

/** What this project says of itself. */
export const { version, description } = manifest
