// A font in which every character of every script is the same bar, and a space is a space. With it, what a page looks like
// depends on no font of the machine: lines break where they break elsewhere, and a text is where its bars are.
// The format: https://learn.microsoft.com/typography/opentype/spec/otff

const UNITS = 1000
const ADVANCE = 500
const ASCENT = 800
const DESCENT = 200

/** The first is for what is missing, which nothing is; then the bar, the blank, and one that takes no room. */
const GLYPHS = 4
const [BAR, BLANK, NOTHING] = [1, 2, 3]

/**
 * What is no bar, in order: gaps, and the marks above and below letters, which each version of a browser places in its own
 * way. First and last character, and the glyph.
 */
const OTHERS = [
  [0x20, 0x20, BLANK],
  [0xa0, 0xa0, BLANK],
  [0x300, 0x36f, NOTHING],
  [0x64b, 0x65f, NOTHING],
  [0x670, 0x670, NOTHING],
] as const

/**
 * Makes the font.
 *
 * @returns a TrueType file
 */
export function barFont(): Buffer {
  const bar = glyph(50, 0, 450, 500)
  const tables: Record<string, Buffer> = {
    'OS/2': os2(),
    cmap: cmap(),
    glyf: bar,
    head: head(),
    hhea: hhea(),
    hmtx: shorts(ADVANCE, 0, ADVANCE, 0, ADVANCE, 0, 0, 0),
    loca: shorts(0, 0, bar.length / 2, bar.length / 2, bar.length / 2),
    maxp: Buffer.concat([longs(0x00010000), shorts(GLYPHS, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: shorts(0, 0, 6),
    post: Buffer.concat([longs(0x00030000, 0), shorts(-100, 50), longs(0, 0, 0, 0, 0)]),
  }
  return file(tables)
}

/** A box, its corners in the order that fills it. */
function glyph(left: number, bottom: number, right: number, top: number): Buffer {
  const width = right - left
  const height = top - bottom
  const contour = shorts(1, left, bottom, right, top, 3, 0)
  const onCurve = Buffer.from([1, 1, 1, 1])
  return Buffer.concat([contour, onCurve, shorts(left, 0, width, 0, bottom, height, 0, -height)])
}

/** Each character is a bar (format 13: many to one), but for OTHERS. */
function cmap(): Buffer {
  let next = 0
  const groups = OTHERS.flatMap(([first, last, other]) => {
    const bars = longs(next, first - 1, BAR)
    next = last + 1
    return [bars, longs(first, last, other)]
  })
  groups.push(longs(next, 0x10ffff, BAR))
  const length = 16 + 12 * groups.length
  const subtable = Buffer.concat([shorts(13, 0), longs(length, 0, groups.length), ...groups])
  return Buffer.concat([shorts(0, 1, 3, 10), longs(12), subtable])
}

function head(): Buffer {
  const created = Buffer.alloc(16)
  return Buffer.concat([
    longs(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
    shorts(3, UNITS),
    created,
    shorts(0, -DESCENT, UNITS, ASCENT, 0, 8, 2, 0, 0),
  ])
}

function hhea(): Buffer {
  return Buffer.concat([
    longs(0x00010000),
    shorts(ASCENT, -DESCENT, 0, ADVANCE, 0, 0, ADVANCE, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS),
  ])
}

function os2(): Buffer {
  const before = shorts(4, ADVANCE, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 480, 50, 250, 0)
  const panose = Buffer.alloc(10)
  const after = shorts(0x40, 0x20, 0xffff, ASCENT, -DESCENT, 0, ASCENT, DESCENT)
  return Buffer.concat([before, panose, longs(0, 0, 0, 0, 0), after, longs(0, 0), shorts(500, 700, 0, 0x20, 1)])
}

function file(tables: Readonly<Record<string, Buffer>>): Buffer {
  const names = Object.keys(tables)
  const power = 2 ** Math.floor(Math.log2(names.length))
  const header = Buffer.concat([
    longs(0x00010000),
    shorts(names.length, power * 16, Math.log2(power), (names.length - power) * 16),
  ])
  let offset = header.length + 16 * names.length
  const records: Buffer[] = []
  const bodies: Buffer[] = []
  for (const [name, table] of Object.entries(tables)) {
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)])
    records.push(Buffer.from(name), longs(sum(padded), offset, table.length))
    bodies.push(padded)
    offset += padded.length
  }
  return Buffer.concat([header, ...records, ...bodies])
}

function sum(table: Buffer): number {
  let total = 0
  for (let at = 0; at < table.length; at += 4) total = (total + table.readUInt32BE(at)) >>> 0
  return total
}

function shorts(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) buffer.writeUInt16BE(value & 0xffff, index * 2)
  return buffer
}

function longs(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value >>> 0, index * 4)
  return buffer
}
