import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Runs the kinds in the order in which they are configured rather than by their names; of each kind the files that take longest come first. */
export class KindsInTurn extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const kinds = this.ctx.projects.map(({ name }) => name);
    const turnOf = ({ project }: TestSpecification) => kinds.indexOf(project.name);
    const longestFirst = await super.sort(files);
    return longestFirst.toSorted((one, other) => turnOf(one) - turnOf(other));
  }
}
