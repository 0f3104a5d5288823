/**
 * HTML and SVG as values: what is text is escaped, always, and only what was made here is markup.
 * Sentences of nodes and clients go into a page, and may hold anything. Pure.
 */

export interface Markup {
  readonly markup: string
}

type Child = Markup | string | number | null | undefined | readonly Child[]
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>

/** Elements that have no end tag in HTML, and must have none. */
const VOID = new Set(['meta', 'br', 'hr', 'link'])

/**
 * An element. An attribute that is null, undefined or false is left out; true is one without value.
 */
export function tag(name: string, attributes: Attributes = {}, ...children: Child[]): Markup {
  const open = `<${name}${Object.entries(attributes).map(attribute).join('')}>`
  return { markup: VOID.has(name) ? open : `${open}${children.map(inner).join('')}</${name}>` }
}

/** Text that is markup already: styles and scripts of the page's own. */
export const verbatim = (markup: string): Markup => ({ markup })

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function attribute([name, value]: readonly [string, Attributes[string]]): string {
  if (value === null || value === undefined || value === false) return ''
  if (value === true) return ` ${name}`
  return ` ${name}="${typeof value === 'number' ? short(value) : escape(value)}"`
}

function inner(child: Child): string {
  if (child === null || child === undefined) return ''
  if (typeof child === 'string') return escape(child)
  if (typeof child === 'number') return String(child)
  return 'markup' in child ? child.markup : child.map(inner).join('')
}

/** A tenth of a pixel is as much as anybody sees. */
const short = (value: number): string => String(Math.round(value * 10) / 10)
