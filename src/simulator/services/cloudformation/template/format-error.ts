import { ServiceError } from '../../../service.ts';

/** A template that CloudFormation refuses: a ValidationError in its words. */
export const formatError = (message: string, kind = 'Template format error'): ServiceError =>
  new ServiceError('ValidationError', `${kind}: ${message}`);
