/** The one region of the whole procedure, whatever AWS_REGION says. */
export const region = 'us-east-1';
