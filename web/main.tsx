import '@mantine/core/styles.css';
import './theme/app.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connection } from './data/connection.ts';
import { queries } from './data/queries.ts';
import { router } from './router.tsx';
import { cssVariables, theme } from './theme/theme.ts';
import { Notices } from './undo/notices.tsx';

const place = document.getElementById('app');
if (!place) throw new Error('the page has no place for the app');

// The style tags that the app adds by itself carry the nonce of this page, or its policy would not let them be.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
Object.assign(globalThis, { __webpack_nonce__: nonce });

window.addEventListener('offline', connection.missed);

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <Notices />
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
