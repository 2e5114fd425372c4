using System.Text.RegularExpressions;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Telemetry;

/// <summary>What <c>/metrics</c> answers, without the labels that every line of the portal has.</summary>
internal static partial class Scrape
{
    /// <summary>The lines with figures, such as <c>efento_loggers{efento_logger_state="fresh"} 1</c>, in order.</summary>
    public static async Task<IReadOnlyList<string>> ScrapeAsync(this PortalUnderTest portal, string? token = PortalUnderTest.ApiToken)
    {
        var reply = await portal.AskAsync("/metrics", token);
        Assert.True(reply.Status == 200, $"{reply.Status} {reply.Body}");
        return LinesOf(reply.Body);
    }

    /// <summary>The lines with figures of an answer.</summary>
    public static IReadOnlyList<string> LinesOf(string body) =>
    [
        .. body.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Empty().Replace(OfScope().Replace(Stamp().Replace(line, "$1"), ""), "")),
    ];

    /// <summary>The names of the metrics in some text: <c>efento_…</c> and those of the framework.</summary>
    public static IEnumerable<string> NamesIn(string text) => Name().Matches(Labels().Replace(text, "")).Select(name => name.Value);

    // {{label}} in a text, {label="value"} behind a name, and by (label, label).
    [GeneratedRegex(@"\{\{[^{}]*\}\}|(?<=[a-z0-9_])\{[^{}]*\}|\bby \([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"otel_scope_\w+=""[^""]*"",?")]
    private static partial Regex OfScope();

    [GeneratedRegex(@",(?=\})|\{\}")]
    private static partial Regex Empty();

    // Some versions write the time of the figure behind it.
    [GeneratedRegex(@"^(.+ \S+) \d{13}$")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"\b(efento|dotnet|aspnetcore)_[a-z0-9_]+")]
    private static partial Regex Name();
}
