const retryMs = 1_000;

interface StreamListener {
  /** Given the data of each event of that name. */
  onEvent: (data: string) => void;
  /** Told each time it is connected: what happened in between may have gone by unheard. */
  onOpen?: () => void;
  /** Told each time something else answers in the place of the stream: whoever reads may not any more. */
  onGivenUp?: () => void;
}

/**
 * Reads a stream of server-sent events until the returned function is called. Hidden pages let go of it, for a browser has few connections to
 * one server. The browser connects again by itself when the connection breaks, and gives up when something else answers; then this does.
 */
export function followStream(url: string, name: string, { onEvent, onOpen, onGivenUp }: StreamListener): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const open = () => {
    close();
    if (document.hidden) return;
    const opened = new EventSource(url);
    source = opened;
    opened.addEventListener(name, ({ data }) => onEvent(String(data)));
    opened.addEventListener('open', () => onOpen?.());
    opened.addEventListener('error', () => {
      if (opened.readyState !== EventSource.CLOSED) return;
      onGivenUp?.();
      retry = setTimeout(open, retryMs);
    });
  };
  open();
  document.addEventListener('visibilitychange', open);
  return () => {
    document.removeEventListener('visibilitychange', open);
    close();
  };
}
