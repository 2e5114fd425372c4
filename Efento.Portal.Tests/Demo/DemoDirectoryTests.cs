using Efento.Portal.Configuration;
using Efento.Portal.Data;
using Efento.Portal.Demo;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Demo;

/// <summary>A demo throws away what is its own and nothing else.</summary>
public sealed class DemoDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _parent = new();

    private string Place => Path.Combine(_parent.Path, "demo");

    private string Mark => Path.Combine(Place, DemoDirectory.Mark);

    [Fact]
    public void Directory_Disposed_IsGone()
    {
        using (var directory = DemoDirectory.MakeAt(Place))
        {
            File.WriteAllText(Path.Combine(directory.Path, "portal.db"), "readings");
        }

        Assert.False(Directory.Exists(Place));
    }

    [Fact]
    public void Mark_OfADirectory_IsTheUsersAlone()
    {
        using var directory = DemoDirectory.MakeAt(Place);

        // Windows gives a file the rights of the directory it is made in.
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner, OperatingSystem.IsWindows() ? Owner : File.GetUnixFileMode(Mark));
    }

    [Fact]
    public void Directory_OfARealPortal_IsRefusedAndUntouched()
    {
        Directory.CreateDirectory(Place);
        File.WriteAllText(Path.Combine(Place, "portal.db"), "readings");

        Assert.Throws<SettingsException>(() => DemoDirectory.MakeAt(Place));

        Assert.Equal("readings", File.ReadAllText(Path.Combine(Place, "portal.db")));
    }

    [Fact]
    public void Directory_ThatIsAFile_IsRefused()
    {
        File.WriteAllText(Place, "something");

        Assert.Throws<SettingsException>(() => DemoDirectory.MakeAt(Place));

        Assert.Equal("something", File.ReadAllText(Place));
    }

    [Fact]
    public void Directory_OfADemoThatRuns_IsRefusedAndUntouched()
    {
        using var running = DemoDirectory.MakeAt(Place);

        Assert.Throws<SettingsException>(() => DemoDirectory.MakeAt(Place));

        Assert.True(File.Exists(Mark));
    }

    [Fact]
    public void Directory_LeftByAKilledDemo_IsTakenEmpty()
    {
        Directory.CreateDirectory(Place);
        File.WriteAllText(Mark, "");
        File.WriteAllText(Path.Combine(Place, "portal.db"), "readings");

        using var directory = DemoDirectory.MakeAt(Place);

        Assert.Equal([Mark], Directory.GetFileSystemEntries(Place));
    }

    [Fact]
    public void Directory_LeftByADemoButUsedByAPortal_IsRefusedAndUntouched()
    {
        Directory.CreateDirectory(Place);
        File.WriteAllText(Mark, "");
        using var portal = new DataDirectory(Place);
        portal.Lock();

        Assert.Throws<SettingsException>(() => DemoDirectory.MakeAt(Place));

        Assert.True(File.Exists(Mark));
    }

    public void Dispose() => _parent.Dispose();
}
