import { expect, test } from 'vitest';
import { windowless } from '../../src/terminal/open-file.ts';

const ssh = { SSH_CONNECTION: '10.0.0.1 5000 10.0.0.2 22' };

test.each<[string, string, Record<string, string>, RegExp | undefined]>([
  ['a Linux desktop with X', 'linux', { DISPLAY: ':0' }, undefined],
  ['a Linux desktop with Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, undefined],
  ['a Linux server', 'linux', {}, /no display/],
  ['an empty DISPLAY', 'linux', { DISPLAY: '' }, /no display/],
  ['Linux over SSH', 'linux', ssh, /SSH/],
  ['Linux over SSH with X forwarding', 'linux', { ...ssh, DISPLAY: 'localhost:10.0' }, undefined],
  ['Windows behind WSL', 'linux', { WSL_DISTRO_NAME: 'Ubuntu' }, undefined],
  ['WSL over SSH', 'linux', { WSL_DISTRO_NAME: 'Ubuntu', ...ssh }, /SSH/],
  ['a Mac', 'darwin', {}, undefined],
  ['a Mac over SSH', 'darwin', { SSH_TTY: '/dev/ttys001' }, /SSH/],
  ['Windows', 'win32', {}, undefined],
  ['Windows over SSH', 'win32', ssh, /SSH/],
])('%s', (_, platform, env, why) => {
  const found = windowless({ env, platform });
  if (why) expect(found).toMatch(why);
  else expect(found).toBeUndefined();
});
