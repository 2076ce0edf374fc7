import { randomRuns } from './random-runs.ts';

randomRuns(1, 2);
