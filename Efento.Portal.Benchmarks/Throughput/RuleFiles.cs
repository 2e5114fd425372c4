namespace Efento.Portal.Benchmarks.Throughput;

/// <summary>Rules for portals under load.</summary>
internal static class RuleFiles
{
    /// <summary>Nothing is judged reading by reading.</summary>
    public const string None =
        """{"rules":[{"key":"built-in-sensor-error","place":"*","kind":"sensorError","enabled":false,"reason":"Benchmark"}]}""";

    /// <summary>Limits, and errors, at every series of the fleet; its values are inside.</summary>
    public const string OnEverySeries =
        """
        {"rules":[
          {"key":"warm","place":"*","kind":"limits","type":"temperature","critical":{"low":10,"high":30,"delay":"15m"},"warning":{"high":28,"delay":"1h"},"margin":0.2},
          {"key":"damp","place":"*","kind":"limits","type":"humidity","critical":{"low":10,"high":80,"delay":"15m"}}]}
        """;

    /// <summary>Writes rules to a file beside a data directory; gives the path.</summary>
    public static async Task<string> WriteAsync(string directory, string rules, CancellationToken stopping)
    {
        var path = Path.Combine(directory, "rules.json");
        await File.WriteAllTextAsync(path, rules, stopping);
        return path;
    }
}
