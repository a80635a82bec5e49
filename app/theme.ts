import 'server-only'
import { headers } from 'next/headers'
import { cookieValue } from '#lib/cookies.ts'

/** A theme, of a cookie or a form that anybody may have written; undefined is that of the device. */
export const themeOf = (value: string | null | undefined) => (['light', 'dark'] as const).find((one) => one === value)

/** The theme that was chosen on app/preferences/page.tsx. */
export const getTheme = async () => themeOf(cookieValue((await headers()).get('cookie'), 'theme'))
