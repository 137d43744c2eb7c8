// The OpenLayers side of the map: layers, styles, drawing. The component hands in what to show; nothing here asks.

import Feature from 'ol/Feature'
import Map from 'ol/Map'
import View from 'ol/View'
import { Zoom } from 'ol/control'
import GeoJSON from 'ol/format/GeoJSON'
import { Circle, GeometryCollection, LineString, MultiLineString, Point, Polygon, type Geometry } from 'ol/geom'
import { defaults as defaultInteractions } from 'ol/interaction/defaults'
import Draw from 'ol/interaction/Draw'
import VectorLayer from 'ol/layer/Vector'
import type { MapBrowserEvent } from 'ol'
import VectorSource from 'ol/source/Vector'
import { Circle as CircleStyle, Fill, RegularShape, Stroke, Style, Text } from 'ol/style'
import type { Frame } from '../api/frame'
import type { Base, Boom, Place, Position, Sea, Sighting, Site, Treated, Unit } from '../api/types'
import { RINGS } from '../exercise/tasks'
import { OilLayer } from './points'
import { scaleOf } from './scale'
import { SeaLayer, type SeaLook } from './sea'
import { planeOf, type Plane } from './plane'
import { treatedStyle } from './treated'
import { PALETTES, type Palette } from './palette'

const FONT = '12px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif'

export interface Shown {
  units: Unit[]
  bases: Base[]
  booms: Boom[]
  sightings: Sighting[]
  treated: Treated[]
  when: (place: Treated) => string // its time, in words
  places: Place[]
  parties: string[]
  name: (words: Record<string, string>) => string
  selected: string | undefined // a unit
  route: Position[] | undefined
  sketch: { kind: 'area' | 'line' | 'point'; geometry: Position[] } | undefined
}

export type LayerName = 'oil' | 'units' | 'booms' | 'sightings' | 'treated' | 'places' | 'tasks'

export class Chart {
  readonly #map: Map
  readonly #plane: Plane
  readonly #oil: OilLayer
  readonly #sea = new SeaLayer()
  readonly #sources = {
    land: new VectorSource(),
    grid: new VectorSource(),
    places: new VectorSource(),
    sightings: new VectorSource(),
    treated: new VectorSource(),
    tasks: new VectorSource(),
    booms: new VectorSource(),
    bases: new VectorSource(),
    units: new VectorSource(),
    sketch: new VectorSource(),
  }
  readonly #layers: Record<LayerName, { setVisible(on: boolean): void }>
  readonly #land: VectorLayer
  #palette: Palette
  #draw: Draw | undefined
  #shown: Shown | undefined
  #element: HTMLElement
  #home: [number, number, number, number] | undefined // still to be shown whole
  #site: Site

  constructor(element: HTMLElement, site: Site, theme: 'light' | 'dark', miles: (count: number) => string) {
    this.#element = element
    this.#palette = PALETTES[theme]
    this.#plane = planeOf(site)
    this.#oil = new OilLayer(this.#palette)
    const vector = (source: VectorSource, declutter = false): VectorLayer =>
      new VectorLayer({ source, declutter, updateWhileAnimating: true })
    this.#land = vector(this.#sources.land)
    const grid = vector(this.#sources.grid)
    const places = vector(this.#sources.places, true)
    const sightings = vector(this.#sources.sightings)
    const treated = vector(this.#sources.treated, true)
    const tasks = vector(this.#sources.tasks)
    const booms = vector(this.#sources.booms)
    const bases = vector(this.#sources.bases, true)
    const units = vector(this.#sources.units, true)
    const sketch = vector(this.#sources.sketch)
    const forces = {
      setVisible(on: boolean): void {
        for (const each of [units, bases]) each.setVisible(on)
      },
    }
    this.#layers = { oil: this.#oil, units: forces, booms, sightings, treated, places, tasks }
    this.#map = new Map({
      target: element,
      layers: [this.#land, this.#sea.layer, grid, places, this.#oil, sightings, treated, tasks, booms, bases, units, sketch],
      controls: [new Zoom(), scaleOf(miles)],
      interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false }),
      view: new View({ projection: this.#plane.code, center: [0, 0], resolution: 500, minResolution: 1, maxResolution: 5000, enableRotation: false }),
      keyboardEventTarget: element,
    })
    this.#graticule(site)
    this.#site = site
    this.#home = this.#extent(site)
    this.resize()
    this.setTheme(theme)
  }

  #extent({ bounds: [west, south, east, north] }: Site): [number, number, number, number] {
    const corners = [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [(west + east) / 2, south],
      [(west + east) / 2, north],
    ].map((corner) => this.#plane.forward(corner))
    const xs = corners.map(([x = 0]) => x)
    const ys = corners.map(([, y = 0]) => y)
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
  }

  #graticule({ bounds: [west, south, east, north] }: Site): void {
    const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20].find((each) => (north - south) / each <= 6) ?? 30
    const lines: Feature[] = []
    const line = (from: Position, to: Position): void => {
      const along = Array.from({ length: 33 }, (_, i): Position => [
        from[0] + ((to[0] - from[0]) * i) / 32,
        from[1] + ((to[1] - from[1]) * i) / 32,
      ])
      lines.push(new Feature(new LineString(along.map(this.#plane.forward))))
    }
    const margin = 2 * step
    for (let lon = Math.ceil((west - margin) / step) * step; lon <= east + margin; lon += step) {
      line([lon, Math.max(-89.9, south - margin)], [lon, Math.min(89.9, north + margin)])
    }
    for (let lat = Math.ceil((south - margin) / step) * step; lat <= north + margin; lat += step) {
      if (Math.abs(lat) < 90) line([west - margin, lat], [east + margin, lat])
    }
    this.#sources.grid.addFeatures(lines)
  }

  setTheme(theme: 'light' | 'dark'): void {
    const palette = PALETTES[theme]
    this.#palette = palette
    this.#oil.setPalette(palette)
    this.#land.setStyle(
      new Style({ fill: new Fill({ color: palette.land }), stroke: new Stroke({ color: palette.shore, width: 1 }) }),
    )
    const grid = new Style({ stroke: new Stroke({ color: palette.grid, width: 1 }) })
    this.#sources.grid.getFeatures().forEach((each) => each.setStyle(grid))
    if (this.#shown) this.show(this.#shown)
  }

  setCoast(geojson: unknown): void {
    const read = new GeoJSON().readFeatures(geojson, { dataProjection: 'EPSG:4326', featureProjection: this.#plane.code })
    this.#sources.land.clear()
    this.#sources.land.addFeatures(read)
  }

  setFrame(frame: Frame | undefined): void {
    this.#oil.load(frame, this.#plane)
  }

  /** The sea under everything else; nothing: not shown. */
  setSea(sea: Sea | undefined, look: SeaLook | undefined): void {
    this.#sea.show(sea, look, this.#plane, this.#palette.label)
  }

  setVisible(layer: LayerName, on: boolean): void {
    this.#layers[layer].setVisible(on)
  }

  show(shown: Shown): void {
    this.#shown = shown
    const fill = (source: VectorSource, features: Feature[]): void => {
      source.clear(true)
      source.addFeatures(features)
    }
    fill(this.#sources.places, shown.places.map((place) => this.#place(place, shown)))
    // Each unit's latest look stands out from what it saw before.
    const latest = new globalThis.Map<string, number>()
    for (const { unit, step } of shown.sightings) latest.set(unit, Math.max(step, latest.get(unit) ?? step))
    const inOrder = [...shown.sightings].sort((a, b) => a.step - b.step)
    fill(this.#sources.sightings, inOrder.map((each) => this.#sighting(each, each.step === latest.get(each.unit))))
    // Fires are few, and lie over what was sprayed.
    const treated = [...shown.treated].sort((a, b) => Number(a.treatment === 'burn') - Number(b.treatment === 'burn'))
    fill(this.#sources.treated, treated.map((place) => this.#treated(place, shown)))
    fill(this.#sources.booms, shown.booms.map((boom) => this.#line(boom.line, this.#boomStyle(boom))))
    fill(this.#sources.tasks, shown.units.flatMap((unit) => this.#task(unit, shown)))
    // Bases lie under the units that lie at them.
    fill(this.#sources.bases, shown.bases.map((base) => this.#base(base, shown)))
    fill(this.#sources.units, shown.units.flatMap((unit) => this.#unit(unit, shown)))
    fill(this.#sources.sketch, this.#sketch(shown))
  }

  #text(text: string, colour: string, offset: number, beside = 0): Text {
    return new Text({
      text,
      font: FONT,
      offsetY: offset,
      offsetX: beside,
      textAlign: beside === 0 ? 'center' : 'right',
      fill: new Fill({ color: colour }),
      stroke: new Stroke({ color: this.#palette.halo, width: 3 }),
      overflow: true,
    })
  }

  #place(place: Place, shown: Shown): Feature {
    const geometry: Geometry = place.ring
      ? new Polygon([place.ring.map(this.#plane.forward)])
      : new Circle(this.#plane.forward(place.point ?? [0, 0]), Math.max(place.radius ?? 0, 1))
    const feature = new Feature(geometry)
    const colour = this.#palette.place
    feature.setStyle([
      new Style({ stroke: new Stroke({ color: colour, width: 1.5, lineDash: [5, 3] }), fill: new Fill({ color: `${colour}22` }) }),
      new Style({
        geometry: new Point(centre(geometry)),
        image: new RegularShape({ points: 4, radius: 5, fill: new Fill({ color: colour }), declutterMode: 'none' }),
        text: this.#text(shown.name(place.name), colour, 14),
      }),
    ])
    return feature
  }

  #sighting(sighting: Sighting, latest: boolean): Feature {
    const feature = new Feature(new Polygon([sighting.polygon.map(this.#plane.forward)]))
    const oil = this.#palette.oil[sighting.code]
    feature.setStyle(
      new Style({
        fill: new Fill({ color: `${oil}${latest ? '99' : '2b'}` }),
        stroke: new Stroke({ color: this.#palette.sighting, width: latest ? 1.5 : 0.75, lineDash: latest ? [] : [3, 3] }),
        ...(latest ? { text: this.#text(sighting.sensor === 'radar' ? '?' : String(sighting.code), this.#palette.label, 0) } : {}),
      }),
    )
    return feature
  }

  #treated(place: Treated, shown: Shown): Feature {
    const lines = place.lines.map((line) => line.map(this.#plane.forward))
    const middle = new Point(lines[0]?.[Math.floor((lines[0].length - 1) / 2)] ?? [0, 0])
    // with a point, as a chart shows nothing of a feature without any line
    const feature = new Feature(new GeometryCollection([new MultiLineString(lines.filter((line) => line.length > 1)), middle]))
    feature.setStyle(treatedStyle(place.treatment, middle, this.#palette, (colour) => this.#text(shown.when(place), colour, 16)))
    return feature
  }

  #line(line: Position[], style: Style | Style[]): Feature {
    const feature = new Feature(new LineString(line.map(this.#plane.forward)))
    feature.setStyle(style)
    return feature
  }

  #boomStyle(boom: Boom): Style[] {
    const width = boom.state === 'laying' || boom.state === 'recovering' ? 2 : 3.5
    return [
      new Style({ stroke: new Stroke({ color: this.#palette.halo, width: width + 3 }) }),
      new Style({
        stroke: new Stroke({
          color: this.#palette.boom,
          width,
          lineDash: boom.state === 'laying' || boom.state === 'recovering' ? [3, 5] : boom.state === 'leaking' ? [8, 4] : boom.state === 'dragging' ? [2, 6] : [],
        }),
      }),
    ]
  }

  #task(unit: Unit, shown: Shown): Feature[] {
    if (unit.task == null || unit.task.geometry.length < 2) return []
    const points = unit.task.geometry.map(this.#plane.forward)
    const feature = new Feature(RINGS.has(unit.task.kind) ? new Polygon([points]) : new LineString(points))
    const width = unit.ident === shown.selected ? 2.5 : 1.25
    feature.setStyle(new Style({ stroke: new Stroke({ color: this.#palette.task, width, lineDash: [2, 4] }) }))
    return [feature]
  }

  #unit(unit: Unit, shown: Shown): Feature[] {
    if (unit.position == null) return []
    const feature = new Feature(new Point(this.#plane.forward(unit.position)))
    const order = Math.max(0, shown.parties.indexOf(unit.party))
    const colour = this.#palette.parties[order % this.#palette.parties.length] ?? this.#palette.label
    const fill = new Fill({ color: unit.state === 'off' ? this.#palette.water : colour })
    const stroke = new Stroke({ color: this.#palette.halo, width: 2 })
    const ring = new Stroke({ color: colour, width: 2 })
    // The shape tells what it is for, so that colour is never alone.
    const image = new RegularShape({
      ...SHAPES[shapeOf(unit)],
      fill,
      stroke: unit.state === 'off' ? ring : stroke,
      declutterMode: 'none', // where names would cover each other one is left out, a unit never
    })
    const styles = [new Style({ image, text: this.#text(shown.name(unit.name), this.#palette.label, -16) })]
    if (unit.ident === shown.selected) styles.push(new Style({ image: new CircleStyle({ radius: 13, stroke: ring }) }))
    feature.setStyle(styles)
    return [feature]
  }

  #base(base: Base, shown: Shown): Feature {
    const feature = new Feature(new Point(this.#plane.forward(base.position)))
    const order = Math.max(0, shown.parties.indexOf(base.party))
    const colour = this.#palette.parties[order % this.#palette.parties.length] ?? this.#palette.label
    // A hollow pentagon, like a house: no unit has that shape.
    const image = new RegularShape({
      points: 5,
      radius: 10,
      fill: new Fill({ color: this.#palette.halo }),
      stroke: new Stroke({ color: colour, width: 2.5 }),
      declutterMode: 'none',
    })
    feature.setStyle(new Style({ image, text: this.#text(shown.name(base.name), this.#palette.label, 20, -12) }))
    return feature
  }

  #sketch(shown: Shown): Feature[] {
    const found: Feature[] = []
    if (shown.sketch) {
      const points = shown.sketch.geometry.map(this.#plane.forward)
      const kind = shown.sketch.kind
      const geometry =
        kind === 'area' ? new Polygon([points]) : kind === 'line' ? new LineString(points) : new Point(points[0] ?? [0, 0])
      const feature = new Feature<Geometry>(geometry)
      const stroke = new Stroke({ color: this.#palette.task, width: 2.5 })
      feature.setStyle(
        new Style({
          stroke,
          fill: new Fill({ color: `${this.#palette.task}33` }),
          image: new CircleStyle({ radius: 7, stroke, fill: new Fill({ color: this.#palette.halo }) }),
        }),
      )
      found.push(feature)
    }
    if (shown.route && shown.route.length > 1) {
      found.push(this.#line(shown.route, new Style({ stroke: new Stroke({ color: this.#palette.route, width: 2, lineDash: [8, 6] }) })))
    }
    return found
  }

  /** Let the person draw; `done` gets longitude and latitude. */
  draw(kind: 'area' | 'line' | 'point', done: (geometry: Position[]) => void): void {
    this.cancelDraw()
    const type = kind === 'area' ? 'Polygon' : kind === 'line' ? 'LineString' : 'Point'
    const stroke = new Stroke({ color: this.#palette.task, width: 2.5 })
    this.#draw = new Draw({
      type,
      stopClick: true,
      style: new Style({
        stroke,
        fill: new Fill({ color: `${this.#palette.task}33` }),
        image: new CircleStyle({ radius: 5, stroke, fill: new Fill({ color: this.#palette.halo }) }),
      }),
    })
    this.#draw.on('drawend', ({ feature }) => {
      const geometry = feature.getGeometry()
      let points: number[][] = []
      if (geometry instanceof Polygon) points = (geometry.getCoordinates()[0] ?? []).slice(0, -1)
      else if (geometry instanceof LineString) points = geometry.getCoordinates()
      else if (geometry instanceof Point) points = [geometry.getCoordinates()]
      const lonLat = points.map(this.#plane.inverse).map(([lon = 0, lat = 0]): Position => [round(lon), round(lat)])
      setTimeout(() => this.cancelDraw())
      done(lonLat)
    })
    this.#map.addInteraction(this.#draw)
  }

  cancelDraw(): void {
    if (this.#draw) this.#map.removeInteraction(this.#draw)
    this.#draw = undefined
  }

  /** Where the pointer is, or the middle of the chart when it is moved by keyboard. */
  onPointer(tell: (at: Position) => void): void {
    this.#map.on('pointermove', (event: MapBrowserEvent) => tell(this.#lonLat(event.coordinate)))
    this.#map.getView().on('change:center', () => tell(this.#lonLat(this.#map.getView().getCenter() ?? [0, 0])))
  }

  #lonLat(coordinate: number[]): Position {
    const [lon = 0, lat = 0] = this.#plane.inverse(coordinate)
    return [lon, lat]
  }

  /** The whole site. */
  fitSite(): void {
    this.#fit(this.#extent(this.#site))
  }

  /** Just these places, with some water around them. */
  fitTo(places: readonly Position[]): void {
    if (places.length === 0) return this.fitSite()
    const points = places.map((at) => this.#plane.forward(at))
    const xs = points.map(([x = 0]) => x)
    const ys = points.map(([, y = 0]) => y)
    const [west, south, east, north] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
    const margin = Math.max(1500, 0.08 * Math.max(east - west, north - south))
    this.#fit([west - margin, south - margin, east + margin, north + margin])
  }

  #fit(extent: [number, number, number, number]): void {
    if (this.#element.clientWidth === 0) this.#home = extent // not on screen yet
    else this.#map.getView().fit(extent, { padding: [48, this.#element.clientWidth > 700 ? 230 : 12, 24, 12] }) // clear of the legend
  }

  /** After the language has changed. */
  redraw(): void {
    this.#map.render()
  }

  goTo(at: Position): void {
    const view = this.#map.getView()
    view.setCenter(this.#plane.forward(at))
    if ((view.getResolution() ?? 0) > 150) view.setResolution(150)
  }

  resize(): void {
    if (this.#element.clientWidth === 0) return // a phone shows one thing at a time
    this.#map.updateSize()
    if (this.#home) this.#map.getView().fit(this.#home, { padding: [12, 12, 12, 12] })
    this.#home = undefined
  }

  destroy(): void {
    this.#map.setTarget(undefined)
    this.#map.dispose()
  }
}

// Triangle skims, square booms, diamond acts on oil in other ways, star looks, circle carries and tows.
const SHAPES = {
  skims: { points: 3, radius: 8, angle: 0 },
  booms: { points: 4, radius: 8, angle: Math.PI / 4 },
  treats: { points: 4, radius: 8, angle: 0 },
  looks: { points: 5, radius: 9, radius2: 4, angle: 0 },
  serves: { points: 16, radius: 7, angle: 0 },
} as const
function shapeOf(unit: Unit): keyof typeof SHAPES {
  const first = unit.tasks[0] ?? ''
  if (first === 'skim' || first === 'skim_thickest') return 'skims'
  if (first === 'boom' || first === 'protect' || first === 'tow_boom') return 'booms'
  if (first === 'spray' || first === 'burn' || first === 'clean_shore') return 'treats'
  return first === 'survey' || first === 'patrol' ? 'looks' : 'serves'
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5

function centre(geometry: Geometry): number[] {
  const [west = 0, south = 0, east = 0, north = 0] = geometry.getExtent()
  return [(west + east) / 2, (south + north) / 2]
}
