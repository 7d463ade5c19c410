/** Where to go once one is signed in; kept over the way through a mailbox, which leads back in another window. */
const key = 'foyer.afterwards';

export function keepAfterwards(to: string | undefined): void {
  if (to) localStorage.setItem(key, to);
}

export function takeAfterwards(): string {
  const to = localStorage.getItem(key) ?? '/agency';
  localStorage.removeItem(key);
  return /^\/(?![/\\])/.test(to) ? to : '/agency';
}
