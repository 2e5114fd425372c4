using System.CommandLine;

namespace Efento.Portal.Benchmarks.Reporting;

/// <summary>Options several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>How many readings are stored beforehand.</summary>
    public static Option<long> Rows() =>
        new("--rows") { Description = "Readings stored beforehand; 0 leaves that part out.", DefaultValueFactory = _ => 20_000_000 };

    /// <summary>Where databases are put.</summary>
    public static Option<string> Directory() => new("--directory")
    {
        Description = "Where databases are put while it runs; on a real disk, or syncs cost nothing.",
        DefaultValueFactory = _ => Path.GetTempPath(),
    };

    /// <summary>The first port.</summary>
    public static Option<int> Port() =>
        new("--port") { Description = "The first of the ports used on 127.0.0.1.", DefaultValueFactory = _ => 21_400 };
}
