/** Where a link's port comes from. */
export { HeldPort } from '../src/host/held-port.ts'
