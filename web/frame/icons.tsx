import type { ReactElement } from 'react';

/** The app's few pictures, drawn on one grid with one line. */
const drawings = {
  agency: <path d="M3 13.5V4.2L8 2l5 2.2v9.3M1.5 13.5h13M6.2 6.5h0M9.8 6.5h0M6.2 9.3h0M9.8 9.3h0M6.8 13.5v-2h2.4v2" />,
  clients: (
    <path d="M5.8 7.6a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM1.6 13.2c.3-2.4 2-3.8 4.2-3.8s3.9 1.4 4.2 3.8M10.4 3.2a2.2 2.2 0 0 1 0 4.2M12 9.9c1.3.5 2.2 1.7 2.4 3.3" />
  ),
  projects: <path d="M2 3.5h12v9H2zM2 6h12M4 4.75h0M5.8 4.75h0" />,
  onboardings: <path d="M3.2 3.2h0M3.2 8h0M3.2 12.8h0M6.5 3.2H14M6.5 8H14M6.5 12.8H14" />,
  imports: <path d="M8 2v7.5M4.8 6.5 8 9.7l3.2-3.2M2.5 10.5v3h11v-3" />,
  settings: (
    <path d="M2 4.5h6.5M12.5 4.5H14M10.5 6.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM2 11.5h1.5M7.5 11.5H14M5.5 13.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z" />
  ),
  docs: <path d="M3 2.5h7.2L13 5.3v8.2H3zM10 2.5v3h3M5.3 8.2h5.4M5.3 10.8h5.4" />,
  search: <path d="M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14" />,
  chevrons: <path d="m5 6.2 3-3 3 3M5 9.8l3 3 3-3" />,
  person: <path d="M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8ZM2.8 13.6c.4-2.6 2.5-4 5.2-4s4.8 1.4 5.2 4" />,
  check: <path d="m3.5 8.4 3 3 6-6.6" />,
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawings[name]}
    </svg>
  );
}
