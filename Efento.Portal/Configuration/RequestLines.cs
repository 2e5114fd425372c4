namespace Efento.Portal.Configuration;

/// <summary>
/// Keeps the addresses of requests out of the log, whatever its levels are: some hold the code of a link, such as that of a message or an
/// invitation.
/// </summary>
internal static class RequestLines
{
    /// <summary>Who logs addresses of requests, and the lowest level at which they don't.</summary>
    private static readonly (string Category, LogLevel Level)[] Least =
    [
        ("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning),
        ("Microsoft.AspNetCore.Routing", LogLevel.Information),
        ("Microsoft.AspNetCore.StaticAssets", LogLevel.Information),
    ];

    /// <summary>Adds the rules. They come after those of the settings, each time these are read again.</summary>
    public static void Hide(IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(options =>
    {
        // A rule for one provider counts before those for all.
        string?[] providers = [null, .. options.Rules.Select(r => r.ProviderName).OfType<string>().Distinct()];
        foreach (var (category, least) in Least)
        {
            foreach (var provider in providers)
            {
                var level = LevelOf(options, provider, category);
                options.Rules.Add(new LoggerFilterRule(provider, category, level > least ? level : least, null));
            }
        }
    });

    /// <summary>The level that the settings name for a category.</summary>
    private static LogLevel LevelOf(LoggerFilterOptions options, string? provider, string category) =>
        options.Rules.Where(r => r.ProviderName is null || r.ProviderName == provider)
            .Where(r => r.CategoryName is null || category.StartsWith(r.CategoryName, StringComparison.OrdinalIgnoreCase))
            .OrderBy(r => r.ProviderName is not null).ThenBy(r => r.CategoryName?.Length ?? 0)
            .LastOrDefault()?.LogLevel ?? options.MinLevel;
}
