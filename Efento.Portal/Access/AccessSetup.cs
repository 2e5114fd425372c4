using Efento.Portal.Access.Audit;
using Efento.Portal.Access.Screens;
using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Efento.Portal.Access;

/// <summary>Tokens, accounts, sessions and permissions.</summary>
internal static class AccessSetup
{
    /// <summary>Rounds of PBKDF2 with SHA-512, as OWASP's password storage guide asks for.</summary>
    private const int PasswordIterations = 210_000;

    public static void AddAccess(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TokenUses>();
        builder.Services.AddSingleton<TokenDirectory>();
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddSingleton<RefusalCounter>();
        builder.Services.AddSingleton<GatewayRefusals>();
        builder.Services.AddSingleton<ScreenDirectory>();
        builder.Services.AddSingleton<ScreenLinks>();
        builder.Services.AddSingleton<LiveSubscribers>();
        builder.Services.AddDataProtection();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IOptions<PortalOptions>, ILoggerFactory>((keys, portal, log) =>
            keys.XmlRepository = new ProtectionKeys(Path.Combine(portal.Value.DataDirectory, DataDirectory.Keys), log));
        builder.Services.AddTransient<IStartupFilter, TrustedProxies>();

        // The framework's own switch, often set in container images, would trust every sender.
        builder.Configuration["ForwardedHeaders_Enabled"] = bool.FalseString;
        ApiAuthentication.Add(builder.Services);
        AddPeople(builder.Services);
        LiveSubscribers.Add(builder.Services);
    }

    private static void AddPeople(IServiceCollection services)
    {
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AuditQuery>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditCsv>();
        services.AddSingleton<PeopleDirectory>();
        services.AddSingleton<PeopleQuery>();
        services.AddSingleton<CommonPasswords>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<UserManagers>();
        services.AddSingleton<UserAccounts>();
        services.AddSingleton<UserChanges>();
        services.AddSingleton<OwnPassword>();
        services.AddSingleton<OwnPreferences>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<InvitationAcceptance>();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<SignInLocks>();
        services.AddSingleton<PasswordQueue>();
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<SignInService>();
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<SiteSettings>();
        services.AddSingleton<AddressChecks>();
        services.AddSingleton<SetupLink>();
        services.AddHostedService(portal => portal.GetRequiredService<SetupLink>());
        services.AddHostedService<SessionJob>();
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddSingleton<ILookupNormalizer, NameFolding>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = PasswordIterations);
        services.Configure<IdentityOptions>(identity => identity.User.AllowedUserNameCharacters = "");
        PeopleAuthentication.Add(services);
        Policies.Add(services.AddAuthorizationBuilder());
    }

    /// <summary>Maps the downloads of this feature.</summary>
    public static void MapAccess(this WebApplication app) => AuditCsv.Map(app);

    /// <summary>Loads the tokens. On an empty database it makes those that the settings name.</summary>
    public static async Task StartAccessAsync(this IServiceProvider services)
    {
        var setup = services.GetRequiredService<IOptions<PortalOptions>>().Value.Setup;
        var issuer = services.GetRequiredService<TokenIssuer>();
        var isEmpty = await IsEmptyAsync(services);
        if (isEmpty && setup.GatewayToken is { Length: > 0 } gatewayToken)
        {
            await issuer.AddGatewayTokenAsync(Actor.Portal, "Set-up", gatewayToken);
        }

        if (isEmpty && setup.ApiToken is { Length: > 0 } apiToken)
        {
            await issuer.AddApiTokenAsync(Actor.Portal, "Set-up", ApiScopes.AllReads, apiToken);
        }

        if (isEmpty && setup.OperatorApiToken is { Length: > 0 } operatorToken)
        {
            await issuer.AddApiTokenAsync(Actor.Portal, "Set-up of an operator", ApiScopes.OfOperator, operatorToken);
        }

        await services.GetRequiredService<TokenDirectory>().ReloadAsync(CancellationToken.None);
        await services.GetRequiredService<PeopleDirectory>().ReloadAsync(CancellationToken.None);
        await services.GetRequiredService<ScreenDirectory>().ReloadAsync(CancellationToken.None);
        await using (var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
        {
            await services.GetRequiredService<RefusalCounter>().LoadAsync(db);
        }

        await AddAdministratorAsync(services, setup);
    }

    private static async Task AddAdministratorAsync(IServiceProvider services, SetupOptions setup)
    {
        if (setup is not { AdminEmail: { } email, AdminPassword: { } password } || !services.GetRequiredService<PeopleDirectory>().IsEmpty)
        {
            return;
        }

        // A demo has a site of its own.
        var site = services.GetService<Site>() ?? Site.Unnamed;
        var faults = await services.GetRequiredService<UserAccounts>().SetUpAsync(Actor.Portal, site, email, password);
        if (faults.Count > 0)
        {
            throw new SettingsException(
                [.. faults.Select(fault => new SettingFault("Portal:Setup:AdminPassword", AccessWords.Of(fault).TrimEnd('.'), ""))]);
        }
    }

    private static async Task<bool> IsEmptyAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return !await db.GatewayTokens.AnyAsync() && !await db.ApiTokens.AnyAsync();
    }
}
