using System.Diagnostics;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Architecture;

/// <summary>The rules and the unit tests of the browser's side, which Node.js runs (wwwroot-assets/check.mjs).</summary>
public sealed class BrowserSourceTests
{
    [Fact]
    public async Task Sources_OfTheBrowsersSide_KeepTheRulesAndPassTheirTests()
    {
        var start = new ProcessStartInfo("node", ["check.mjs"])
        {
            WorkingDirectory = RepositoryFiles.PathOf("wwwroot-assets"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var check = Process.Start(start)!;
        var cancelled = TestContext.Current.CancellationToken;
        var output = check.StandardOutput.ReadToEndAsync(cancelled);
        var errors = check.StandardError.ReadToEndAsync(cancelled);
        await check.WaitForExitAsync(cancelled);
        var said = $"{await output}{await errors}";

        TestContext.Current.TestOutputHelper?.WriteLine(said);
        Assert.True(check.ExitCode == 0, said);
        Assert.Matches("pass [1-9]", said);
    }
}
