// The bar that tells how long a nautical mile is, in the reader's words: OpenLayers knows its English letters only.

import { ScaleLine } from 'ol/control'
import type MapEvent from 'ol/MapEvent'

/** `miles` writes a count of nautical miles. */
export function scaleOf(miles: (count: number) => string): ScaleLine {
  return new ScaleLine({
    units: 'nautical',
    render(this: ScaleLine, event: MapEvent): void {
      ScaleLine.prototype.render.call(this, event)
      const inner = (this as unknown as { element: HTMLElement }).element.querySelector<HTMLElement>('.ol-scale-line-inner')
      if (inner) retell(inner, miles)
    },
  })
}

/** It writes its text anew only where the length has changed, so the count is kept for a change of language. */
export function retell(inner: HTMLElement, miles: (count: number) => string): void {
  const found = /^([\d.]+) NM$/.exec(inner.textContent ?? '')
  if (found) inner.dataset['miles'] = found[1]
  const count = inner.dataset['miles']
  if (count === undefined) return
  const said = miles(Number(count))
  if (inner.textContent !== said) inner.textContent = said
}
