// The one table of pages, by what stands behind `#`. A page's component is fetched when it is first shown.

import type { Component } from 'svelte'

type PageModule = { default: Component<Record<string, string>> }

export interface Route {
  pattern: RegExp // its named groups are the page's properties
  page: () => Promise<PageModule>
}

const page = (load: () => Promise<unknown>): Route['page'] => load as Route['page']

export const ROUTES: readonly Route[] = [
  { pattern: /^\/$/, page: page(() => import('./pages/Home.svelte')) },
  { pattern: /^\/exercises\/(?<run>[^/]+)$/, page: page(() => import('./pages/Exercise.svelte')) },
  { pattern: /^\/exercises\/(?<run>[^/]+)\/replay$/, page: page(() => import('./pages/Replay.svelte')) },
  { pattern: /^\/exercises\/(?<run>[^/]+)\/report$/, page: page(() => import('./pages/Report.svelte')) },
  { pattern: /^\/plans$/, page: page(() => import('./pages/Plans.svelte')) },
  { pattern: /^\/plans\/(?<ident>[^/]+)$/, page: page(() => import('./pages/Plan.svelte')) },
]

export function find(hash: string): { route: Route; params: Record<string, string> } | undefined {
  const path = hash.replace(/^#/, '') || '/'
  for (const route of ROUTES) {
    const match = route.pattern.exec(path)
    if (match) {
      const params = Object.fromEntries(
        Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
      )
      return { route, params }
    }
  }
  return undefined
}
