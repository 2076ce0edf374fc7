import { type Power, words } from './power.ts';
import { askSpot } from './rule.ts';

/** Actions that change or take on who someone is. Titles follow the name of what has the right. */
export const identityPowers: readonly Power[] = [
  {
    rule: 'iam-write',
    level: 'alarm',
    title: 'may change who may do what in this account (IAM writes)',
    advice: `Whoever can write IAM can give themselves everything. ${askSpot}`,
    actions: ['iam:*'],
    except: ['iam:Get*', 'iam:List*', 'iam:Simulate*', 'iam:Generate*', 'iam:Pass*'],
  },
  {
    rule: 'pass-existing-role',
    level: 'alarm',
    title: 'may hand roles that exist already to AWS services (iam:PassRole)',
    advice: 'It can act with the rights of any such role. Ask for iam:PassRole on the roles of this template only.',
    actions: ['iam:PassRole'],
    ownTypes: /^AWS::IAM::Role$/,
  },
  {
    rule: 'sts',
    level: 'alarm',
    title: 'may take on other identities (STS)',
    advice: `It can act as other roles, in this account or outside. ${askSpot}`,
    actions: ['sts:*'],
    except: words(`
      sts:GetCallerIdentity sts:GetAccessKeyInfo sts:DecodeAuthorizationMessage sts:GetServiceBearerToken`),
    ownTypes: /^AWS::IAM::Role$/,
  },
  {
    rule: 'sign-in-tokens',
    level: 'alarm',
    title: 'may fetch what signs in to servers, databases or applications of this account',
    advice: `Nothing that exports billing data has to sign in anywhere else. ${askSpot}`,
    actions: words(`
      redshift:GetClusterCredentials* redshift-serverless:GetCredentials lightsail:GetInstanceAccessDetails
      lightsail:DownloadDefaultKeyPair lightsail:GetRelationalDatabaseMasterUserPassword
      elasticmapreduce:GetClusterSessionCredentials cognito-identity:GetOpenId* cognito-identity:GetCredentialsForIdentity
      codeartifact:GetAuthorizationToken rds-db:connect eks:AccessKubernetesApi dsql:DbConnect*`),
  },
  {
    rule: 'secrets',
    level: 'alarm',
    title: 'may read the passwords of connections of the data catalog',
    advice: `Nothing that exports billing data has to know other secrets. ${askSpot}`,
    actions: ['glue:GetConnection', 'glue:GetConnections'],
    where: 'arn:aws:glue:*:*:connection/?*',
  },
  {
    rule: 'secrets',
    level: 'alarm',
    title: 'may read or change secrets that exist already',
    advice: `Nothing that exports billing data has to know other secrets. ${askSpot}`,
    actions: ['secretsmanager:*', 'ssm:GetParameter*', 'ssm:PutParameter', 'ssm:DeleteParameter*'],
    except: words(`
      secretsmanager:List* secretsmanager:Describe* secretsmanager:GetRandomPassword
      secretsmanager:GetResourcePolicy`),
    ownTypes: /^AWS::(SecretsManager::Secret|SSM::Parameter)$/,
  },
  {
    rule: 'key-administration',
    level: 'alarm',
    title: 'may change or disable encryption keys that exist already, or give others the use of them',
    advice: askSpot,
    actions: ['kms:*'],
    except: words(`
      kms:Decrypt kms:Encrypt kms:ReEncrypt* kms:GenerateDataKey* kms:GenerateRandom kms:Describe* kms:Get*
      kms:List* kms:Verify* kms:Sign`),
    ownTypes: /^AWS::KMS::Key$/,
  },
  {
    rule: 'decrypt',
    level: 'warning',
    title: 'may decrypt with keys that exist already, where their policies agree',
    advice: "Reading an encrypted report needs this. Better is a template that names the report's key.",
    actions: ['kms:Decrypt', 'kms:ReEncryptFrom'],
    ownTypes: /^AWS::KMS::Key$/,
  },
  {
    rule: 'organization-write',
    level: 'alarm',
    title: 'may change the organization, its accounts or its sign-in',
    advice: `From a management account this reaches every member account. ${askSpot}`,
    actions: words(`
      organizations:* account:* sso:* sso-directory:* identitystore:* controltower:* ram:* rolesanywhere:*`),
    except: words(`
      organizations:List* organizations:Describe* account:Get* account:List* sso:List* sso:Describe* sso:Get*
      identitystore:List* identitystore:Describe* controltower:List* controltower:Get* ram:List* ram:Get*
      rolesanywhere:List* rolesanywhere:Get*`),
  },
];
