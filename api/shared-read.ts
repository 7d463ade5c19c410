/**
 * Lets those who ask for the same at the same time share a read, and nobody be answered by one that began before they asked: whoever comes while a
 * read is under way waits, together with all others, for the next.
 */
export function shareReads<Name, T>(read: (name: Name) => Promise<T>): (name: Name) => Promise<T> {
  const lines = new Map<Name, { current: Promise<T>; next?: Promise<T> }>();

  function begin(name: Name): Promise<T> {
    const line = { current: read(name) };
    lines.set(name, line);
    const end = () => {
      if (lines.get(name) === line && !('next' in line)) lines.delete(name);
    };
    line.current.then(end, end);
    return line.current;
  }

  return (name) => {
    const line = lines.get(name);
    if (!line) return begin(name);
    const beginNext = () => begin(name);
    line.next ??= line.current.then(beginNext, beginNext);
    return line.next;
  };
}
