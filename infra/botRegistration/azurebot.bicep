param resourceBaseName string

@maxLength(42)
param botDisplayName string

@allowed(['SingleTenant', 'UserAssignedMSI'])
param botAppType string

param botAppId string
param identityResourceId string
param publicHost string

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: resourceBaseName
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'S1'
  }
  properties: {
    displayName: botDisplayName
    endpoint: 'https://${publicHost}/api/messages'
    msaAppId: botAppId
    msaAppTenantId: tenant().tenantId
    msaAppType: botAppType
    msaAppMSIResourceId: botAppType == 'UserAssignedMSI' ? identityResourceId : null
    // No Direct Line or Web Chat keys: Teams is the only channel the bot lets in.
    disableLocalAuth: true
    isStreamingSupported: false
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
    }
  }
}
