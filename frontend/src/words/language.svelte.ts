// The language that is on. English is in the first bundle, the others are fetched from this origin when chosen.

import type { Translations } from '../api/types'
import en from '../languages/en.json'
import { LANGUAGES, sentence, translated, type Catalogue, type Language, type Params } from './catalogue'

const load: Record<Language, () => Promise<Catalogue>> = {
  en: async () => en,
  ru: async () => (await import('../languages/ru.json')).default,
  az: async () => (await import('../languages/az.json')).default,
}

const state = $state<{ language: Language; catalogue: Catalogue }>({ language: 'en', catalogue: en })

export const language = (): Language => state.language

export const t = (key: string, params?: Params): string => sentence(state.catalogue, key, params)

export const words = (these: Translations | undefined): string => translated(these, state.language)

export async function speak(wanted: Language): Promise<void> {
  const catalogue = await load[wanted]()
  state.catalogue = catalogue
  state.language = wanted
  document.documentElement.lang = wanted
  try {
    localStorage.setItem('khazri.language', wanted)
  } catch {
    // storage may be off; the choice then lasts as long as the page
  }
}

export function remembered(): Language {
  const asked = new URLSearchParams(location.search).get('language')
  let kept: string | null = null
  try {
    kept = localStorage.getItem('khazri.language')
  } catch {
    // storage may be off
  }
  const wanted = [asked, kept, ...navigator.languages.map((each) => each.slice(0, 2))]
  return wanted.find((each): each is Language => LANGUAGES.includes(each as Language)) ?? 'en'
}
