/** Takes a fault back, and only this one; idempotent. Rejects when that cannot be done. */
export type Undo = () => Promise<void>
