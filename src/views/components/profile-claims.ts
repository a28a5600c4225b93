/** The standard claims that the profile page has a field for (OIDC Core §5.1). */
export type ProfileClaim =
  'name' | 'given_name' | 'family_name' | 'nickname' | 'phone_number' | 'website' | 'zoneinfo' | 'locale';
