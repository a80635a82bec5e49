// Every target that somebody else names (Kratos, Hydra, an application, a query) goes through one of these.

/** Browsers drop tabs and line breaks out of URLs, and nobody needs the others: `/<tab>/host` would be `//host`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/

/**
 * Reads an absolute http(s) URL.
 *
 * @returns undefined for anything else, and for one with a user's name: `https://bank.example@evil.example` lies
 */
export function parseWebUrl(value: unknown): URL | undefined {
  const url = typeof value === 'string' && !CONTROL.test(value) ? URL.parse(value) : null
  return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : undefined
}

/**
 * A link target that came from Kratos, if it can be followed: http(s), or a path on this origin.
 *
 * @returns the same value, or undefined for any other scheme, for `//host` and for what is no URL
 */
export function safeHref(href: string): string | undefined {
  return isOwnPath(href) || parseWebUrl(href) ? href : undefined
}

/** Whether a URL is a path on this origin. */
export function isOwnPath(target: string): boolean {
  return /^\/(?![/\\])/.test(target) && !CONTROL.test(target)
}

/**
 * An image source that came from Kratos, if it may be shown: a data: image, as for the TOTP QR code. The CSP allows no
 * other host either.
 */
export function safeImage(src: string): string | undefined {
  return /^data:image\/(png|jpeg|gif|webp);base64,[\w+/=]+$/.test(src) ? src : undefined
}
