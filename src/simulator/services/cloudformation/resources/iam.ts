import { createHash } from 'node:crypto';
import { generatedName, handlerFailure, type Kind, removeWhere, text } from './kind.ts';

/** AWS's ids of roles: AROA and 17 letters and digits, the same for the same role. */
export const roleId = (account: string, name: string): string =>
  `AROA${createHash('sha256').update(`${account}/${name}`).digest('hex').toUpperCase().slice(0, 17)}`;

export const iamRole: Kind = {
  identify: (properties, place) => {
    const name = text(properties.RoleName) ?? generatedName(place);
    const arn = `arn:aws:iam::${place.account.id}:role${text(properties.Path) ?? '/'}${name}`;
    return { physicalId: name, attributes: { Arn: arn, RoleId: roleId(place.account.id, name) } };
  },
  create: (properties, { physicalId: name }, place) => {
    if (place.account.roles.some((role) => role.name === name)) {
      throw handlerFailure(`Role with name ${name} already exists.`, 'Iam', 'AlreadyExists', place);
    }
    place.account.roles.push({
      name,
      path: text(properties.Path) ?? '/',
      created: place.now,
      trust: properties.AssumeRolePolicyDocument,
    });
  },
  remove: (_, { physicalId: name }, { account }) => removeWhere(account.roles, (role) => role.name === name),
};

/** An inline policy: the world keeps no policies, so that it is a name and nothing more. */
export const iamPolicy: Kind = {
  identify: (_, place) => ({ physicalId: generatedName(place).slice(0, 32), attributes: {} }),
};

export const iamManagedPolicy: Kind = {
  identify: (properties, place) => {
    const name = text(properties.ManagedPolicyName) ?? generatedName(place);
    const arn = `arn:aws:iam::${place.account.id}:policy${text(properties.Path) ?? '/'}${name}`;
    return { physicalId: arn, attributes: { PolicyArn: arn } };
  },
};
