import { expect, test } from 'vitest'
import { readForms, readLinks } from './forms.ts'

const PAGE = `<a class="x" href="/logout?a=1&amp;b=2">out</a>
<form action="/post?flow=1&amp;x=2" method="post"><input type="hidden" name="csrf_token" value="a&#x27;b"/>
<input name="email" value=""/><input type="checkbox" name="no" value="1"/>
<input type="checkbox" checked="" name="yes" value="1"/><input disabled="" type="submit" name="go" value="1"/>
<button name="method" value="password" type="submit">Go</button></form><form></form>`

test('reads what a form sends, where to, and its buttons', () => {
  const [form, empty] = readForms(PAGE)
  expect(form).toEqual({
    action: '/post?flow=1&x=2',
    method: 'post',
    fields: new Map([
      ['csrf_token', "a'b"],
      ['email', ''],
      ['yes', '1'],
    ]),
    buttons: [
      ['go', '1'],
      ['method', 'password'],
    ],
  })
  expect(empty).toEqual({ action: '', method: 'get', fields: new Map(), buttons: [] })
})

test('reads the targets of links', () => {
  expect(readLinks(PAGE)).toEqual(['/logout?a=1&b=2'])
})
