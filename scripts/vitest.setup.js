export { buildWhenStale as setup } from '../conformance/cli/fresh.js'
