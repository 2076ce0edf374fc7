import { again, type Explanation, type Trouble } from './error.ts';

const doctor = 'What can be reached and what can not: spot-cur doctor';

/** Something between this machine and AWS shows a certificate of its own, or AWS's can't be checked. */
export const explainDistrust = ({ call, message, error }: Trouble): Explanation => ({
  text: `The certificate that answered is not trusted${call}: ${message}`,
  advice: [
    ...(error.code === 'CERT_HAS_EXPIRED' || error.code === 'CERT_NOT_YET_VALID'
      ? ["If this machine's clock is off, a good certificate looks wrong: set the clock first."]
      : []),
    `${error.$proxy ? `The proxy ${error.$proxy} inspects TLS` : 'Behind a proxy that inspects TLS'}: point NODE_EXTRA_CA_CERTS at the certificate of whoever signs for it, in PEM: NODE_EXTRA_CA_CERTS=/path/to/ca.pem spot-cur …`,
    doctor,
    again,
  ],
});

/** The proxy answered for itself, or does not answer. */
export const explainProxy = ({ call, message, error, code }: Trouble): Explanation => {
  const proxy = error.$proxy ? ` ${error.$proxy}` : '';
  const refused = code === 'ProxyRefusal';
  return {
    text: refused
      ? `The proxy${proxy} that HTTPS_PROXY names does not let the request through${call}: ${message}`
      : `AWS can't be reached through the proxy${proxy} that HTTPS_PROXY names${call}: ${message || error.code || code}.`,
    advice: [
      ...(/\b407\b/.test(message)
        ? ['It wants a user name and a password: HTTPS_PROXY=http://user:password@proxy.example:8080 spot-cur …']
        : []),
      'Have it allow *.amazonaws.com, name another one with HTTPS_PROXY, or go past it: NO_PROXY=.amazonaws.com spot-cur …',
      doctor,
      again,
    ],
  };
};

export const explainNetwork = ({ call, message, error, code }: Trouble): Explanation => ({
  text: `AWS can't be reached${call}: ${message || error.code || code}.`,
  advice: [
    'Check the network. Where a proxy is needed, name it: HTTPS_PROXY=http://proxy.example:8080 spot-cur …',
    'HTTPS_PROXY and NO_PROXY are honoured for every call.',
    doctor,
    again,
  ],
});
