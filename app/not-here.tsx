import { setStatus } from '#lib/page-status.ts'
import NotFound from './not-found.tsx'

/** A page that does not exist in this set-up (status 404). Not notFound(): that leaves the page empty without JavaScript. */
export function NotHere() {
  setStatus(404)
  return <NotFound />
}
