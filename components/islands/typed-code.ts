/**
 * A code as Kratos takes it, out of what was typed or pasted: `123 456`, `123-456`, or a whole sentence with one code in
 * it. What holds no code, or more than one, stays as it is.
 *
 * @param text the value of a field for a code by message or of an authenticator app
 */
export function codeIn(text: string): string {
  if (/^[\d\s-]*$/.test(text)) return text.replace(/\D/g, '')
  const whole = [...text.matchAll(/(?<!\d)\d{6,8}(?!\d)/g)]
  const halves = [...text.matchAll(/(?<!\d)\d{3,4}[\s-]\d{3,4}(?!\d)/g)]
  const [only, ...others] = whole.length > 0 ? whole : halves
  return only && others.length === 0 ? only[0].replace(/\D/g, '') : text
}

/** A backup code without the blanks that come along from a list or a print-out. */
export function backupCodeIn(text: string): string {
  return text.replace(/\s/g, '')
}
