using Efento.Portal.CommandLine;
using Efento.Portal.Tests.CommandLine;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Demo;

/// <summary>What the command refuses before anything is shown to anybody.</summary>
public sealed class DemoCommandTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0")]
    [InlineData("--urls=http://*:0")]
    [InlineData("--urls=http://[::]:0")]
    [InlineData("--urls=http://portal.example:0")]
    [InlineData("--urls=http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("--http_ports=0")]
    [InlineData("--Kestrel:Endpoints:Open:Url=http://0.0.0.0:0")]
    public async Task Address_OthersCanReach_IsRefused(string setting)
    {
        var place = Path.Combine(_data.Path, "demo");

        var run = await CommandRun.OfAsync("demo", setting, "--data-directory", place);

        Assert.Equal(ExitCodes.WrongUsage, run.ExitCode);
        Assert.Contains("on this machine alone", run.Errors);
        Assert.DoesNotContain("   at ", run.Errors);
        Assert.False(Directory.Exists(place));
    }

    [Theory]
    [InlineData("--data-directory")]
    [InlineData("--Portal:DataDirectory")]
    [InlineData("/Portal:DataDirectory")]
    public async Task DataDirectory_OfARealPortal_IsRefusedAndUntouched(string option)
    {
        await using (await PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path }))
        {
        }

        var before = Directory.GetFiles(_data.Path, "*", SearchOption.AllDirectories)
            .Order()
            .Select(f => (f, File.GetLastWriteTimeUtc(f)))
            .ToList();

        var run = await CommandRun.OfAsync("demo", "--urls", "http://127.0.0.1:0", option, _data.Path);

        Assert.Equal(ExitCodes.WrongUsage, run.ExitCode);
        Assert.Contains(_data.Path, run.Errors);
        Assert.Equal(
            before, Directory.GetFiles(_data.Path, "*", SearchOption.AllDirectories).Order().Select(f => (f, File.GetLastWriteTimeUtc(f))));
    }

    [Theory]
    [InlineData("now")]
    [InlineData("--urls=nowhere")]
    [InlineData("--Portal:Ingest:QueueAge=soon")]
    public async Task Arguments_Wrong_AreRefusedWithExitCode2(string argument)
    {
        var run = await CommandRun.OfAsync("demo", argument, "--data-directory", Path.Combine(_data.Path, "demo"));

        Assert.Equal(ExitCodes.WrongUsage, run.ExitCode);
        Assert.NotEmpty(run.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(_data.Path));
    }

    public void Dispose() => _data.Dispose();
}
