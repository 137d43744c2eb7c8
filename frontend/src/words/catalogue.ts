// Sentences by flat key, with {placeholders}. Pure; `language.svelte.ts` holds which language is on.

import type { Translations } from '../api/types'

export const LANGUAGES = ['en', 'ru', 'az'] as const
export type Language = (typeof LANGUAGES)[number]
export type Catalogue = Record<string, string>
export type Params = Record<string, string | number | readonly string[]>

/** A sentence with its parameters in place. A key that is missing shows as itself: the tests forbid that one is. */
export function sentence(catalogue: Catalogue, key: string, params: Params = {}): string {
  const found = catalogue[key] ?? key
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name]
    if (value === undefined) return whole
    return typeof value === 'object' ? value.join(', ') : String(value)
  })
}

/** The reader's language where it is there, else a person's own words, else English, else any. */
export function translated(words: Translations | undefined, language: string): string {
  if (words === undefined) return ''
  return words[language] ?? words['und'] ?? words['en'] ?? Object.values(words)[0] ?? ''
}
