import { createSimulator } from '../../../src/simulator/handler.ts';
import { crawlerTemplate } from '../../../src/simulator/templates/crawler.ts';
import { accountOf } from '../../../src/simulator/world.ts';
import { simulatedClients } from '../../support/simulated-clients.ts';

export const payer = '111122223333';

/** A simulated AWS whose clock moves only when it is pushed, one account in it, and that account's CloudFormation client. */
export const stage = (account = payer) => {
  const start = Date.UTC(2026, 7, 3, 9);
  const simulator = createSimulator({ wall: () => start });
  const { cloudformation, s3 } = simulatedClients(simulator, account);
  return {
    simulator,
    s3,
    aws: cloudformation,
    account: accountOf(simulator.world, account),
    pass: (ms: number) => simulator.clock.advance(ms),
    bucket: (name: string, owner = account, objects: Readonly<Record<string, string>> = {}) => {
      const stored = Object.entries(objects).map(([key, text]) => [
        key,
        { content: Buffer.from(text).toString('base64'), contentType: 'text/yaml', modified: start },
      ]);
      const bucket = { name, owner, region: 'us-east-1', created: start, objects: Object.fromEntries(stored) };
      simulator.world.buckets[name] = bucket;
      return simulator.world.buckets[name];
    },
  };
};

/** AWS's crawler template as it is delivered beside a report in the bucket `billing`. */
export const crawlerCfn = crawlerTemplate({ bucket: 'billing', name: 'billing', folder: 'spotinst_eco/billing' });

/** Two resources of which the second needs the first, and a parameter. */
export const topicAndRole = `Description: A topic and a role
Parameters:
  Name: { Type: String, Default: alerts, AllowedPattern: '[a-z]+' }
  Secret: { Type: String, NoEcho: true, Default: hidden }
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: { TopicName: !Ref Name }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { AWS: !Ref AWS::AccountId }, Action: sts:AssumeRole }]
      Description: !Sub 'Writes to \${Topic}'
Outputs:
  TopicArn: { Value: !Ref Topic, Description: Where to write }
  RoleArn: { Value: !GetAtt Role.Arn, Export: { Name: !Sub '\${AWS::StackName}-role' } }
`;
