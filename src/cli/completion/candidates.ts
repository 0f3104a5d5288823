/**
 * What may stand at the end of a command line: nouns, verbs, flags and their values, read off the
 * program itself, so that completion knows every command that there is. Pure: names that only a
 * cluster knows are a kind, and whoever asks looks them up.
 */
import type { Argument, Command, Option } from 'commander'

export interface Candidate {
  readonly word: string
  /** What it is for; empty where it speaks for itself. */
  readonly about: string
}

/** What only others know. */
export type Lookup = 'topics' | 'groups' | 'brokers' | 'files'

export interface Completion {
  readonly candidates: readonly Candidate[]
  /** To be added, with `prefix` in front of each. */
  readonly lookup: Lookup | null
  readonly prefix: string
  /** What a candidate begins with, those of `lookup` too. */
  readonly typed: string
}

/** `words`: everything behind the name of the program, the last one being typed, perhaps empty. */
export function completionOf(program: Command, words: readonly string[]): Completion {
  const joined = rejoined(words)
  const typed = joined.at(-1) ?? ''
  const place = placeOf(program, joined.slice(0, -1))
  if (place.valueOf) return valuesOf(place.valueOf, { typed, prefix: '' })
  const [, flag, value] = /^(--[\w-]+)=(.*)$/.exec(typed) ?? []
  if (flag !== undefined && value !== undefined && !place.onlyArguments) {
    const option = optionOf(place.command, flag)
    return option ? valuesOf(option, { typed: value, prefix: `${flag}=` }) : NOTHING
  }
  if (typed.startsWith('-') && !place.onlyArguments)
    return { ...NOTHING, candidates: flagsOf(place.command, typed), typed }
  return argumentsOf(place, typed)
}

const NOTHING: Completion = { candidates: [], lookup: null, prefix: '', typed: '' }

/** bash takes `--sort=rate` for three words, and `host:9092`, too. */
function rejoined(words: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const [index, word] of words.entries()) {
    const before = joined.at(-1)
    const isLast = index === words.length - 1
    if (word === '=' && before?.startsWith('--')) {
      // A value begins, and nothing of it is typed yet.
      if (isLast) joined.push('')
    } else if (before !== undefined && (word === ':' || words[index - 1] === ':'))
      joined[joined.length - 1] = `${before}${word}`
    else joined.push(word)
  }
  return joined
}

interface Place {
  readonly command: Command
  /** Arguments of the command that stand already. */
  readonly count: number
  /** A flag whose value is being typed. */
  readonly valueOf: Option | null
  /** Behind `--`. */
  readonly onlyArguments: boolean
}

function placeOf(program: Command, words: readonly string[]): Place {
  let command = program
  let count = 0
  let valueOf: Option | null = null
  let onlyArguments = false
  for (const word of words) {
    if (valueOf) valueOf = null
    else if (word === '--') onlyArguments = true
    else if (word.startsWith('-') && word !== '-' && !onlyArguments) {
      const option = word.includes('=') ? null : optionOf(command, word)
      valueOf = option?.required ? option : null
    } else {
      const next = count === 0 && !onlyArguments ? subcommandOf(command, word) : null
      if (next) command = next
      else count += 1
    }
  }
  return { command, count, valueOf, onlyArguments }
}

function optionOf(command: Command, flag: string): Option | null {
  return command.options.find(({ long, short }) => flag === long || flag === short) ?? null
}

function subcommandOf(command: Command, word: string): Command | null {
  return command.commands.find((one) => [one.name(), ...one.aliases()].includes(word)) ?? null
}

function flagsOf(command: Command, typed: string): readonly Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ word: long, about: description }] : []))
    .filter(({ word }) => word.startsWith(typed))
}

function argumentsOf({ command, count }: Place, typed: string): Completion {
  const verbs = count > 0 ? [] : command.createHelp().visibleCommands(command)
  const candidates = verbs
    .map((one) => ({ word: one.name(), about: one.description() }))
    .filter(({ word }) => word.startsWith(typed))
  const given = command.registeredArguments
  const argument = given[count] ?? (given.at(-1)?.variadic ? given.at(-1) : undefined)
  const values = argument ? valuesOf(argument, { typed, prefix: '' }) : { ...NOTHING, typed }
  return { ...values, candidates: [...candidates, ...values.candidates] }
}

function valuesOf(
  of: Option | Argument,
  { typed, prefix }: { readonly typed: string; readonly prefix: string },
): Completion {
  const candidates = (of.argChoices ?? [])
    .filter((choice) => choice.startsWith(typed))
    .map((choice) => ({ word: `${prefix}${choice}`, about: '' }))
  return { candidates, lookup: lookupOf(of), prefix, typed }
}

/** By the word for the value in the usage: `<topic>`, `<groups...>`, `<path>`. */
function lookupOf(of: Option | Argument): Lookup | null {
  const name = 'flags' in of ? (/<([^>]+)>/.exec(of.flags)?.[1] ?? '') : of.name()
  if (name.startsWith('topic')) return 'topics'
  if (name.startsWith('group')) return 'groups'
  if (/^(id|node|nodes|old)(\.\.\.)?$/.test(name)) return 'brokers'
  return /^(path|file|directory)/.test(name) ? 'files' : null
}
