/** What AWS has announced for a Lambda runtime: no more security patches after `retired`, no new functions from `refused`. */
export interface RuntimeDates {
  readonly retired: string;
  readonly refused: string;
}

/** Days before its retirement from which a runtime is worth a note. */
export const soonDays = 180;

/** The dates of a runtime; undefined for one that this table does not know. */
export const runtimeDates = (runtime: string): RuntimeDates | undefined => {
  const [retired, refused] = (Object.hasOwn(table, runtime) && table[runtime]) || [];
  return retired && refused ? { retired, refused } : undefined;
};

/** docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html, as collected by cfn-lint 1.51: retired, new functions refused. */
const table: Readonly<Record<string, readonly [string, string]>> = {
  dotnet6: ['2024-12-20', '2026-06-01'],
  dotnet8: ['2026-11-10', '2026-12-10'],
  'dotnetcore1.0': ['2019-06-27', '2019-06-30'],
  'dotnetcore2.0': ['2019-05-30', '2019-04-30'],
  'dotnetcore2.1': ['2022-01-05', '2022-01-05'],
  'dotnetcore3.1': ['2023-04-03', '2023-04-03'],
  'go1.x': ['2024-01-08', '2024-02-08'],
  java11: ['2026-06-30', '2026-07-31'],
  java17: ['2026-06-30', '2026-07-31'],
  java21: ['2029-06-30', '2029-07-31'],
  java25: ['2029-06-30', '2029-07-31'],
  java8: ['2024-01-08', '2024-02-08'],
  'java8.al2': ['2026-06-30', '2026-07-31'],
  nodejs: ['2016-08-30', '2016-09-30'],
  'nodejs10.x': ['2021-07-30', '2021-07-30'],
  'nodejs12.x': ['2023-03-31', '2023-03-31'],
  'nodejs14.x': ['2023-12-04', '2024-01-09'],
  'nodejs16.x': ['2024-06-12', '2026-06-01'],
  'nodejs18.x': ['2025-09-01', '2026-06-01'],
  'nodejs20.x': ['2026-04-30', '2026-06-01'],
  'nodejs22.x': ['2027-04-30', '2027-06-01'],
  'nodejs24.x': ['2028-04-30', '2028-06-01'],
  'nodejs4.3': ['2020-03-05', '2020-02-03'],
  'nodejs4.3-edge': ['2020-03-05', '2019-03-31'],
  'nodejs6.10': ['2019-08-12', '2019-07-12'],
  'nodejs8.10': ['2020-03-06', '2020-02-04'],
  provided: ['2024-01-08', '2024-02-08'],
  'provided.al2': ['2026-06-30', '2026-07-31'],
  'provided.al2023': ['2029-06-30', '2029-07-31'],
  'python2.7': ['2021-07-15', '2021-07-15'],
  'python3.10': ['2026-06-30', '2026-07-31'],
  'python3.11': ['2026-06-30', '2026-07-31'],
  'python3.12': ['2028-10-31', '2028-11-30'],
  'python3.13': ['2029-06-30', '2029-07-31'],
  'python3.14': ['2029-06-30', '2029-07-31'],
  'python3.6': ['2022-07-18', '2022-07-18'],
  'python3.7': ['2023-12-04', '2024-01-09'],
  'python3.8': ['2024-10-14', '2026-06-01'],
  'python3.9': ['2025-12-15', '2026-06-01'],
  'ruby2.5': ['2021-07-30', '2021-07-30'],
  'ruby2.7': ['2023-12-07', '2024-01-09'],
  'ruby3.2': ['2026-03-31', '2026-06-01'],
  'ruby3.3': ['2027-03-31', '2027-04-30'],
  'ruby3.4': ['2028-03-31', '2028-04-30'],
};
