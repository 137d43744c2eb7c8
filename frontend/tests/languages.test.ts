import { describe, expect, it } from 'vitest'
import { sentence, translated } from '../src/words/catalogue'
import az from '../src/languages/az.json'
import en from '../src/languages/en.json'
import ru from '../src/languages/ru.json'

const catalogues: Record<string, Record<string, string>> = { en, ru, az }

// Same in two languages, and rightly so.
const SAME: Record<string, string[]> = {
  ru: ['language.az', 'language.en', 'language.ru'],
  az: ['activity.seminar', 'language.az', 'language.en', 'language.ru', 'quantity.cubic_metres', 'quantity.metres', 'quantity.t'],
}
// Letters that a sentence of the language is made of; a sentence without one is not of the language.
const LETTERS: Record<string, RegExp> = { ru: /[а-яё]/i, az: /[a-zəğıöşçü]/i }

const files = Object.entries(
  import.meta.glob<string>('../src/**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true }),
)
const code = files.map(([, text]) => text).join('\n')
// Every quoted key in an argument of t(...) or key = `family.${...}`; families are keys made at run time.
const literals = new Set([...code.matchAll(/['"`]([a-z_]+(?:\.[a-zA-Z0-9_]+)+)['"`]/g)].map((match) => match[1] ?? ''))
const families = [...new Set([...code.matchAll(/`([a-z_]+(?:\.[a-z_]+)*\.)\$\{/g)].map((match) => match[1] ?? ''))]
const called = [...code.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '')
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

describe('the language catalogues', () => {
  it('have the same keys', () => {
    for (const other of ['ru', 'az']) expect(Object.keys(catalogues[other] ?? {}).sort()).toEqual(Object.keys(en).sort())
  })
  it('have every key that the code asks for', () => {
    expect(called.filter((key) => !(key in en))).toEqual([])
  })
  it('have no key that the code never asks for', () => {
    const unused = Object.keys(en).filter(
      (key) => !literals.has(key) && !families.some((family) => key.startsWith(family)),
    )
    expect(unused).toEqual([])
  })
  it('have at least one sentence for every family of keys that the code makes', () => {
    expect(families.filter((family) => !Object.keys(en).some((key) => key.startsWith(family)))).toEqual([])
  })
  it.each(['ru', 'az'])('%s is translated', (language) => {
    const catalogue = catalogues[language] ?? {}
    const left = Object.entries(en).filter(([key, text]) => catalogue[key] === text && !SAME[language]?.includes(key))
    expect(left).toEqual([])
    const foreign = Object.entries(catalogue).filter(
      ([key, text]) => !SAME[language]?.includes(key) && !LETTERS[language]?.test(text.replace(/\{\w+\}/g, '')),
    )
    expect(foreign).toEqual([])
  })
  it.each(['ru', 'az'])('%s has the placeholders of the English sentence, no other', (language) => {
    const catalogue = catalogues[language] ?? {}
    const wrong = Object.entries(en).filter(
      ([key, text]) => placeholders(catalogue[key] ?? '').join() !== placeholders(text).join(),
    )
    expect(wrong.map(([key]) => key)).toEqual([])
  })
  it('have no text in the pages themselves', () => {
    const pages = files.filter(([path]) => path.endsWith('.svelte'))
    expect(pages.length).toBeGreaterThan(15)
    const bare = pages
      .flatMap(([, text]) => {
        const markup = text.replace(/<script[\s\S]*?<\/script>|<!--[\s\S]*?-->/g, '')
        return [...markup.matchAll(/>([^<>{}]*[A-Za-z]{3,}[^<>{}]*)</g)].map((match) => (match[1] ?? '').trim())
      })
      .filter((text) => !['Khazri', 'UTC', 'POLWARN'].includes(text) && !/[=&|]/.test(text))
    expect(bare).toEqual([])
  })
})

describe('a sentence', () => {
  it('takes its parameters, lists with commas, and leaves what it was not given', () => {
    expect(sentence({ a: '{x} of {known} {none}' }, 'a', { x: 1, known: ['b', 'c'] })).toBe('1 of b, c {none}')
  })
  it("prefers the reader's language, then a person's own words, then English", () => {
    expect(translated({ en: 'a', ru: 'б' }, 'ru')).toBe('б')
    expect(translated({ und: 'c', en: 'a' }, 'ru')).toBe('c')
    expect(translated({ en: 'a' }, 'az')).toBe('a')
    expect(translated(undefined, 'az')).toBe('')
  })
})
