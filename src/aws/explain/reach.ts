import { printable, shellWord } from '../../text.ts';
import { again, type Explanation, type Trouble } from './error.ts';

const doctor = 'What can be reached and what can not: spot-cur doctor';

/** Something between this machine and AWS shows a certificate of its own, or AWS's can't be checked. */
export const explainDistrust = (trouble: Trouble): Explanation => ({
  text: `The certificate that answered is not trusted${trouble.call}: ${trouble.message}`,
  advice: [...causeOfDistrust(trouble), ...whoAnswers(trouble), doctor, again],
});

const causeOfDistrust = ({ error: { code = '', $proxy, $host } }: Trouble): readonly string[] => {
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID|.*_FIELD)$/.test(code))
    return [
      "If this machine's clock is off, a good certificate looks out of date. What time it has: date -u",
      `If the clock is right, whoever shows that certificate has to renew it${$proxy ? `: the proxy ${$proxy}` : ''}.`,
    ];
  if (/^(ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH)/.test(code))
    return [
      `It is that of another host: something answers in place of ${$host ?? 'AWS'}, such as a sign-in page of this network, a proxy, or whatever AWS_ENDPOINT_URL names.`,
    ];
  return [
    `${$proxy ? `The proxy ${$proxy} inspects TLS` : 'Behind a proxy that inspects TLS'}: point NODE_EXTRA_CA_CERTS at the certificate of whoever signs for it, in PEM: NODE_EXTRA_CA_CERTS=/path/to/ca.pem spot-cur …`,
  ];
};

const whoAnswers = ({ error: { $host, $proxy } }: Trouble): readonly string[] => {
  if (!$host) return [];
  const at = `${shellWord(/:\d+$/.test($host) ? $host : `${$host}:443`)}${$proxy ? ` -proxy ${shellWord($proxy)}` : ''}`;
  return [`Who shows it: openssl s_client -connect ${at} </dev/null | openssl x509 -noout -subject -issuer -dates`];
};

/** The proxy answered for itself, or does not answer. */
export const explainProxy = ({ call, message, error, code }: Trouble): Explanation => {
  const proxy = error.$proxy ? ` ${error.$proxy}` : '';
  const by = error.$proxyBy ?? 'HTTPS_PROXY';
  const refused = code === 'ProxyRefusal';
  return {
    text: refused
      ? `The proxy${proxy} that ${by} names does not let the request through${call}: ${message}`
      : `AWS can't be reached through the proxy${proxy} that ${by} names${call}: ${message || error.code || code}.`,
    advice: [
      ...(/\b407\b/.test(message)
        ? ['It wants a user name and a password: HTTPS_PROXY=http://user:password@proxy.example:8080 spot-cur …']
        : []),
      ...(error.$proxy && /wrong version number|packet length too long|http request/i.test(message)
        ? [`It may be one in plain http: ${by}=http://${error.$proxy} spot-cur …`]
        : []),
      'Have it allow *.amazonaws.com, name another one with HTTPS_PROXY, or go past it: NO_PROXY=.amazonaws.com spot-cur …',
      doctor,
      again,
    ],
  };
};

/** Something that is not AWS has answered, or AWS's answer was changed on the way. */
export const explainGarbled = ({ call, error }: Trouble): Explanation => {
  const status = error.$metadata?.httpStatusCode;
  return {
    text: `What answered is not in the form of AWS${call}${status === undefined ? '' : `: HTTP status ${status}`}.`,
    advice: [
      'It may have been cut off on the way, or be the sign-in page of this network, a proxy, or a custom endpoint that lacks the service. What AWS answers by another way: aws sts get-caller-identity --region us-east-1',
      doctor,
      again,
    ],
  };
};

/** The connection was there, and ended in the middle of an answer. */
const brokenOff = /^(aborted|premature close|terminated)\.?$/i;

export const explainNetwork = ({ call, message, error, code }: Trouble): Explanation => {
  if (brokenOff.test(message))
    return {
      text: `AWS's answer broke off${call}, and did so each time that it was asked for.`,
      advice: ['The network, or a proxy on the way, cuts answers off.', doctor, again],
    };
  const { $host: host } = error;
  const custom = host !== undefined && !ofAws.test(host);
  return {
    text: `${custom ? `The endpoint ${printable(host)}` : 'AWS'} can't be reached${call}: ${message || error.code || code}.`,
    advice: [
      ...(custom
        ? [
            `A custom endpoint leads there: --endpoint-url, AWS_ENDPOINT_URL or the profile's endpoint_url. See which is set: env | grep AWS_ENDPOINT_URL`,
            ...(loopback.test(host)
              ? ['If it is the simulated AWS, start it again in another terminal: spot-cur simulate']
              : []),
          ]
        : [
            'Check the network. Where a proxy is needed, name it: HTTPS_PROXY=http://proxy.example:8080 spot-cur …',
            'HTTPS_PROXY and NO_PROXY are honoured for every call.',
          ]),
      doctor,
      again,
    ],
  };
};

/** Hosts that AWS itself answers at, without or with a port. */
const ofAws = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|awsapps\.com|amazon\.com)(:\d+)?$/i;
const loopback = /^(localhost|127\.|\[::1\])/;
