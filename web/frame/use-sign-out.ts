import { useNavigate } from '@tanstack/react-router';
import { signOut } from '../data/identity.ts';
import { queries } from '../data/queries.ts';
import { sayRefused } from '../undo/offer-undo.tsx';

/** The way out: the session ends, and nothing of what was read stays behind. */
export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    try {
      await signOut();
    } catch (error) {
      return sayRefused(error);
    }
    queries.clear();
    await navigate({ to: '/sign-in' });
  };
}
