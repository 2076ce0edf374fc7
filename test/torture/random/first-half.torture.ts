import { randomRuns } from './random-runs.ts';

randomRuns(0, 2);
