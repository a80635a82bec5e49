/**
 * A link target that came from Kratos, if it can be followed: http(s), or a path on this origin.
 *
 * @param href the value as it came
 * @returns the same value, or undefined for any other scheme, for `//host` and for what is no URL
 */
export function safeHref(href: string): string | undefined {
  if (isOwnPath(href)) return href
  const url = URL.parse(href)
  return url && /^https?:$/.test(url.protocol) ? href : undefined
}

/** Whether a URL is a path on this origin. Browsers drop tabs and line breaks: `/<tab>/host` would be `//host`. */
export function isOwnPath(target: string): boolean {
  return /^\/(?![/\\])/.test(target) && !/[\t\r\n]/.test(target)
}

/**
 * An image source that came from Kratos, if it may be shown: a data: image, as for the TOTP QR code. The CSP allows no
 * other host either.
 */
export function safeImage(src: string): string | undefined {
  return /^data:image\/(png|jpeg|gif|webp);base64,[\w+/=]+$/.test(src) ? src : undefined
}
