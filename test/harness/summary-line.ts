import type { Reporter, TestModule, TestSuite } from 'vitest/node';

/** Prints `N passed, N failed` as the very last line of the run; what fails outside a test counts as a failure too. */
export class SummaryLine implements Reporter {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  onInit(): void {
    // The servers are stopped after the last report, so the line waits for the process to end.
    process.once('exit', (code) => process.stdout.write(`${this.#line(code)}\n`));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state).length;
    this.#passed = inState('passed');
    this.#skipped = inState('skipped');
    this.#failed = inState('failed') + inState('pending') + modules.flatMap(brokenParts).length + unhandledErrors.length;
  }

  #line(exitCode: number): string {
    // A run that fails without a failed test (no test found, a server that did not start) has failed as a whole.
    const failed = this.#failed === 0 && exitCode !== 0 ? 1 : this.#failed;
    return `${this.#passed} passed, ${failed} failed${this.#skipped > 0 ? `, ${this.#skipped} skipped` : ''}`;
  }
}

/** The files that could not be loaded, and the suites whose hooks failed. */
function brokenParts(module: TestModule): (TestModule | TestSuite)[] {
  return [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0);
}
