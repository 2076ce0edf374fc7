/** What the procedure calls report and bucket, and the prefix in it. */
export const procedureName = 'spotinst-cur-report';
export const procedurePrefix = 'spotinst_eco';
