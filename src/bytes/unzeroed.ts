/** Memory that is filled at once, and so needs no zeroes first. */

/** Bytes that hold anything. Never part of a shared pool. */
export function unzeroedBytes(sizeBytes: number): Uint8Array<ArrayBuffer> {
  return Buffer.allocUnsafeSlow(sizeBytes)
}
