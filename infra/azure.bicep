// Everything Latchkey needs in one resource group: docs/operations.md walks through it.
targetScope = 'resourceGroup'

@description('Used to name all resources.')
@minLength(4)
@maxLength(20)
param resourceBaseName string

param location string = resourceGroup().location

@maxLength(42)
param botDisplayName string = 'Latchkey'

@description('UserAssignedMSI can notify but not act: a managed identity has no API to sign people in to. Use SingleTenant.')
@allowed(['SingleTenant', 'UserAssignedMSI'])
param botAppType string = 'SingleTenant'

@description('Client id of the app registration. Empty for UserAssignedMSI.')
param botAppId string = ''

@description('Plan with Always On; P0v3 is enough for most tenants.')
param webAppSku string = 'P0v3'

@description('More than one needs linkKey; see "Several instances" in docs/operations.md.')
@minValue(1)
@maxValue(10)
param instances int = 1

@secure()
@description('32 random characters or more, shared by all instances; empty for one instance.')
param linkKey string = ''

@description('Host name under which Teams and browsers reach the bot.')
param publicHost string = '${resourceBaseName}.azurewebsites.net'

@description('Make an Azure Database for PostgreSQL in a network of its own. Otherwise give databaseUrl.')
param createDatabase bool = true

@secure()
@description('For the database that is made here.')
param databasePassword string = ''

@secure()
@description('postgres://… of a database that exists already.')
param databaseUrl string = ''

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: resourceBaseName
  location: location
}

var appId = botAppType == 'SingleTenant' ? botAppId : identity.properties.clientId

module network 'network.bicep' = if (createDatabase) {
  name: 'network'
  params: {
    resourceBaseName: resourceBaseName
    location: location
  }
}

module database 'database.bicep' = if (createDatabase) {
  name: 'database'
  params: {
    resourceBaseName: resourceBaseName
    location: location
    administratorPassword: databasePassword
    subnetId: createDatabase ? network!.outputs.databaseSubnetId : ''
    dnsZoneId: createDatabase ? network!.outputs.dnsZoneId : ''
  }
}

module secrets 'secrets.bicep' = {
  name: 'secrets'
  params: {
    resourceBaseName: resourceBaseName
    location: location
    readerPrincipalId: identity.properties.principalId
    databaseUrl: createDatabase
      ? 'postgres://latchkey:${uriComponent(databasePassword)}@${database!.outputs.host}/latchkey?sslmode=verify-full'
      : databaseUrl
  }
}

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: resourceBaseName
  location: location
  kind: 'linux'
  sku: {
    name: webAppSku
    capacity: instances
  }
  properties: {
    reserved: true
  }
}

resource webApp 'Microsoft.Web/sites@2023-12-01' = {
  name: resourceBaseName
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: createDatabase ? network!.outputs.webSubnetId : null
    siteConfig: {
      linuxFxVersion: 'NODE|22-lts'
      appCommandLine: 'node dist/bot/run.js'
      alwaysOn: true
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      // Not /readyz: that one also asks the database, and an outage there is no reason to replace the bot.
      healthCheckPath: '/healthz'
      appSettings: [
        { name: 'NODE_ENV', value: 'production' }
        { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '1' }
        { name: 'MICROSOFT_APP_ID', value: appId }
        { name: 'MICROSOFT_APP_TENANT_ID', value: tenant().tenantId }
        { name: 'MICROSOFT_APP_TYPE', value: botAppType }
        { name: 'LATCHKEY_CREDENTIAL', value: 'managed-identity' }
        { name: 'LATCHKEY_MANAGED_IDENTITY_CLIENT_ID', value: identity.properties.clientId }
        { name: 'LATCHKEY_LINK_KEY', value: linkKey }
        { name: 'LATCHKEY_PORT', value: '8080' }
        { name: 'LATCHKEY_PUBLIC_URL', value: 'https://${publicHost}' }
        // Never SQLite here: /home is a network share, and other folders end with the instance.
        { name: 'LATCHKEY_DATABASE_URL', value: '@Microsoft.KeyVault(SecretUri=${secrets.outputs.databaseUrlSecret})' }
      ]
    }
  }
}

module bot 'botRegistration/azurebot.bicep' = {
  name: 'bot'
  params: {
    resourceBaseName: resourceBaseName
    botDisplayName: botDisplayName
    botAppType: botAppType
    botAppId: appId
    identityResourceId: identity.id
    publicHost: publicHost
  }
}

// Written to env/.env.<name> by the toolkit, and used by the steps in docs/operations.md.
output AZURE_APP_SERVICE_RESOURCE_ID string = webApp.id
output BOT_DOMAIN string = publicHost
output BOT_ID string = appId
output IDENTITY_PRINCIPAL_ID string = identity.properties.principalId
