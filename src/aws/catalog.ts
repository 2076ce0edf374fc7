import { GetDataLakeSettingsCommand, type LakeFormationClient } from '@aws-sdk/client-lakeformation';

/** How Lake Formation guards the Glue catalog (GetDataLakeSettings). */
export interface CatalogGuard {
  /** True while IAM alone decides on new databases: IAM_ALLOWED_PRINCIPALS holds the defaults, as in a fresh account. */
  readonly iamDecides: boolean;
  /** ARNs of the data lake's administrators, who may create databases anyway. */
  readonly administrators: readonly string[];
}

export interface Catalog {
  /** Undefined where the answer does not tell. */
  findGuard(): Promise<CatalogGuard | undefined>;
}

const everyone = 'IAM_ALLOWED_PRINCIPALS';

export const catalog = (lakeFormation: () => LakeFormationClient): Catalog => ({
  async findGuard() {
    const { DataLakeSettings: settings } = await lakeFormation().send(new GetDataLakeSettingsCommand({}));
    if (!settings) return undefined;
    return {
      iamDecides: (settings.CreateDatabaseDefaultPermissions ?? []).some(
        ({ Principal }) => Principal?.DataLakePrincipalIdentifier === everyone,
      ),
      administrators: (settings.DataLakeAdmins ?? []).flatMap(({ DataLakePrincipalIdentifier: arn }) => arn ?? []),
    };
  },
});
