import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = ['#f0f3fe', '#dfe5fb', '#bcc9f6', '#95a9f0', '#7790eb', '#5f7ce4', '#4a67d9', '#3f5bd1', '#344cb2', '#293d90'];
const dark: MantineColorsTuple = ['#dfe2e8', '#b6bbc6', '#98a0ae', '#6d7584', '#464c58', '#333842', '#282c34', '#1c1f25', '#15171c', '#0e1013'];

/** One accent, neutral greys, the system's own font; everything else is in `app.css`. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
});

const readable = { '--mantine-color-placeholder': 'var(--quiet)', '--mantine-color-dimmed': 'var(--quiet)', '--mantine-color-body': 'var(--panel)' };

/** The library's fainter greys are too faint to be read by everyone. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: readable, dark: readable });
