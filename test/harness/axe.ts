import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const options: axe.RunOptions = { resultTypes: ['violations'] };

/** What axe complains of on the page and in its frames, each with the element and how to mend it. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await axe.finishRun(await partialResults(page.mainFrame()), options);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

/** Of a frame and those in it, as `finishRun` takes them: they are put together here, for which axe's own builder opens a window each time. */
async function partialResults(frame: Frame, context?: axe.SerialContextObject): Promise<axe.PartialResults> {
  // Hundreds of kilobytes either way: the script goes there once a page, and results come as one text, for the browser's driver looks into every object.
  if (!(await frame.evaluate<boolean>("'axe' in globalThis"))) await frame.evaluate(axe.source);
  const asked = `${JSON.stringify(context) ?? 'document'}, ${JSON.stringify(options)}`;
  const result = await frame.evaluate<string>(`axe.runPartial(${asked}).then(JSON.stringify)`);
  // What axe said, as it said it.
  const results: axe.PartialResults = [JSON.parse(result) as axe.PartialResult];
  if (frame.childFrames().length === 0) return results;
  for (const { frameSelector, frameContext } of await frame.evaluate<axe.FrameContext[]>(`axe.utils.getFrameContexts(${asked})`)) {
    const element = await frame.evaluateHandle(`axe.utils.shadowSelect(${JSON.stringify(frameSelector)})`);
    const inside = await element.asElement()?.contentFrame();
    results.push(...(inside ? await partialResults(inside, frameContext) : [null]));
  }
  return results;
}
