/** The access key: taken from the address once (`#key=…`), then kept on this device. */

const STORAGE_NAME = 'tsubaki.key'

export function keyInFragment(fragment: string): string | null {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('key')
}

/** Take the key out of the address bar, so that it is not shown, bookmarked or passed on. */
export function takeKey(): string | null {
  const given = keyInFragment(location.hash)
  if (given) {
    history.replaceState(null, '', location.pathname + location.search)
    keepKey(given)
  }
  return given ?? localStorage.getItem(STORAGE_NAME)
}

export function keepKey(key: string): void {
  localStorage.setItem(STORAGE_NAME, key)
}

export function forgetKey(): void {
  localStorage.removeItem(STORAGE_NAME)
}
