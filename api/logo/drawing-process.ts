import { drawLogo } from './draw-logo.ts';

// A process that draws one logo. Whoever wants it ends the process; where they are gone, a drawing under way would keep it from ending by itself.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.once('message', async (svg: Buffer) => process.send?.(await drawLogo(svg, true)));
