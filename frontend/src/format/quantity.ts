// Quantities as people at sea read them. The service speaks SI; knots, nautical miles and degrees are made here.

const KNOT = 1852 / 3600 // [m/s]
const NAUTICAL_MILE = 1852 // [m]

export const toKnots = (speed: number): number => speed / KNOT
export const fromKnots = (knots: number): number => knots * KNOT
export const toDegrees = (radians: number): number => ((radians * 180) / Math.PI + 360) % 360
export const fromDegrees = (degrees: number): number => ((((degrees % 360) + 360) % 360) * Math.PI) / 180
export const toMiles = (metres: number): number => metres / NAUTICAL_MILE

/** 045 */
export function bearing(radians: number): string {
  return String(Math.round(toDegrees(radians)) % 360).padStart(3, '0')
}

/** Whose figures to write: Chromium has none for Azerbaijani, which writes 1.948,6 as German does. */
export const figuresOf = (language: string): string => (language === 'az' ? 'de' : language)

/** 1 decimal under ten, none above, in the language's way. */
export function number(value: number, language: string, digits?: number): string {
  const most = digits ?? (Math.abs(value) < 10 ? 1 : 0)
  return new Intl.NumberFormat(figuresOf(language), { maximumFractionDigits: most }).format(value)
}

/** As many decimals in each, so that figures stand under one another. */
export function fixed(value: number, language: string, digits: number): string {
  return new Intl.NumberFormat(figuresOf(language), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
}

/** The form of a noun after a count; Chromium has no rules for Azerbaijani, whose nouns do not change after one. */
export function counted(count: number, language: string): 'one' | 'few' | 'many' | 'other' {
  const found = language === 'az' ? 'other' : new Intl.PluralRules(language).select(count)
  return found === 'one' || found === 'few' || found === 'many' ? found : 'other'
}

/** Tonnes of a mass [kg]. */
export function tonnes(mass: number, language: string): string {
  return fixed(mass / 1000, language, 1)
}

// The pace slider is logarithmic: 0 to 1 stands for 0.1 to 3600.
const SLOWEST = 0.1
const FASTEST = 3600
export const paceOf = (at: number): number => {
  const pace = SLOWEST * (FASTEST / SLOWEST) ** at
  const digits = pace < 1 ? 1 : pace < 10 ? 0 : -Math.floor(Math.log10(pace)) + 1
  const unit = 10 ** -digits
  return Math.min(FASTEST, Math.max(SLOWEST, Number((Math.round(pace / unit) * unit).toFixed(1))))
}
export const sliderOf = (pace: number): number => Math.log(pace / SLOWEST) / Math.log(FASTEST / SLOWEST)
