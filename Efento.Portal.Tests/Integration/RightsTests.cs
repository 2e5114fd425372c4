using System.Runtime.Versioning;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Integration;

/// <summary>What the real program keeps is its user's alone, though the shell it was started from lets everybody read new files.</summary>
[UnsupportedOSPlatform("windows")]
[Trait(Category.Name, Category.Fault)]
public sealed class RightsTests : IDisposable
{
    private const UnixFileMode FileOfOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryOfOwner = FileOfOwner | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;

    private readonly TemporaryDirectory _working = new();

    private string Data => Path.Combine(_working.Path, "data");

    [Fact]
    public async Task Serve_InAnEmptyDirectory_KeepsEverythingForItsUser()
    {
        await using var portal = await PortalProcess.StartAsync(
            Data, ["--Portal:Setup:AdminEmail=a@b.example", "--Portal:Setup:AdminPassword=lamp river cheese anvil"],
            workingDirectory: _working.Path);
        using var client = new PortalClient(portal.Address, PortalUnderTest.GatewayToken);
        Assert.Equal(201, (await client.BeatAsync("{}")).Status);
        using var somebody = new PeopleClient(portal.Address);
        using var page = await somebody.GetAsync("sign-in");

        Assert.Superset(
            new HashSet<string> { "portal.db", "portal.db-wal", "portal.db-shm", "portal.lock", "portal.sock", "keys" }, Names());
        Assert.Equal([], TooWide());
        Assert.DoesNotContain("Other users of this machine", portal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_InADirectoryOthersMayRead_TakesTheirRightsAndLogsIt()
    {
        await using (var first = await PortalProcess.StartAsync(Data, workingDirectory: _working.Path))
        {
            await first.KillAsync();
        }

        File.WriteAllText(Path.Combine(Data, "notes.txt"), "somebody's");
        foreach (
            var place in Directory.EnumerateFileSystemEntries(Data, "*", SearchOption.AllDirectories)
                .Append(Data)
                .Where(p => !p.EndsWith(".sock", StringComparison.Ordinal)))
        {
            File.SetUnixFileMode(place, Everybody);
        }

        await using var portal = await PortalProcess.StartAsync(Data, workingDirectory: _working.Path);

        Assert.Equal([], TooWide());
        Assert.Contains("Other users of this machine could read the portal's data", portal.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(Data, "portal.db"), portal.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokens", "add", "--name", "barn")]
    [InlineData("users", "add", "ann@portal.test", "--role", "administrator")]
    [InlineData("maintenance", "on", "--for", "1h", "--reason", "move")]
    public async Task Command_WithoutAPortal_KeepsEverythingForItsUser(params string[] command)
    {
        var run = await ProgramRun.OfAsync(_working.Path, command);

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("portal.db", Names());
        Assert.Equal([], TooWide());
    }

    [Fact]
    public async Task Demo_InADirectoryThatIsThere_KeepsEverythingForItsUser()
    {
        Directory.CreateDirectory(Data, Everybody);
        File.SetUnixFileMode(Data, Everybody);
        await using var demo = DemoProcess.Start(_working.Path, "--data-directory", Data);
        await Until.TrueAsync(() => File.Exists(Path.Combine(Data, "portal.sock")), TimeSpan.FromSeconds(60));

        Assert.Equal([], TooWide());
    }

    [Fact]
    public async Task DataDirectory_ThatHoldsMore_KeepsItsRightsAndItsFilesAreTheUsersAlone()
    {
        Directory.CreateDirectory(Path.Combine(Data, "something-else"));
        File.SetUnixFileMode(Data, Everybody);

        await using var portal = await PortalProcess.StartAsync(Data, workingDirectory: _working.Path);

        Assert.Equal(Everybody, File.GetUnixFileMode(Data));
        Assert.Contains($"Their permissions were not changed: {Data}", portal.Output, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(Data).Where(p => !p.EndsWith(".sock", StringComparison.Ordinal)), file =>
                Assert.Equal(FileOfOwner, File.GetUnixFileMode(file)));
    }

    public void Dispose() => _working.Dispose();

    private HashSet<string> Names() => [.. Directory.EnumerateFileSystemEntries(Data).Select(p => Path.GetFileName(p))];

    private List<string> TooWide() =>
    [
        .. from place in Directory.EnumerateFileSystemEntries(Data, "*", SearchOption.AllDirectories).Append(Data)
           let mode = File.GetUnixFileMode(place)
           where mode != (Directory.Exists(place) ? DirectoryOfOwner : FileOfOwner)
           select $"{place} {mode}",
    ];
}
