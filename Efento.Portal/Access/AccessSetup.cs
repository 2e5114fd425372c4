using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>Who may send and who may look.</summary>
public static class AccessSetup
{
    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TokenDirectory>();
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddSingleton<RefusalCounter>();
        builder.Services.AddDataProtection();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IOptions<PortalOptions>, ILoggerFactory>((keys, portal, log) =>
            keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(portal.Value.DataDirectory, "keys")), log));
        ApiAuthentication.Add(builder.Services);
    }

    /// <summary>Loads the tokens; on an empty database makes those the settings ask for.</summary>
    public static async Task StartAccessAsync(this IServiceProvider services)
    {
        var setup = services.GetRequiredService<IOptions<PortalOptions>>().Value.Setup;
        var issuer = services.GetRequiredService<TokenIssuer>();
        var isEmpty = await IsEmptyAsync(services);
        if (isEmpty && setup.GatewayToken is { Length: > 0 } gatewayToken)
        {
            await issuer.AddGatewayTokenAsync("Set-up", gatewayToken);
        }

        if (isEmpty && setup.ApiToken is { Length: > 0 } apiToken)
        {
            await issuer.AddApiTokenAsync("Set-up", ApiScopes.AllReads, apiToken);
        }

        await services.GetRequiredService<TokenDirectory>().ReloadAsync(CancellationToken.None);
    }

    private static async Task<bool> IsEmptyAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return !await db.GatewayTokens.AnyAsync() && !await db.ApiTokens.AnyAsync();
    }
}
