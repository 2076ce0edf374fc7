import { Chalk } from 'chalk';

/** How text looks by what it means. Each takes text and gives it back, coloured or not. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly bad: (text: string) => string;
  /** Something to type. */
  readonly command: (text: string) => string;
  readonly banner: (text: string) => string;
}

export const style = (coloured: boolean): Style => {
  const chalk = new Chalk({ level: coloured ? 1 : 0 });
  return {
    heading: chalk.bold.cyan,
    strong: chalk.bold,
    faint: chalk.dim,
    good: chalk.green,
    warning: chalk.yellow,
    bad: chalk.red,
    command: chalk.cyan,
    banner: chalk.black.bgYellow,
  };
};
