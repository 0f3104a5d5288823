/**
 * Loads a codec's package at its first use: the native ones take some 40 ms each to load, and most
 * brokers never open a compressed batch. Synchronous, because decompression has to be.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** A function that loads `name` once and gives its exports; `Module` is what the package types say. */
export function lazily<Module>(name: string): () => Module {
  let loaded: Module | undefined
  return () => (loaded ??= require(name) as Module)
}
