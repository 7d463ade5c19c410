import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

/** Where on the page the fault is, its element says. */
const options: axe.RunOptions = { resultTypes: ['violations'], selectors: false };
/** The half that is left of it without what only people read. */
const script = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe complains of on the page and in its frames, each with the element and how to mend it. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const violations = await violationsOf(page.mainFrame());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

async function violationsOf(frame: Frame): Promise<axe.Result[]> {
  if (frame.childFrames().length > 0) return (await axe.finishRun(await partialResults(frame), options)).violations;
  await bringAxe(frame);
  // Where there is nothing to be put together, each element that no rule complains of needs no description.
  const violations = await frame.evaluate<string>(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => JSON.stringify(violations))`);
  // What axe said, as it said it.
  return JSON.parse(violations) as axe.Result[];
}

/** Of a frame and those in it, as `finishRun` takes them: they are put together here, for which axe's own builder opens a window each time. */
async function partialResults(frame: Frame, context?: axe.SerialContextObject): Promise<axe.PartialResults> {
  await bringAxe(frame);
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

/** Hundreds of kilobytes either way: the script goes there once a page, and results come as one text, for the browser's driver looks into every object. */
async function bringAxe(frame: Frame): Promise<void> {
  if (!(await frame.evaluate<boolean>("'axe' in globalThis"))) await frame.evaluate(script);
}
