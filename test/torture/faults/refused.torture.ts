import { survives } from './cases.ts';

survives('throttled', 'server-error', 'unavailable', 'gateway-page', 'expired-token', 'access-denied', 'clock-skew');
