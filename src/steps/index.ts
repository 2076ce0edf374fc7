import type { Step } from '../step.ts';
import { athena } from './athena/step.ts';
import { extractor } from './extractor/step.ts';
import { report } from './report/step.ts';

/** The procedure, in its order. */
export const steps: readonly Step[] = [report, athena, extractor];
