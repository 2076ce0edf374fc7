import { survives } from './cases.ts';

survives('gateway-timeout', 'truncated', 'garbled', 'slow-to-show');
