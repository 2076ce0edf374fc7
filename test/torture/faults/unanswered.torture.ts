import { survives } from './cases.ts';

survives('reset-before', 'reset-after', 'hang-before', 'hang-after');
