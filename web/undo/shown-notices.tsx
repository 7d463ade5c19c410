import '@mantine/notifications/styles.css';
import { Notifications } from '@mantine/notifications';

/** Notices, as they come and go. */
export function ShownNotices() {
  return <Notifications position="bottom-right" />;
}
