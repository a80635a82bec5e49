/** A link as any page has one: lib/jsx.test.tsx sees what becomes of it. */
export const page = <a href="/login">Log in</a>
