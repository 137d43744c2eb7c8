// Light or dark: as the system has it until somebody chooses.

type Theme = 'light' | 'dark'

const state = $state<{ theme: Theme }>({ theme: 'light' })

export const theme = (): Theme => state.theme

function put(wanted: Theme): void {
  state.theme = wanted
  document.documentElement.dataset['theme'] = wanted
}

export function startTheme(): void {
  const asked = new URLSearchParams(location.search).get('theme')
  let kept: string | null = asked
  try {
    kept ??= localStorage.getItem('khazri.theme')
  } catch {
    // storage may be off
  }
  if (kept === 'light' || kept === 'dark') put(kept)
  else put(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
}

export function toggleTheme(): void {
  put(state.theme === 'light' ? 'dark' : 'light')
  try {
    localStorage.setItem('khazri.theme', state.theme)
  } catch {
    // storage may be off; the choice then lasts as long as the page
  }
}
