// What a tab keeps from page to page. Where storage is blocked, nothing is kept, and each page starts anew.

/** The text that is kept under a name, if one is. */
export function recall(name: string): string | null {
  try {
    return sessionStorage.getItem(name)
  } catch {
    return null
  }
}

/** Keeps a text under a name; undefined forgets it. */
export function keep(name: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(name)
    else sessionStorage.setItem(name, text)
  } catch {
    // Blocked.
  }
}
