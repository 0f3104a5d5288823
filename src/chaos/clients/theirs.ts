/**
 * Clients of other makes, which are no dependencies of this package: loaded from the project that
 * uses it, then from where the package is.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** From the folder the command was given in, then as this package sees it; null: nowhere. */
export function resolveTheirs(name: string): string | null {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url])
    try {
      return createRequire(from).resolve(name)
    } catch {
      continue
    }
  return null
}

/** A module of that name, whatever its shape. */
export async function loadTheirs<Module>(name: string): Promise<Module> {
  const path = resolveTheirs(name)
  if (path === null) throw new Error(`${name} is not installed: npm install ${name}`)
  return (await import(pathToFileURL(path).href)) as Module
}
