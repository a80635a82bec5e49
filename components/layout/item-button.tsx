type Props = { look?: string; name: string; value: string; label: string; of: string }

/** A button beside one of several things: read out, its name says which one it acts on. */
export function ItemButton({ look = 'button button-secondary', label, of, ...sent }: Props) {
  return (
    <button className={look} type="submit" {...sent} aria-label={`${label}: ${of}`}>
      {label}
    </button>
  )
}
