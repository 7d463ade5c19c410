import { lazy, Suspense, useEffect, useState } from 'react';

const ShownNotices = lazy(async () => ({ default: (await import('./shown-notices.tsx')).ShownNotices }));

/** Where notices are shown. What draws them is loaded once the page stands, and so is there when the connection is not. */
export function Notices() {
  const [stands, setStands] = useState(false);
  useEffect(() => whenIdle(() => setStands(true)), []);
  return <Suspense>{stands && <ShownNotices />}</Suspense>;
}

/** Not every browser tells when it has nothing to do. */
function whenIdle(then: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const asked = requestIdleCallback(then);
    return () => cancelIdleCallback(asked);
  }
  const asked = setTimeout(then, 500);
  return () => clearTimeout(asked);
}
