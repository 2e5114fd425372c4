using Efento.Portal.CommandLine;
using Efento.Portal.Data;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.CommandLine;

/// <summary>The program without a verb.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();

    [Fact]
    public async Task SecondPortal_OnTheSameData_IsRefusedInOneSentence()
    {
        await using var first = await PortalUnderTest.StartAsync(new() { DataDirectory = _data.Path });

        var run = await CommandRun.OfAsync("--urls", "http://127.0.0.1:0", "--data-directory", _data.Path);

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains(_data.Path, Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(201, (await first.Client.BeatAsync("{}")).Status);
    }

    [Fact]
    public async Task AddressInUse_IsSaidWithItsAddress()
    {
        await using var first = await PortalUnderTest.StartAsync();
        var address = first.Address.ToString().TrimEnd('/');

        var run = await CommandRun.OfAsync("--urls", address, "--data-directory", _data.Path);

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains(address, run.Errors);
        Assert.DoesNotContain("   at ", run.Errors);
    }

    [Fact]
    public async Task AddressOfAnotherMachine_IsSaidWithItsAddressAndWhatToDo()
    {
        var run = await CommandRun.OfAsync("--urls", "http://127.0.0.1:0;http://192.0.2.1:21080", "--data-directory", _data.Path);

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        var sentence = Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("http://192.0.2.1:21080:", sentence);
        Assert.Contains("http://0.0.0.0:21080", sentence);
        Assert.DoesNotContain("127.0.0.1", sentence);
    }

    [Fact]
    public async Task FailedStart_GivesTheDataBack()
    {
        await using var first = await PortalUnderTest.StartAsync();
        await CommandRun.OfAsync("--urls", first.Address.ToString(), "--data-directory", _data.Path);

        using var directory = new DataDirectory(_data.Path);

        Assert.True(directory.TryLock());
    }

    [Fact]
    public async Task DataDirectory_ThatCannotBeMade_IsSaid()
    {
        var file = Path.Combine(_data.Path, "file");
        await File.WriteAllTextAsync(file, "");

        var run = await CommandRun.OfAsync("--urls", "http://127.0.0.1:0", "--data-directory", Path.Combine(file, "data"));

        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains(file, run.Errors);
    }

    public void Dispose() => _data.Dispose();
}
